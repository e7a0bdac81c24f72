"""Items from a sheet, tokens and the inbox in a browser: three languages, two sizes pairwise, keyboard, no scripts, axe."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from gumruk.cli.demo_content import BROKER_TIN, OFFICE
from gumruk.declarations.models import Declaration
from gumruk.notices import services as notices
from gumruk.notices.models import Notice
from gumruk.toolkit import clock
from gumruk.trust.models import ApiToken
from gumruk.web.inbox.pages import TOLD

from .steps import LAPTOP, PHONE, clean, draft, send, shot

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = "Код ТН ВЭД;Description of goods;38;Colour\n1701990000;Sugar;1000,5;white\n0805100000;Oranges;20;red\n"
BAD = GOOD.replace("1000,5", "ten").replace("0805100000", "805100000")


def told(root: str) -> None:
    for name in TOLD:
        notices.tell(
            party=BROKER_TIN, name=name, root=uuid.UUID(root), office=OFFICE, subject=f"{OFFICE}/251126/0000001",
            event=uuid.uuid4(), happened_at=clock.now(), at=clock.now(),
        )  # fmt: skip


def descriptions() -> list[str]:
    return [item.get("description", "") for item in Declaration.objects.get().draft["items"]]


@pytest.mark.parametrize(("language", "size"), [("tg", PHONE), ("ru", LAPTOP), ("en", PHONE)])
def test_sheet_tokens_and_inbox_are_shown_and_clean(
    open_as: Callable[..., Page], tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    place = draft(items=2)
    told(place[14:])
    page = open_as("broker", language, size)
    for name, text in (("bad", BAD), ("good", GOOD)):
        file = tmp_path / f"{name}.csv"
        file.write_text(text, encoding="utf-8")
        page.goto(f"{place}/items")
        if name == "bad":
            shot(page, f"sheet-{language}-items")
            clean(page)
        page.set_input_files("#sheet", str(file))
        page.locator(".gm-upload button").click()
        page.wait_for_selector("h1 .gm-tag")
        shot(page, f"sheet-{language}-{name}")
        clean(page)
    assert len(descriptions()) == 2
    page.click('button[value="append"]')
    page.wait_for_selector(".gm-notice--good")
    assert descriptions()[2:] == ["Sugar", "Oranges"]
    page.goto("/inbox")
    expect(page.locator(".gm-top__count")).to_have_text("6")
    shot(page, f"inbox-{language}")
    clean(page)
    page.locator(".gm-inbox button").first.click()
    expect(page.locator(".gm-top__count")).to_have_text("5")
    page.locator(".gm-inbox__bar button").click()
    expect(page.locator(".gm-top__count")).to_have_count(0)
    assert not Notice.objects.filter(read_at__isnull=True).exists()
    page.goto("/tokens")
    page.click("form button[type=submit].govuk-button")
    page.wait_for_selector("#summary")
    clean(page)
    page.fill("#label", "Warehouse")
    page.keyboard.press("Enter")
    secret = page.wait_for_selector("#secret")
    assert secret is not None
    shot(page, f"tokens-{language}")
    clean(page)


def test_a_token_is_copied_used_and_ended_by_keyboard(open_as: Callable[..., Page]) -> None:
    page = open_as("broker", "en", LAPTOP, permissions=["clipboard-read", "clipboard-write"])
    page.click(".gm-top__side .gm-menu summary")
    page.get_by_role("link", name="API tokens").click()
    page.focus("#label")
    page.keyboard.type("Warehouse")
    page.keyboard.press("Enter")
    page.wait_for_selector("#secret")
    expect(page.locator("#secret")).to_be_focused()
    secret = page.input_value("#secret")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    answer = page.context.request.get("/api/v1/declarations", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["rows"] == []
    page.goto("/tokens")
    expect(page.locator("#secret")).to_have_count(0)
    shot(page, "tokens-used")
    page.get_by_role("button", name="End Warehouse").press("Enter")
    expect(page.get_by_text("The token was ended.")).to_be_visible()
    shot(page, "tokens-ended")
    clean(page)
    token = ApiToken.objects.get()
    assert token.until is not None
    assert token.used_at is not None


def test_a_sheet_is_mended_and_taken_without_scripts_and_a_later_save_is_shown(
    open_as: Callable[..., Page], tmp_path: Path
) -> None:
    place = draft(items=2)
    page = open_as("broker", "ru", LAPTOP, java_script_enabled=False, accept_downloads=True)
    file = tmp_path / "items.csv"
    file.write_text(BAD, encoding="utf-8")
    page.goto(f"{place}/items")
    page.set_input_files("#sheet", str(file))
    page.get_by_role("button", name="Показать строки").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Скачать книгу с ошибками").or_(
            page.get_by_role("link", name="Скачать книгу с ошибками")
        ).click()
    back = load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes())).worksheets[0]
    assert "«ten» — не число" in str(list(back.values)[1][-1])
    file.write_text(GOOD, encoding="utf-8")
    page.goto(f"{place}/items")
    page.set_input_files("#sheet", str(file))
    page.get_by_role("button", name="Показать строки").click()
    other = open_as("broker", "ru", LAPTOP)
    other.goto(f"{place}/part/valuation")
    other.fill('[name="delivery_place"]', "Khujand")
    other.click('button[value="save"]')
    page.click('button[value="replace"]')
    expect(page.get_by_role("alert").get_by_text("черновик сохранил кто-то другой")).to_be_visible()
    shot(page, "sheet-conflict")
    assert len(descriptions()) == 2
    page.click('button[value="replace"]')
    expect(page.get_by_text("Товары взяты из файла.")).to_be_visible()
    assert descriptions() == ["Sugar", "Oranges"]
    assert Declaration.objects.get().draft["delivery_place"] == "Khujand"


@pytest.mark.parametrize(("language", "size"), [("tg", PHONE), ("ru", LAPTOP)])
def test_a_person_gives_an_address_and_sees_that_its_link_waits(
    open_as: Callable[..., Page], settings: Any, language: str, size: tuple[int, int]
) -> None:
    settings.MAIL_FROM = "customs@demo.example"
    page = open_as("broker", language, size)
    page.goto("/inbox/mail")
    clean(page)
    page.fill("#address", "no address")
    send(page, 'button[value="ask"] >> nth=0')
    expect(page.locator("#summary")).to_be_focused()
    clean(page)
    page.fill("#address", "somebody@firm.example")
    send(page, 'button[value="ask"] >> nth=0')
    expect(page.locator(".gm-notice--calm")).to_contain_text("somebody@firm.example")
    shot(page, f"address-{language}")
    clean(page)
