"""From a broker's first keystroke to the officer's release, in three languages and two sizes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .steps import LAPTOP, PHONE, clean, file_of, lanes, lodged, said, shot

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("language", "size"), [("tg", LAPTOP), ("ru", PHONE), ("en", LAPTOP)])
def test_a_faulty_file_is_mended_paid_and_released(
    open_as: Callable[..., Page], tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    lanes()
    right = said()["invoice_total"]
    broker = open_as("broker", language, size)
    shot(broker, f"list-{language}")
    broker.set_input_files("#file", file_of(tmp_path, invoice_total="1.00", border_mode="99"))
    broker.click('button[value="file"]')
    clean(broker)
    shot(broker, f"tasks-{language}")
    broker.click(".gm-tasks li:last-child a")
    broker.click('button[value="check"]')
    assert broker.locator(".findings li").count() == 2
    assert broker.evaluate("document.activeElement.id") == "summary"
    clean(broker)
    shot(broker, f"faults-{language}")
    broker.locator('.findings a[href*="valuation"]').click()
    broker.fill('[name="invoice_total"]', right)
    broker.click('button[value="save"]')
    broker.goto(broker.url.replace("part/valuation", "part/transport").split("?")[0])
    broker.select_option('[name="border_mode"]', "30")
    broker.click('button[value="save"]')
    broker.goto(broker.url.replace("part/transport", "part/finish").split("?")[0])
    broker.click('button[value="lodge"]')
    number = str(broker.locator("h1").text_content()).split()[0]
    assert number.startswith("PRV-R01/")
    clean(broker)
    shot(broker, f"lodged-{language}")
    broker.click('.gm-sections a[href$="/payments"]')
    broker.locator(".gm-expander summary").first.click()
    assert broker.locator(".gm-steps li").first.is_visible()
    clean(broker)
    shot(broker, f"explained-{language}")
    broker.click('button[value="pay"]')
    assert broker.locator('[data-state="RELEASABLE"]').count() > 0

    officer = open_as("officer", language, size)
    clean(officer)
    shot(officer, f"queue-{language}")
    officer.click(f"text={number}")
    officer.click('button[value="release"]')
    assert officer.locator('h1 [data-state="RELEASED"]').count() == 1
    clean(officer)
    shot(officer, f"released-{language}")


def test_question_answer_control_hold_and_release(open_as: Callable[..., Page]) -> None:
    lanes(yellow=10_000)
    place = lodged(pay=True)
    officer, broker = open_as("officer", "ru"), open_as("broker", "tg")
    officer.goto(place)
    assert officer.locator('h1 [data-state="UNDER_CONTROL"]').count() == 1
    officer.click("text=Спросить декларанта")
    officer.click('button[value="ask"]')
    assert officer.locator("#summary").is_visible()  # no question was written
    officer.fill("#ask-text", "Какая модель?")
    officer.click('button[value="ask"]')
    assert officer.locator('h1 [data-state="QUERIED"]').count() == 1
    broker.goto(place)
    shot(broker, "question-tg")
    broker.fill("#text", "Модели А")
    broker.click('button[value="answer"]')
    officer.goto(place)
    assert "Модели А" in str(officer.locator(".gm-talk").text_content())
    officer.click("text=Установить удержание")
    officer.fill("#agency", "Демо-ведомство")
    officer.fill("#hold-text", "Ждём сертификат")
    officer.click('button[value="hold"]')
    officer.fill("#control-text", "Документы верны")
    shot(officer, "control-ru")
    officer.click('button[value="conform"]')
    assert officer.locator('button[value="release"]').count() == 0  # the hold stands
    clean(officer)
    shot(officer, "hold-ru")
    officer.click('button[value="lift_hold"]')
    officer.wait_for_selector('button[value="release"]')
    officer.wait_for_load_state("load")
    officer.keyboard.press("F9")
    officer.wait_for_selector('h1 [data-state="RELEASED"]')


def test_an_amendment_is_shown_as_a_difference_and_accepted(open_as: Callable[..., Page]) -> None:
    lanes()
    place = lodged()
    broker = open_as("broker", "en")
    broker.goto(place)
    broker.click("text=Amend the declaration")
    broker.click(".gm-acts .govuk-button >> text=Amend declaration")
    clean(broker)
    broker.click("text=Propose amendment")
    assert "Give the reason" in str(broker.locator("#summary").text_content())
    broker.fill('[name="insurance"]', "5 000,00")
    broker.fill('[name="reason"]', "The policy was found")
    shot(broker, "amend-en")
    broker.click("text=Propose amendment")
    officer = open_as("officer", "en")
    officer.goto(place)
    assert "5,000.00" in str(officer.locator("#proposal ins").first.text_content())
    clean(officer)
    shot(officer, "amendment-en")
    officer.fill("#amendment-text", "seen")
    officer.click('button[value="accept_amendment"]')
    officer.click('.gm-sections a[href$="/versions"]')
    assert officer.locator(".gm-panel h2 >> text=Version").count() == 2
    shot(officer, "versions-en")


def test_cancellation_is_asked_for_and_agreed(open_as: Callable[..., Page]) -> None:
    lanes()
    place = lodged(pay=True)
    broker = open_as("broker", "ru", PHONE)
    broker.goto(place)
    broker.click("summary >> text=Запросить аннулирование")
    broker.fill("#cancel-text", "Товар другой")
    broker.click('button[value="request_cancellation"]')
    officer = open_as("officer", "tg")
    officer.goto(place)
    officer.fill("#cancellation-text", "Розӣ")
    shot(officer, "cancellation-tg")
    officer.click('button[value="accept_cancellation"]')
    head = open_as("head", "en")  # it was paid: another official has to confirm
    head.goto(place)
    head.click('button[value="confirm"]')
    head.goto(place)
    assert head.locator('h1 [data-state="CANCELLED"]').count() == 1
