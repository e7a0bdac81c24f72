"""axe finds nothing on any page and no page scrolls sideways: languages, sizes, day and night pairwise, the whole matrix in full."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from .steps import LAPTOP, PHONE, clean, draft, lanes, lodged

pytestmark = pytest.mark.django_db(transaction=True)
SECTIONS = ("", "/items", "/findings", "/payments", "/documents", "/timeline", "/versions", "/print", "/replay")
DRAFTS = ("", "/part/start", "/part/parties", "/part/transport?check=1", "/part/valuation", "/items", "/items/1", "/part/documents",
          "/part/finish?check=1", "/form?check=1")  # fmt: skip
PAIRS = [("tg", PHONE, "light"), ("ru", LAPTOP, "dark"), ("en", PHONE, "dark")]
REST = [("tg", LAPTOP, "dark"), ("ru", PHONE, "light"), ("en", LAPTOP, "light")]


def walk(open_as: Callable[..., Page], language: str, size: tuple[int, int], scheme: str) -> None:
    lanes(yellow=10_000)
    made, registered = draft(invoice_total="1", border_mode="99"), lodged(pay=True)
    nobody = open_as("", language, size, color_scheme=scheme)
    for address in ("/sign-in", "/components", "/components?theme=officer", "/api/v1/docs"):
        nobody.goto(address)
        clean(nobody)
    broker = open_as("broker", language, size, color_scheme=scheme)
    addresses = ["/", "/templates", *(made + end for end in DRAFTS), registered, registered + "/amend"]
    for address in addresses:
        assert broker.goto(address).status == 200, address  # type: ignore[union-attr]
        clean(broker)
    officer = open_as("officer", language, size, color_scheme=scheme)
    for address in ("/", "/?group=done", *(registered + end for end in SECTIONS), "/declarations/none"):
        officer.goto(address)
        clean(officer)


@pytest.mark.parametrize(("language", "size", "scheme"), PAIRS)
def test_pages_have_no_violations(
    open_as: Callable[..., Page], language: str, size: tuple[int, int], scheme: str
) -> None:
    walk(open_as, language, size, scheme)


@pytest.mark.full
@pytest.mark.parametrize(("language", "size", "scheme"), REST)
def test_pages_have_no_violations_in_the_rest_of_the_matrix(
    open_as: Callable[..., Page], language: str, size: tuple[int, int], scheme: str
) -> None:
    walk(open_as, language, size, scheme)
