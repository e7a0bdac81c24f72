"""From a broker's first keystroke to the officer's release, in three languages and two sizes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .steps import LAPTOP, PHONE, clean, file_of, lanes, lodged, said, send, shot

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
    send(broker, 'button[value="file"]')
    clean(broker)
    shot(broker, f"tasks-{language}")
    send(broker, ".gm-tasks li:last-child a")
    send(broker, 'button[value="check"]')
    expect(broker.locator(".findings li")).to_have_count(2)
    expect(broker.locator("#summary")).to_be_focused()
    clean(broker)
    shot(broker, f"faults-{language}")
    send(broker, '.findings a[href*="valuation"]')
    broker.fill('[name="invoice_total"]', right)
    send(broker, 'button[value="save"]')
    broker.goto(broker.url.replace("part/valuation", "part/transport").split("?")[0])
    broker.select_option('[name="border_mode"]', "30")
    send(broker, 'button[value="save"]')
    broker.goto(broker.url.replace("part/transport", "part/finish").split("?")[0])
    send(broker, 'button[value="lodge"]')
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
    expect(broker.locator('[data-state="RELEASABLE"]').first).to_be_visible()

    officer = open_as("officer", language, size)
    clean(officer)
    shot(officer, f"queue-{language}")
    send(officer, f"text={number}")
    send(officer, 'button[value="release"]')
    expect(officer.locator('h1 [data-state="RELEASED"]')).to_have_count(1)
    clean(officer)
    shot(officer, f"released-{language}")


def test_question_answer_control_hold_and_release(open_as: Callable[..., Page]) -> None:
    lanes(yellow=10_000)
    place = lodged(pay=True)
    officer, broker = open_as("officer", "ru"), open_as("broker", "tg")
    officer.goto(place)
    expect(officer.locator('h1 [data-state="UNDER_CONTROL"]')).to_have_count(1)
    officer.click("text=Спросить декларанта")
    send(officer, 'button[value="ask"]')
    expect(officer.locator("#summary")).to_be_visible()  # no question was written
    officer.fill("#ask-text", "Какая модель?")
    officer.click('button[value="ask"]')
    expect(officer.locator('h1 [data-state="QUERIED"]')).to_have_count(1)
    broker.goto(place)
    shot(broker, "question-tg")
    broker.fill("#text", "Модели А")
    send(broker, 'button[value="answer"]')
    officer.goto(place)
    expect(officer.locator(".gm-talk")).to_contain_text("Модели А")
    officer.click("text=Установить удержание")
    officer.fill("#agency", "Демо-ведомство")
    officer.fill("#hold-text", "Ждём сертификат")
    send(officer, 'button[value="hold"]')
    officer.fill("#control-text", "Документы верны")
    shot(officer, "control-ru")
    send(officer, 'button[value="conform"]')
    expect(officer.locator('button[value="release"]')).to_have_count(0)  # the hold stands
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
    send(broker, ".gm-acts .govuk-button >> text=Amend declaration")
    clean(broker)
    send(broker, "text=Propose amendment")
    expect(broker.locator("#summary")).to_contain_text("Give the reason")
    broker.fill('[name="insurance"]', "5 000,00")
    broker.fill('[name="reason"]', "The policy was found")
    shot(broker, "amend-en")
    send(broker, "text=Propose amendment")
    officer = open_as("officer", "en")
    officer.goto(place)
    expect(officer.locator("#proposal ins").first).to_contain_text("5,000.00")
    clean(officer)
    shot(officer, "amendment-en")
    officer.fill("#amendment-text", "seen")
    send(officer, 'button[value="accept_amendment"]')
    send(officer, '.gm-sections a[href$="/versions"]')
    expect(officer.locator(".gm-panel h2 >> text=Version")).to_have_count(2)
    shot(officer, "versions-en")


def test_cancellation_is_asked_for_and_agreed(open_as: Callable[..., Page]) -> None:
    lanes()
    place = lodged(pay=True)
    broker = open_as("broker", "ru", PHONE)
    broker.goto(place)
    broker.click("summary >> text=Запросить аннулирование")
    broker.fill("#cancel-text", "Товар другой")
    send(broker, 'button[value="request_cancellation"]')
    officer = open_as("officer", "tg")
    officer.goto(place)
    officer.fill("#cancellation-text", "Розӣ")
    shot(officer, "cancellation-tg")
    send(officer, 'button[value="accept_cancellation"]')
    head = open_as("head", "en")  # it was paid: another official has to confirm
    head.goto(place)
    send(head, 'button[value="confirm"]')
    head.goto(place)
    expect(head.locator('h1 [data-state="CANCELLED"]')).to_have_count(1)
