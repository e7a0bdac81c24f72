"""Which fields the form of an entry has, kind by kind; what a body says beside them stays in the view for experts."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from gumruk.lawbook.types import Kind


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its name in the body, its word, what is typed into it, the code list or the choices behind it.

    Kinds: text, area, number (whole), flag, choice, names (words with spaces between, a list), codes (a picker),
    value (a setting: text, or JSON when it was JSON), three (a text in three languages), steps (rows of a fee table); of rules:
    place, rule_kind, parameters (those of the kind), conditions, examples (one a line, as JSON).
    """

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    codes: str = ""
    choices: tuple[str, ...] = ()
    span: str = "4"


_NOTE = Spec("note", _("Note"), "area", span="12")
SPECS: dict[str, tuple[Spec, ...]] = {
    Kind.MEASURE: (
        Spec("kind", _("Payment"), "choice", _("What is levied: duty, VAT and so on.")),
        Spec("rate", _("Rate"), hint=_("For example 13% or 0.02 EUR per 1 kg. Empty: not known."), span="4"),
        Spec("share", _("Share of the normal amount, percent"), hint=_("Only for reliefs."), span="4"),
        Spec("code", _("Goods code"), hint=_("Two to ten digits; empty: all goods."), span="4"),
        Spec("area", _("Country or group of countries"), hint=_("Empty: every origin."), span="4"),
        Spec("excluded", _("Countries left out"), "names", span="4"),
        Spec("regime", _("Customs regime"), "codes", codes="regime"),
        Spec("preference", _("Preference or relief"), hint=_("Claimed in box 36."), span="4"),
        Spec("beneficiary", _("Beneficiary"), hint=_("Taxpayer number; empty: everybody."), span="4"),
        Spec("quota", _("Quota"), span="4"),
        Spec("documents", _("Documents that must be shown"), "names", span="4"),
        Spec("id", _("Number of the measure"), hint=_("As explanations cite it. Empty: made from the rest."), span="4"),
        _NOTE,
    ),
    Kind.PARAMETER: (
        Spec("value", _("Value"), "value", _("Empty: not known.")), Spec("unit", _("Unit")), Spec("label", _("Name"), "three"),
        _NOTE,
    ),
    Kind.CODE: (Spec("", _("Name"), "three"), Spec("note", _("Note"), "area", span="12")),
    Kind.FORMULA: (
        Spec("text", _("Formula"), "area", _("One line; the rounding is written in it."), span="12"),
        Spec("order", _("Place in the order of payments"), "number"), Spec("scope", _("Computed for"), "choice",
             choices=("item", "declaration", "service", "value")),
        Spec("direction", _("Declaration type"), "codes", _("Empty: every type."), codes="direction"),
        Spec("mandatory", _("Refuse when nothing can be computed"), "flag"), Spec("label", _("Name"), "three"),
    ),
    Kind.MESSAGE: (Spec("", _("Message"), "three", _("Values stand in braces, the same in all three languages.")),),
    Kind.BRACKETS: (Spec("rows", _("Steps"), "steps"),),
    Kind.AREA: (Spec("members", _("Countries"), "names", _("Two letters each, with spaces between."), span="12"),),
    Kind.QUOTA: (Spec("volume", _("Volume")), Spec("unit", _("Unit"), hint=_("Unit of measure or currency.")), _NOTE),
    Kind.ACT: (
        Spec("number", _("Number")), Spec("signed", _("Signed on"), hint=_("As 2026-11-25.")),
        Spec("title", _("Title"), "three"), _NOTE,
    ),
    Kind.FIELD: (
        Spec("box", _("Box")), Spec("kind", _("What is typed"), hint=_("text, code, decimal, integer, date, flag")),
        Spec("order", _("Place in its section"), "number"), Spec("list", _("Code list")),
        Spec("length", _("Longest text"), "number"), Spec("digits", _("Digits"), "number"),
        Spec("scale", _("Decimals"), "number"), Spec("label", _("Name"), "three"),
    ),
    Kind.CHECK: (
        Spec("at", _("Field or rows it stands on"), "place", _("Such as items.net_mass."), span="6"),
        Spec("severity", _("Severity"), "choice", choices=("error", "warning", "notice"), span="3"),
        Spec("directions", _("Declaration types"), "names", _("Empty: every type."), span="3"),
        Spec("kind", _("Kind of rule"), "rule_kind", span="12"), Spec("", "", "parameters"),
        Spec("when", _("Only when"), "conditions"),
        Spec("depends_on", _("Held back while one of these rules fails"), "names", span="12"),
        Spec("message", _("Message"), "three", _("Empty: the standing sentence of the kind.")),
        Spec("passes", _("Examples that pass, one a line"), "examples",
             _("The value in quotes, or a declaration as JSON."), span="6"),
        Spec("fails", _("Examples that fail, one a line"), "examples", _("Two of each kind at least."), span="6"),
    ),
}  # fmt: skip
KINDS = {
    Kind.MEASURE: _("Rates"), Kind.PARAMETER: _("Settings and periods"), Kind.CODE: _("Code lists"),
    Kind.FORMULA: _("Formulas"), Kind.MESSAGE: _("Messages of rules"), Kind.CHECK: _("Rules"),
    Kind.BRACKETS: _("Fee tables"), Kind.AREA: _("Groups of countries"), Kind.QUOTA: _("Quotas"), Kind.ACT: _("Legal acts"),
    Kind.FIELD: _("Fields of the form"),
}  # fmt: skip
KEYS = {
    Kind.PARAMETER: _("Name of the setting, such as limit_filing"), Kind.CODE: _("List and code, such as office/PRV-R01"),
    Kind.FORMULA: _("Payment, such as vat"), Kind.MESSAGE: _("Name of the message"), Kind.CHECK: _("Number of the rule"),
    Kind.BRACKETS: _("Payment, such as processing_fee"), Kind.AREA: _("Name of the group"), Kind.QUOTA: _("Name of the quota"),
    Kind.ACT: _("Id of the act, such as tj-gov-2026-123"), Kind.FIELD: _("Section and name, such as item/net_mass"),
}  # fmt: skip
CHOICES = {
    "item": _("an item"), "declaration": _("the declaration"), "service": _("a service"), "value": _("the customs value"),
    "error": _("error"), "warning": _("warning"), "notice": _("notice"),
}  # fmt: skip
WHYS = {
    "missing": _("Fill this in."), "unknown": _("This is not known here. Take it out, or choose another."),
    "not_text": _("This must be text."), "not_a_list": _("Write names with spaces between."),
    "needs_tg_ru_en": _("Write it in all three languages."), "not_a_number": _("Write a number, zero or more."),
    "not_a_date": _("Write the day as 2026-11-25."), "not_of_its_body": _("The key does not fit what is said below."),
    "not_a_goods_code": _("A goods code has digits only, ten at most."),
    "not_countries": _("Countries have two letters each."), "not_list_and_code": _("Write the list, a stroke and the code."),
    "two_steps_at_one_value": _("Two steps begin at one value."), "not_a_place_of_the_form": _("The form has no such place."),
    "unwritable": _("This holds signs that cannot be stored."), "too_long": _("This is too long."),
    "not_an_object": _("This must be a JSON object."), "too_deep": _("This is nested too deep."),
    "not_plain_json": _("Numbers with a point must be written as text."),
    "not_json": _("This is not JSON. Correct the marked text."),
    "not_an_example": _("One line is not JSON. A value stands in quotes, a declaration in curly brackets."),
    "empty": _("Write a rate, such as 13%."),
    "no_rate": _("This is not surely a rate. Write for example 13%, or 0.02 EUR per 1 kg, and leave footnotes out."),
}  # fmt: skip
REMARKS = {"asked": _("Asked for approval"), "sent_back": _("Sent back")}
STATUS_TONES = {"draft": "care", "approved": "accent", "published": "good"}
