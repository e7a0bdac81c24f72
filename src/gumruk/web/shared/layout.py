"""Where each box stands: in which part of the guided way, and how wide on the sheet of the form view."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from gumruk.rules.form import Form


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the guided way; `boxes` in the order in which they are asked."""

    name: str
    title: str
    hint: str
    boxes: tuple[str, ...]


PARTS = (
    Part("start", _("Declaration and office"), _("Type, regime, office, your reference"), ("1", "A", "7", "3", "4", "5", "6")),
    Part("parties", _("Parties"), _("Sender, receiver, declarant"), ("2", "8", "9", "14", "50")),
    Part("transport", _("Countries and transport"), _("Route, vehicles, border office, location of goods"),
         ("15", "16", "17", "10", "11", "18", "21", "25", "26", "19", "27", "29", "30", "49", "53", "51", "C", "D")),
    Part("valuation", _("Terms and value"), _("Invoice, currency, delivery terms, freight and insurance"),
         ("20", "22", "23", "24", "12", "28", "13", "48", "52")),
    Part("items", _("Items"), _("Goods codes, origin, masses, prices"), ()),
    Part("documents", _("Documents"), _("Documents and previous documents of each item"), ()),
    Part("finish", _("Check and lodge"), _("Every fault in one pass, payments, place and date"), ("54",)),
)  # fmt: skip
NAMES = {part.name: part for part in PARTS}

BOXES = {
    "A": _("Office of lodging"), "1": _("Declaration"), "2": _("Exporter"), "3": _("Forms"), "4": _("Loading lists"),
    "5": _("Items"), "6": _("Packages"), "7": _("Reference number"), "8": _("Consignee"), "9": _("Financial settlement"),
    "10": _("First destination, last consignment"), "11": _("Trading country"), "12": _("Value details"),
    "13": _("Reserved"), "14": _("Declarant"), "15": _("Country of dispatch"), "16": _("Country of origin"),
    "17": _("Country of destination"), "18": _("Transport at arrival or departure"), "19": _("Container"),
    "20": _("Delivery terms"), "21": _("Transport at the border"), "22": _("Currency and invoice total"),
    "23": _("Exchange rate"), "24": _("Nature of transaction"), "25": _("Mode at the border"), "26": _("Inland mode"),
    "27": _("Place of loading"), "28": _("Financial and banking data"), "29": _("Office of entry or exit"),
    "30": _("Location of goods"), "48": _("Deferred payment"), "49": _("Warehouse"), "50": _("Principal"),
    "51": _("Offices of transit"), "52": _("Guarantee"), "53": _("Office of destination"),
    "54": _("Place, date, signature"), "C": _("Office of departure"), "D": _("Control at destination"),
}  # fmt: skip

# Box and its class of width (in twelfths; `tall` takes two rows), in box order: one row of the paper after the other.
SHEET_BEFORE = (("1", "6"), ("A", "6"), ("2", "tall"), ("3", "2"), ("4", "2"), ("5", "2"), ("6", "3"), ("7", "3"),
                ("8", "tall"), ("9", "6"), ("10", "3"), ("11", "3"), ("12", "12"), ("13", "3"), ("14", "12"), ("15", "4"),
                ("16", "4"), ("17", "4"), ("18", "6"), ("19", "2"), ("20", "4"), ("21", "6"), ("22", "6"), ("23", "3"),
                ("24", "3"), ("25", "3"), ("26", "3"), ("27", "4"), ("28", "8"), ("29", "4"), ("30", "8"))  # fmt: skip
SHEET_AFTER = (("48", "4"), ("49", "8"), ("50", "12"), ("52", "6"), ("53", "6"), ("C", "6"), ("D", "6"), ("54", "12"))

RESERVED = frozenset({"13"})  # not asked; shown only when a file brought something

# Columns of the item grid: field of the item, or field of the first row of one of its lists.
GRID = ("goods_code", "description", "item_origin_country", "procedure", "packages/1/count", "packages/1/kind",
        "gross_mass", "net_mass", "supplementary_quantity", "price")  # fmt: skip

ITEM_GROUPS = (
    (_("Goods"), ("31", "33", "34")), (_("Procedure and preference"), ("37", "36", "39", "47")),
    (_("Quantities"), ("35", "38", "41")), (_("Value"), ("42", "43", "45", "46")), (_("Further data"), ("44",)),
)  # fmt: skip


def part_of(form: Form, path: str) -> str:
    """The part of the guided way where the field at `path` stands."""
    if path.startswith("items/"):
        return "documents" if "/documents/" in path or "/previous_documents/" in path else "items"
    name = path.split("/", maxsplit=1)[0]
    field, group = form.header.get(name), form.header_lists.get(name)
    box = field.box if field else (group.box if group else "")
    return next((part.name for part in PARTS if box in part.boxes), "finish")
