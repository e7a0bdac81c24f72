"""A law editor changes a rule in its form: another kind shows its fields, the examples run before the draft says it; axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .steps import LAPTOP, PHONE, clean, send, shot

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("language", "size", "scheme"), [("tg", PHONE, "dark"), ("ru", LAPTOP, "light")])
def test_a_rule_is_changed_and_proved_by_its_examples(
    open_as: Callable[..., Page], language: str, size: tuple[int, int], scheme: str
) -> None:
    page = open_as("lawyer", language, size, color_scheme=scheme)
    page.goto("/law/new")
    page.fill('[name="title"]', "demo")
    page.fill('[name="reason"]', "demo")
    send(page, "main form .govuk-button")
    page.goto(f"{page.url}/entry?kind=check&key=FLC-38-003")
    expect(page.locator('[name="other"]')).to_have_value("gross_mass")
    page.select_option('[name="kind"]', "ratio")
    send(page, '[name="act"][value="kind"]')
    expect(page.locator('[name="per"]')).to_be_visible()
    expect(page.locator('[name="other"]')).to_have_count(0)
    clean(page)
    page.select_option('[name="kind"]', "not_above")
    send(page, '[name="act"][value="kind"]')
    page.fill('[name="other"]', "gross_mass")
    page.fill(
        '[name="fails"]',
        '{"items": [{"net_mass": "11", "gross_mass": "10"}]}\n{"items": [{"net_mass": "9", "gross_mass": "10"}]}',
    )
    send(page, '[name="act"][value="try"]')
    expect(page.locator("#tried .gm-tag--good")).to_have_count(3)
    expect(page.locator("#tried .gm-tag--wrong")).to_have_count(1)
    shot(page, f"rule-{language}-tried")
    clean(page)
    page.fill(
        '[name="fails"]',
        '{"items": [{"net_mass": "11", "gross_mass": "10"}]}\n{"items": [{"net_mass": "12", "gross_mass": "10"}]}',
    )
    send(page, 'main form .govuk-button:not([name="act"])')
    expect(page.locator("main")).to_contain_text("FLC-38-003")
    expect(page.locator("main ins").first).to_be_visible()
    clean(page)
