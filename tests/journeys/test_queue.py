"""The officer's day without the mouse, the supervisor's page, and a line that is lost while somebody types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from gumruk.clearance import services as clearance
from gumruk.declarations.models import Declaration
from gumruk.declarations.types import Lane
from gumruk.toolkit import clock

from .steps import LAPTOP, PHONE, clean, lanes, lodged, person, send, shot

pytestmark = pytest.mark.django_db(transaction=True)


def press(page: Page, *keys: str) -> None:
    for one in keys:
        page.keyboard.press(one)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_an_officer_takes_releases_three_and_hands_over_by_keys_alone(open_as: Callable[..., Page]) -> None:
    lanes()
    places = [lodged(pay=True, seed=seed) for seed in (5, 6, 7, 8)]
    page = open_as("officer", "en")
    page.goto("/queue?group=release")
    # Three rows are marked and taken with one act.
    press(page, "j", "x", "j", "x", "j", "x")
    expect(page.locator("[data-bulk-count]")).to_have_text("3")
    page.locator('#bulk button[value="take"]').focus()
    press(page, "Enter")
    page.wait_for_selector("text=Comes into your hands")
    clean(page)
    shot(page, "bulk-en")
    press(page, "F9")
    page.wait_for_selector("text=Done: 3")
    assert focused(page) == "Back to the queue"
    press(page, "Enter")
    page.wait_for_selector("#rows")
    # From one to the next: release, next, release, next.
    press(page, "j", "Enter")
    page.wait_for_selector('button[value="release"]')
    expect(page.locator(".gm-desk__place")).to_contain_text("1 of 4")
    clean(page)
    shot(page, "desk-en")
    for place in places[:3]:
        page.wait_for_url(f"**{place}")
        page.wait_for_load_state("load")
        press(page, "F9")
        page.wait_for_selector('h1 [data-state="RELEASED"]')
        page.wait_for_load_state("load")
        assert "Next in the queue" in focused(page)
        press(page, "n")
    page.wait_for_url(f"**{places[3]}")
    page.wait_for_load_state("load")
    press(page, "t")
    page.wait_for_selector("text=In your hands since")
    page.goto("/shift")
    page.locator("#receiver").focus()
    press(page, "ArrowDown", "ArrowDown", "Tab")
    page.keyboard.type("One is left, its driver waits at the gate")
    shot(page, "shift-en")
    clean(page)
    press(page, "F9")
    page.wait_for_selector("text=The shift was handed over.")
    assert Declaration.objects.filter(state="RELEASED").count() == 3
    assert Declaration.objects.get(id=places[3].rpartition("/")[2]).officer_name != person("officer").name


def test_what_is_new_is_said_and_nothing_moves(open_as: Callable[..., Page]) -> None:
    lanes()
    first = lodged(pay=True, seed=5)
    page = open_as("officer", "ru")
    page.goto("/queue?group=release")
    press(page, "j")
    before = page.locator("tr[data-row]").count()
    lodged(pay=True, seed=6)
    at = clock.now()
    clearance.take(declaration=Declaration.objects.get(id=first.rpartition("/")[2]).id, by=person("head"), at=at)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when one comes back to the page
    page.wait_for_selector("text=Новых в этом виде: 1 · Изменено: 1")
    expect(page.locator("tr[data-row]")).to_have_count(before)
    assert page.evaluate("document.activeElement.closest('tr').hasAttribute('data-current')")
    expect(page.locator("[data-changed-mark]")).to_be_visible()
    page.select_option("#lane", "green")  # another list: nothing is new in it
    page.wait_for_url("**/queue?group=release&lane=green")
    expect(page.locator("[data-news-words]")).to_have_text("")
    page.goto("/queue?group=release")
    lodged(pay=True, seed=7)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("text=Новых в этом виде: 1")
    clean(page)
    shot(page, "news-ru")
    page.click("[data-news-show]")
    page.wait_for_selector(f"tr[data-row]:nth-child({before + 2})")


@pytest.mark.parametrize(("language", "size"), [("tg", LAPTOP), ("ru", PHONE)])
def test_the_head_sees_the_day_and_gives_overdue_work_to_an_officer(
    open_as: Callable[..., Page], language: str, size: tuple[int, int]
) -> None:
    lanes()
    places = [lodged(pay=True, seed=seed) for seed in (5, 6, 7)]
    officer, at = person("officer"), clock.now()
    clearance.take(declaration=Declaration.objects.get(id=places[0].rpartition("/")[2]).id, by=officer, at=at)
    clearance.release(declaration=Declaration.objects.get(id=places[0].rpartition("/")[2]).id, by=officer, at=at)
    late = Declaration.objects.get(id=places[1].rpartition("/")[2])
    Declaration.objects.filter(id=late.id).update(waits_since=at - timedelta(days=2))
    page = open_as("head", language, size)
    page.goto("/office")
    clean(page)
    shot(page, f"office-{language}")
    page.check(f'input[name="chosen"][value="{late.id}"]')
    page.click('#bulk button[value="assign"]')
    page.select_option("#receiver", str(officer.id))
    clean(page)
    send(page, 'button[data-key="F9"]')
    page.wait_for_selector(".gm-tag--good")
    assert Declaration.objects.get(id=late.id).officer == officer.id
    page.goto(f"/office/officers/{officer.id}")
    clean(page)
    shot(page, f"officer-day-{language}")
    page.goto("/queue")
    clean(page)
    shot(page, f"queue-waits-{language}")


def test_a_form_is_held_while_the_line_is_lost_and_goes_when_it_is_back(open_as: Callable[..., Page]) -> None:
    lanes(yellow=10_000)
    place = lodged(pay=True)
    page = open_as("officer", "ru")
    page.goto(place)
    page.fill("#control-text", "Документы верны")
    page.context.set_offline(True)
    page.click('button[value="conform"]')
    page.wait_for_selector(".gm-held")
    expect(page.locator("#control-text")).to_have_value("Документы верны")
    expect(page.locator("[data-line]")).to_contain_text("Связи нет с")
    expect(page.locator("[data-line]")).to_contain_text("Ждет отправки: 1")
    clean(page)
    shot(page, "line-lost-ru")
    page.context.set_offline(False)
    page.wait_for_selector('h1 [data-state="RELEASABLE"]')
    assert Declaration.objects.get(id=place.rpartition("/")[2]).state == "RELEASABLE"


def test_an_act_on_what_changed_is_shown_and_done_again(open_as: Callable[..., Page]) -> None:
    lanes()
    place = lodged(pay=True)
    page = open_as("officer", "tg")
    page.goto(place)
    one = Declaration.objects.get(id=place.rpartition("/")[2]).id
    clearance.reroute(declaration=one, lane=Lane.RED, reason="Пломба", by=person("head"), at=clock.now())
    page.click('button[value="release"]')
    page.wait_for_selector("text=Пломба")
    clean(page)
    shot(page, "meanwhile-tg")
    assert Declaration.objects.get(id=one).state == "UNDER_CONTROL"
