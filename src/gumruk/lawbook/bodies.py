"""What the body of an entry says, kind by kind: the only reader of bodies.

A body that its kind does not understand is refused with where and why. Formats: `docs/how-to/change-the-law.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gumruk.law.types import (
    Bracket,
    Citation,
    Confidence,
    Dated,
    Formula,
    LegalAct,
    Measure,
    Parameter,
    Quota,
    Words,
)
from gumruk.lawbook.types import BESIDE, Kind, LawbookRefused, NewEntry, measure_key
from gumruk.rules.rates import RateRefused, read_rate

Body = Mapping[str, Any]
UNWRITABLE = re.compile("[\x00\ud800-\udfff]")  # a zero byte, half a letter of a pair: no database keeps them
DEEPEST, LONGEST_CITATION, LONGEST_FIELD = 20, 200, 100_000
FORM_SECTIONS = ("header", "header_lists", "item", "item_lists")
SCOPES = ("item", "declaration", "service", "value")


class BodyRefused(LawbookRefused):
    """The body cannot be read: `where` in it, and `why`."""

    def __init__(self, entry: NewEntry, where: str, why: str) -> None:
        super().__init__("body_refused", kind=entry.kind, key=entry.key, where=where, why=why)


def _only(entry: NewEntry, allowed: str, needed: str = "") -> Body:
    for name in needed.split():
        if entry.body.get(name) in (None, ""):
            raise BodyRefused(entry, name, "missing")
    for name in entry.body:
        if name not in allowed.split() and name not in needed.split():
            raise BodyRefused(entry, name, "unknown")
    return entry.body


def _text(entry: NewEntry, name: str) -> str:
    value = entry.body.get(name, "")
    if not isinstance(value, str):
        raise BodyRefused(entry, name, "not_text")
    return value


def _texts(entry: NewEntry, name: str) -> frozenset[str]:
    said = entry.body.get(name, [])
    if not isinstance(said, list) or not all(isinstance(one, str) and one for one in said):
        raise BodyRefused(entry, name, "not_a_list")
    return frozenset(said)


def _words(entry: NewEntry, where: str, said: Any) -> Words:
    """Three non-empty texts."""
    if not isinstance(said, Mapping) or said.keys() != {"tg", "ru", "en"}:
        raise BodyRefused(entry, where, "needs_tg_ru_en")
    for language, text in said.items():
        if not isinstance(text, str) or not text.strip():
            raise BodyRefused(entry, f"{where}/{language}", "missing")
    return Words(**said)


def _number(entry: NewEntry, where: str, said: Any) -> Decimal:
    try:
        number = Decimal(said) if isinstance(said, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number < 0:
        raise BodyRefused(entry, where, "not_a_number")
    return number


def act(entry: NewEntry) -> LegalAct:
    body = _only(entry, "number signed title note")
    try:
        signed = date.fromisoformat(body["signed"]) if body.get("signed") else None
    except (ValueError, TypeError) as wrong:
        raise BodyRefused(entry, "signed", "not_a_date") from wrong
    title = _words(entry, "title", body.get("title"))
    number, note = _text(entry, "number"), _text(entry, "note")
    return LegalAct(entry.key, number, signed, title, entry.source, Confidence(entry.confidence), note)


def measure(entry: NewEntry) -> Measure:
    """A tariff measure. Without rate and share the goods are liable and how much is not known."""
    names = "id code area excluded regime preference beneficiary quota note rate documents share"
    body = _only(entry, names, "kind")
    documents = _texts(entry, "documents")
    if entry.key.removesuffix(BESIDE) != measure_key(body):
        raise BodyRefused(entry, "key", "not_of_its_body")
    code = _text(entry, "code")
    if code and not (code.isascii() and code.isdigit() and len(code) <= 10):
        raise BodyRefused(entry, "code", "not_a_goods_code")
    try:
        components = read_rate(_text(entry, "rate")) if body.get("rate") else ()
    except RateRefused as refused:
        raise BodyRefused(entry, "rate", refused.code) from refused
    return Measure(
        id=_text(entry, "id") or entry.key,
        kind=_text(entry, "kind"),
        code=code,
        rate=_text(entry, "rate"),
        components=components,
        since=entry.since,
        until=entry.until,
        cites=Citation.read(entry.cites),
        confidence=Confidence(entry.confidence),
        area=_text(entry, "area"),
        excluded=_texts(entry, "excluded"),
        regime=_text(entry, "regime"),
        preference=_text(entry, "preference"),
        beneficiary=_text(entry, "beneficiary"),
        quota=_text(entry, "quota"),
        note=_text(entry, "note"),
        documents=documents,
        share=_number(entry, "share", body["share"]) if body.get("share") else None,
    )


def quota(entry: NewEntry) -> Quota:
    body = _only(entry, "note", "volume unit")
    volume, unit = _number(entry, "volume", body["volume"]), _text(entry, "unit")
    cites, confidence = Citation.read(entry.cites), Confidence(entry.confidence)
    return Quota(entry.key, volume, unit, entry.since, entry.until, cites, confidence, _text(entry, "note"))


def formula(entry: NewEntry) -> Formula:
    body = _only(entry, "mandatory scope direction", "order text label")
    if not isinstance(body["order"], int):
        raise BodyRefused(entry, "order", "not_a_number")
    if body.get("scope", "item") not in SCOPES:
        raise BodyRefused(entry, "scope", "unknown")
    return Formula(
        kind=entry.key,
        order=body["order"],
        text=_text(entry, "text"),
        label=_words(entry, "label", body["label"]),
        since=entry.since,
        until=entry.until,
        cites=Citation.read(entry.cites),
        confidence=Confidence(entry.confidence),
        mandatory=bool(body.get("mandatory", False)),
        scope=body.get("scope", "item"),
        direction=_text(entry, "direction"),
    )


def parameter(entry: NewEntry) -> Parameter:
    """A parameter with this entry as its only value; the snapshot joins the history."""
    body = _only(entry, "unit value note", "label")
    value: Dated[object] = Dated(
        body.get("value"),
        entry.since,
        entry.until,
        Citation.read(entry.cites),
        Confidence(entry.confidence),
        _text(entry, "note"),
    )
    return Parameter(entry.key, _words(entry, "label", body["label"]), _text(entry, "unit"), (value,))


def brackets(entry: NewEntry) -> tuple[Bracket, ...]:
    body = _only(entry, "", "rows")
    if not isinstance(body["rows"], list):
        raise BodyRefused(entry, "rows", "not_a_list")
    steps = tuple(_bracket(entry, f"rows/{place}", row) for place, row in enumerate(body["rows"], start=1))
    if len({step.above for step in steps}) != len(steps):
        raise BodyRefused(entry, "rows", "two_steps_at_one_value")
    return steps


def _bracket(entry: NewEntry, where: str, row: Any) -> Bracket:
    if not isinstance(row, Mapping) or row.keys() - {"above", "amount", "currency", "percent", "cap"}:
        raise BodyRefused(entry, where, "unknown")
    if not isinstance(row.get("currency"), str) or not row["currency"]:
        raise BodyRefused(entry, f"{where}/currency", "missing")
    return Bracket(
        above=_number(entry, f"{where}/above", row.get("above")),
        amount=_number(entry, f"{where}/amount", row.get("amount")),
        currency=row["currency"],
        percent=_number(entry, f"{where}/percent", row.get("percent") or "0"),
        cap=_number(entry, f"{where}/cap", row["cap"]) if row.get("cap") else None,
        cites=entry.cites,
        since=entry.since,
        until=entry.until,
        confidence=Confidence(entry.confidence),
    )


def area(entry: NewEntry) -> frozenset[str]:
    body = _only(entry, "", "members")
    members = body["members"]
    if not isinstance(members, list) or not all(isinstance(one, str) and len(one) == 2 for one in members):
        raise BodyRefused(entry, "members", "not_countries")
    return frozenset(members)


def code(entry: NewEntry) -> Body:
    """Names and attributes of one code; the key is `list/code`. A name that nobody wrote yet is shown in English."""
    name, _, value = entry.key.partition("/")
    if not name or not value:
        raise BodyRefused(entry, "key", "not_list_and_code")
    if not entry.body.get("en"):
        raise BodyRefused(entry, "en", "missing")
    for attribute, said in entry.body.items():
        if not isinstance(said, str):
            raise BodyRefused(entry, attribute, "not_text")
    return entry.body


def message(entry: NewEntry) -> Words:
    return _words(entry, "message", dict(entry.body))


def field(entry: NewEntry) -> Body:
    """One field of the form, or one repeated group; `lawbook.forms` joins them."""
    body = entry.body
    section, *names = entry.key.split("/")
    if section not in FORM_SECTIONS or not all(names) or len(names) not in (1, 2):
        raise BodyRefused(entry, "key", "not_a_place_of_the_form")
    if not isinstance(body.get("order"), int):
        raise BodyRefused(entry, "order", "missing")
    for name in ("box", "kind", "list"):
        _text(entry, name)
    for name in ("length", "digits", "scale"):
        if not isinstance(body.get(name, 0), int) or not 0 <= body.get(name, 0) <= LONGEST_FIELD:
            raise BodyRefused(entry, name, "not_a_number")
    _words(entry, "label", body.get("label"))
    choices = body.get("choices", {})
    if not isinstance(choices, dict):
        raise BodyRefused(entry, "choices", "not_words")
    for code, words in choices.items():
        _words(entry, f"choices/{code}", words)
    _text(entry, "picks")
    most = body.get("most", 1)
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        raise BodyRefused(entry, "most", "not_a_number")
    sheets = body.get("sheet_items", [1, 1])
    if not isinstance(sheets, list) or len(sheets) != 2 or not all(isinstance(one, int) and one > 0 for one in sheets):
        raise BodyRefused(entry, "sheet_items", "not_a_number")
    return body


def check(entry: NewEntry) -> Body:
    """The record of a rule; whether it is one is judged by `rules.checks.load_rule` with the form of its day."""
    return {**entry.body, "code": entry.key, "since": entry.since, "until": entry.until, "cites": entry.cites}


READERS: Mapping[str, Callable[[NewEntry], object]] = {
    Kind.ACT: act,
    Kind.MEASURE: measure,
    Kind.QUOTA: quota,
    Kind.FORMULA: formula,
    Kind.PARAMETER: parameter,
    Kind.BRACKETS: brackets,
    Kind.AREA: area,
    Kind.CODE: code,
    Kind.CHECK: check,
    Kind.MESSAGE: message,
    Kind.FIELD: field,
}


def keyed(entry: NewEntry) -> NewEntry:
    """The entry with the key that its body makes, where none was given. Raises LawbookRefused when it has no body."""
    refuse_unwritable(entry)
    if entry.kind != Kind.MEASURE or entry.key:
        return entry
    _texts(entry, "documents")
    return replace(entry, key=measure_key(entry.body))


def refuse_unwritable(entry: NewEntry) -> None:
    """Raises LawbookRefused when the body is no object of plain JSON, or a text holds what no database keeps."""
    for name in ("kind", "key", "cites", "source"):
        if UNWRITABLE.search(str(getattr(entry, name))):
            raise BodyRefused(entry, name, "unwritable")
    if not isinstance(entry.body, Mapping):
        raise BodyRefused(entry, "body", "not_an_object")
    _plain(entry, "", entry.body)


def refuse_unreadable(entry: NewEntry) -> None:
    """Raises LawbookRefused when the entry is not one: its kind, key, time, confidence, or its body."""
    if entry.kind not in READERS:
        raise LawbookRefused("kind_unknown", kind=entry.kind)
    refuse_unwritable(entry)
    if not entry.key or len(entry.key) > 120:
        raise LawbookRefused("key_missing", kind=entry.kind)
    if entry.until is not None and entry.until <= entry.since:
        raise LawbookRefused("ends_before_it_starts", kind=entry.kind, key=entry.key)
    if entry.confidence not in set(Confidence):
        raise LawbookRefused("confidence_unknown", confidence=str(entry.confidence))
    if entry.kind != Kind.ACT and not entry.cites and entry.kind not in (Kind.CODE, Kind.MESSAGE, Kind.FIELD):
        raise LawbookRefused("citation_missing", kind=entry.kind, key=entry.key)
    if len(entry.cites) > LONGEST_CITATION:
        raise BodyRefused(entry, "cites", "too_long")
    READERS[entry.kind](entry)


def _plain(entry: NewEntry, where: str, said: Any) -> None:
    if where.count("/") > DEEPEST:
        raise BodyRefused(entry, where, "too_deep")
    if isinstance(said, Mapping):
        for name, value in said.items():
            if not isinstance(name, str) or UNWRITABLE.search(name):
                raise BodyRefused(entry, where or "body", "unwritable")
            _plain(entry, f"{where}/{name}".lstrip("/"), value)
    elif isinstance(said, list):
        for place, value in enumerate(said, start=1):
            _plain(entry, f"{where}/{place}".lstrip("/"), value)
    elif isinstance(said, str):
        if UNWRITABLE.search(said):
            raise BodyRefused(entry, where, "unwritable")
    elif said is not None and not isinstance(said, int):
        raise BodyRefused(entry, where, "not_plain_json")
