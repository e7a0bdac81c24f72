"""axe finds nothing on any page, in three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


def clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_pages_have_no_violations(open_as: Callable[..., Page], language: str) -> None:
    page = open_as("broker", language)
    clean(page)
    page.click(".actions form button >> nth=0")
    clean(page)
    page.click('button[value="check"]')
    clean(page)
    page.click(".person button")
    clean(page)
