"""Documents without paper: attached to a draft, lodged, asked for, answered, and read beside the data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.contexts.papers_made import pdf, png

from .steps import LAPTOP, PHONE, clean, draft, lanes, send, shot

pytestmark = pytest.mark.django_db(transaction=True)


def choose(page: Page, line: int, *places: Path) -> None:
    """Choose files for a line of the list; a script sends them, and the page comes back with them."""
    shown = page.locator("#files .gm-file-link")
    last = shown.count() + len(places) - 1
    page.set_input_files(f"#file-{line}", [str(place) for place in places])
    shown.nth(last).wait_for()
    page.wait_for_load_state()


@pytest.mark.parametrize(("language", "size"), [("tg", LAPTOP), ("ru", PHONE)])
def test_files_are_attached_lodged_asked_for_answered_and_read(
    open_as: Callable[..., Page], tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    lanes(yellow=10_000)
    invoice, photo, contract = tmp_path / "ҳисобнома.pdf", tmp_path / "photo.png", tmp_path / "contract.pdf"
    invoice.write_bytes(pdf("DEMO INVOICE", "Sugar 12 000 kg", "Total 5 400.00 USD"))
    photo.write_bytes(png(900, 600, shade=200))
    contract.write_bytes(pdf("DEMO CONTRACT"))
    place = draft()
    broker = open_as("broker", language, size)
    broker.goto(f"{place}/part/documents")
    clean(broker)
    shot(broker, f"files-empty-{language}")
    choose(broker, 1, invoice)
    choose(broker, 0, photo)
    assert broker.locator("#files .gm-file-link").all_text_contents() == ["ҳисобнома.pdf", "photo.png"]
    clean(broker)
    broker.locator("#files").scroll_into_view_if_needed()
    shot(broker, f"files-draft-{language}")
    broker.goto(f"{place}/part/finish")
    send(broker, 'button[value="lodge"]')
    send(broker, 'button[value="pay"]')

    officer = open_as("officer", language, size)
    officer.goto(f"{place}/documents")
    clean(officer)
    shot(officer, f"papers-{language}")
    officer.locator("details:has(#ask-text) summary").click()
    officer.fill("#ask-text", "Шартномаро замима кунед")
    officer.locator('input[name="document_kind"][value="CON"]').last.check()
    shot(officer, f"ask-documents-{language}")
    officer.click('button[value="ask_documents"]')
    officer.wait_for_selector('h1 [data-state="DOCS_REQUIRED"]')

    broker.goto(place)
    clean(broker)
    shot(broker, f"answer-{language}")
    broker.set_input_files('[name="file/CON"]', str(contract))
    broker.fill("#text", "Ана шартнома")
    broker.click('button[value="answer"]')
    broker.wait_for_selector('h1 [data-state="UNDER_CONTROL"]')

    officer.goto(f"{place}/documents")
    officer.click("main .gm-file-link >> text=contract.pdf")
    officer.wait_for_selector(".gm-reader")
    clean(officer)
    officer.wait_for_timeout(1500)  # the picture of a PDF comes from the browser's own viewer
    shot(officer, f"reader-pdf-{language}")
    officer.goto(f"{place}/documents")
    officer.click("main .gm-file-link >> text=photo.png")
    officer.wait_for_selector(".gm-reader img")
    assert officer.evaluate("document.querySelector('.gm-reader img').naturalWidth") == 900
    shot(officer, f"reader-photo-{language}")
    officer.keyboard.press("p")
    officer.wait_for_selector('.gm-reader__name:not(:text-is("photo.png"))')
    clean(officer)
