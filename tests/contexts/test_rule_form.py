"""The form of a rule: every shipped rule fits it, its examples run before it goes into a draft, other kinds show other fields."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from gumruk.law.types import Confidence
from gumruk.lawbook import selectors, services
from gumruk.lawbook.models import DraftEntry
from gumruk.lawbook.types import Kind, LawbookRefused, NewEntry
from gumruk.rules.checks.kinds import KINDS
from gumruk.web.law import rule_fields
from gumruk.web.law.forms import EntryForm

from .test_doors import TODAY, demo, signed_in  # noqa: F401 - the fixture
from .test_law_pages import EN, begun, lawyer  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db
RULE = {
    "entry_kind": "check", "entry_key": "FLC-38-901", "kind": "range", "at": "items.net_mass", "severity": "warning",
    "since": TODAY.isoformat(), "until": "", "confidence": "demo", "cites": "demo", "source": "", "lowest": "1", "highest": "50",
    "when-1-field": "container_flag", "when-1-values": "1", "message-tg": "", "message-ru": "", "message-en": "",
    "passes": '{"container_flag": "1", "items": [{"net_mass": "50"}]}\n{"container_flag": "0", "items": [{"net_mass": "99"}]}',
    "fails": '{"container_flag": "1", "items": [{"net_mass": "50.1"}]}\n{"container_flag": "1", "items": [{"net_mass": "0.5"}]}',
}  # fmt: skip


def put(client: Client, place: str, **change: str) -> Any:
    return client.post(f"{place}/entry", {**RULE, **change}, headers=EN)


def drafted(place: str) -> list[dict[str, Any]]:
    changes = selectors.changes_of(uuid.UUID(place.rsplit("/", 1)[1]))
    return [dict(one.entry.body) for one in changes if one.entry]


def test_every_shipped_rule_fits_the_form_and_nothing_of_it_is_left_to_json() -> None:
    rules = list(selectors.snapshot().of(Kind.CHECK))
    assert len(rules) > 200
    for entry in rules:
        form = EntryForm.of(Kind.CHECK, entry.key, entry, "en")
        assert not form.leftover, entry.key
        assert form.entry().body == entry.body, entry.key


def test_every_parameter_that_the_engine_knows_has_a_word() -> None:
    known = {name for kind in KINDS.values() for name in kind.needs | kind.may}
    assert known == set(rule_fields.PARAMETERS)
    assert all(rule_fields.parameters_of(name) == [] for name in ("required", "unheard"))


def test_a_rule_goes_from_its_form_into_the_draft_when_its_examples_hold(lawyer: Client) -> None:  # noqa: F811
    place = begun(lawyer)
    assert put(lawyer, place)["Location"] == place
    assert drafted(place) == [
        {
            "kind": "range", "at": "items.net_mass", "severity": "warning", "lowest": "1", "highest": "50",
            "when": {"container_flag": ["1"]},
            "passes": [{"container_flag": "1", "items": [{"net_mass": "50"}]}, {"container_flag": "0", "items": [{"net_mass": "99"}]}],
            "fails": [{"container_flag": "1", "items": [{"net_mass": "50.1"}]}, {"container_flag": "1", "items": [{"net_mass": "0.5"}]}],
        }
    ]  # fmt: skip
    assert lawyer.post(f"{place}/step", {"act": "check"}).status_code == 302
    assert "The check found nothing wrong." in lawyer.get(place, headers=EN).content.decode()


def test_examples_are_tried_and_shown_before_anything_is_drafted(lawyer: Client) -> None:  # noqa: F811
    place = begun(lawyer)
    page = put(lawyer, place, act="try")
    text = page.content.decode()
    assert page.status_code == 200
    assert (text.count("as written"), text.count("otherwise")) == (4, 0)
    assert not DraftEntry.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"highest": "60"}, "The rule does otherwise than its examples say."),
        ({"at": "items.colour"}, "The rule cannot be read: FLC-38-901"),
        ({"kind": "unheard"}, "The rule cannot be read: FLC-38-901"),
        ({"lowest": "many"}, "The rule cannot be read: FLC-38-901"),
        ({"when-1-field": "colour"}, "The rule cannot be read: FLC-38-901"),
        (
            {"message-tg": "{wrong}", "message-ru": "{wrong}", "message-en": "{wrong}"},
            "The rule cannot be read: FLC-38-901",
        ),
        ({"passes": '"50"'}, "The rule cannot be read: FLC-38-901"),
        ({"fails": "{"}, "One line is not JSON."),
    ],
)
def test_a_rule_that_cannot_hold_is_refused_and_nothing_is_drafted(
    lawyer: Client, change: dict[str, str], words: str  # noqa: F811
) -> None:  # fmt: skip
    place = begun(lawyer)
    page = put(lawyer, place, **change)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert "container_flag" in page.content.decode()  # what was typed is kept
    assert not DraftEntry.objects.exists()


def test_another_kind_shows_its_own_fields_and_keeps_what_was_typed(lawyer: Client) -> None:  # noqa: F811
    place = begun(lawyer)
    page = put(lawyer, place, kind="equals_product", act="kind")
    text = page.content.decode()
    assert page.status_code == 200
    assert 'name="factors"' in text
    assert 'name="tolerance"' in text
    assert 'name="highest"' not in text
    assert 'value="items.net_mass"' in text
    standing = lawyer.get(f"{place}/entry?kind=check&key=FLC-38-003", headers=EN).content.decode()
    assert 'value="gross_mass"' in standing
    assert 'value="FLC-38-001 FLC-35-001"' in standing


def test_a_rule_that_cannot_be_read_is_refused_by_the_lawbook(lawyer: Client) -> None:  # noqa: F811
    key = uuid.UUID(begun(lawyer).rsplit("/", 1)[1])
    entry = NewEntry("check", "FLC-38-901", TODAY, None, {"kind": "required"}, "demo", "", Confidence.DEMO)
    with pytest.raises(LawbookRefused) as refused:
        services.try_rule(change_set=key, entry=entry)
    assert refused.value.code == "rule_refused"
