"""Words of the figures: what each chart is called, what it counts, from which rows, at which moment."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

TITLES = {
    "standing": _("Where declarations stand"),
    "lanes": _("Lanes"),
    "flow": _("Declarations over time"),
    "revenue": _("Revenue by kind of payment against plan"),
    "revenue_flow": _("Revenue over time against plan"),
    "received": _("Money received by means of payment"),
    "stages": _("Time in each stage"),
    "offices": _("Offices"),
    "regimes": _("Directions and regimes"),
    "procedures": _("Procedures"),
    "goods": _("Main goods"),
    "origins": _("Main countries of origin"),
    "consignees": _("Largest consignees"),
    "marks": _("Inspections, amendments, refusals"),
}
DEFINITIONS = {
    "standing": _(
        "Declarations registered on these days, by the state in which they stand now. Drafts, declarations lodged before "
        "arrival and trial declarations of programs are not counted."
    ),
    "lanes": _(
        "Declarations registered on these days, by the lane in which they are now, whether it was drawn or changed by an officer."
    ),
    "flow": _("Declarations by the day or month of their registration number, in the time of Dushanbe."),
    "revenue": _(
        "What the ledger's revenue accounts gained on these days: payments when they are assessed, less what was corrected or "
        "cancelled. The plan is the monthly amount set for each office and kind; a part of a month counts by its days."
    ),
    "revenue_flow": _(
        "All kinds of payment together, by the day or month of posting. The short line is the plan for that time, where one is set."
    ),
    "received": _(
        "Receipts for declarations on these days by means of payment; a reversed receipt is taken off again."
    ),
    "stages": _(
        "Declarations registered on these days and released since. Time runs from registration to release and is told apart: with "
        "the service (assessment, control, release) and with the declarant (payment, answers), as in the Time Release Study of the "
        "World Customs Organization; arrival of the goods is not recorded here. Half took no longer than p50, nine of ten no "
        "longer than p90, ninety-nine of a hundred no longer than p99. Times are kept in steps of ten per cent."
    ),
    "offices": _(
        "Declarations registered on these days at each office, and revenue posted there. The map is schematic: borders and places "
        "of offices are approximate."
    ),
    "regimes": _("Declarations registered on these days by direction and customs regime of the version that stands."),
    "procedures": _("Items of the standing versions of declarations registered on these days, by procedure of box 37."),
    "goods": _(
        "Items of the standing versions by heading (four digits) of the goods code. Customs value of a declaration is shared among "
        "its items by their prices."
    ),
    "origins": _(
        "Items of the standing versions by country of origin. Customs value is shared among items by their prices."
    ),
    "consignees": _(
        "Declarations registered on these days by the consignee's name, and their share of all customs value."
    ),
    "marks": _(
        "Declarations registered on these days to which this happened at least once. Inspected: taken under control of documents "
        "or goods. The share of inspected declarations with a discrepancy says how often control found one; it judges nobody."
    ),
}
MARKS = {
    "inspected": _("Inspected"), "discrepancy": _("Inspected, discrepancy found"), "asked": _("Declarant was asked"),
    "amendment_asked": _("Amendment asked for"), "amended": _("Amended"), "amendment_refused": _("Amendment refused"),
    "rerouted": _("Lane changed by an officer"), "rejected": _("Refused"), "cancelled": _("Cancelled"),
    "released": _("Released"),
}  # fmt: skip
STAGES = {
    "whole": _("From lodging to release"), "customs": _("With the service, in all"), "assess": _("Assessment"),
    "control": _("Control of documents and goods"), "release": _("Ready until released"),
    "declarant": _("With the declarant, in all"), "pay": _("Waiting for payment"),
    "answer": _("Waiting for an answer"),
}  # fmt: skip
COLUMNS = {
    "state": _("State"), "lane": _("Lane"), "declarations": _("Declarations"), "share": _("Share"), "value": _("Customs value, TJS"),
    "day": _("Day"), "month": _("Month"), "kind": _("Kind of payment"), "revenue": _("Revenue, TJS"), "plan": _("Plan, TJS"),
    "of_plan": _("Of plan"), "means": _("Means of payment"), "receipts": _("Receipts"), "amount": _("Amount, TJS"),
    "stage": _("Stage"), "mean": _("Mean"), "p50": _("p50"), "p90": _("p90"), "p99": _("p99"), "office": _("Office"),
    "region": _("Region"), "direction": _("Direction"), "regime": _("Regime"), "procedure": _("Procedure"), "items": _("Items"),
    "heading": _("Heading"), "country": _("Country"), "consignee": _("Consignee"), "what": _("What happened"),
    "code": _("Code"),
}  # fmt: skip


def duration(seconds: float) -> str:
    """A time in words: the two largest units."""
    minutes = round(seconds / 60)
    if seconds < 60:
        return gettext("under a minute") if seconds < 30 else gettext("%(minutes)s min") % {"minutes": 1}
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return gettext("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
    if hours:
        return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    return gettext("%(minutes)s min") % {"minutes": minutes}


TICKS = (_("1 min"), _("10 min"), _("1 h"), _("6 h"), _("1 d"), _("7 d"), _("28 d"))
SIZES = ((1e9, _("%(amount)s bn")), (1e6, _("%(amount)s m")), (1e3, _("%(amount)s k")))


def title_of(name: str) -> str:
    return gettext(TITLES[name])


def definition_of(name: str) -> str:
    return gettext(DEFINITIONS[name])
