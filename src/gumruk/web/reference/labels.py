"""Names of code lists and of what they say beside the names; translated where they are shown."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

LISTS = {
    "regime": _("Customs regimes"), "customs_procedure": _("Customs procedures"),
    "office": _("Customs offices and border points"),
    "country": _("Countries"), "currency": _("Currencies"), "unit": _("Units of measure"), "package": _("Kinds of packages"),
    "container_type": _("Container types"), "transport_mode": _("Modes of transport"), "delivery_terms": _("Delivery terms"),
    "document": _("Kinds of documents"), "previous_document": _("Kinds of previous documents"),
    "transaction_nature": _("Natures of transaction"), "valuation_method": _("Valuation methods"),
    "preference": _("Preferences"), "apportionment": _("Ways to share costs"), "direction": _("Declaration types"),
    "inspection_measure": _("Measures of inspection"), "inspection_result": _("Results of inspection"),
    "payment_means": _("Means of payment"), "code_scheme": _("Code lists of regimes"), "goods": _("Goods codes of the tariff"),
    "hs_section": _("Sections of the Harmonized System"), "hs_chapter": _("Chapters of the Harmonized System"),
    "hs_heading": _("Headings of the Harmonized System"), "hs6": _("Subheadings of the Harmonized System"),
}  # fmt: skip
ATTRIBUTES = {
    "direction": _("declaration type"), "procedure": _("code in box 37"), "payment": _("payments"), "kind": _("kind"),
    "eaeu_378": _("EAEU list"), "ru_2002": _("Russian list of 2002"), "uz": _("Uzbek list"), "asycuda": _("ASYCUDA"),
    "security": _("security"), "mode": _("mode"), "neighbour": _("neighbour"), "region": _("region"), "class": _("class"),
    "counterpart": _("other side"), "latitude": _("latitude"), "longitude": _("longitude"), "status": _("status"),
    "dimension": _("dimension"), "base": _("base unit"), "factor": _("in base units"), "edition": _("edition"),
    "freight_by": _("freight paid by"), "insurance_by": _("insurance paid by"), "group": _("group"), "edifact": _("UN/EDIFACT"),
    "rec19": _("UN/ECE Rec 19"), "length_ft": _("length, feet"), "height_ft": _("height, feet"), "alpha3": _("three letters"),
    "numeric": _("number"), "section": _("section"), "unit": _("supplementary unit"), "hs6": _("subheading"), "area": _("area"),
    "shown": _("shown as"), "order": _("order"),
}  # fmt: skip
VALUES = {
    "due": _("due"), "suspended": _("suspended"), "not_due": _("not due"), "buyer": _("buyer"), "seller": _("seller"),
    "road": _("road"), "rail": _("rail"), "air": _("air"), "river": _("river"), "water": _("water"),
    "provisional": _("provisional"),
    "working": _("working"), "international": _("international"), "bilateral": _("bilateral"),
    "bilateral_or_international": _("bilateral or international"), "unknown": _("unknown"), "point": _("border point"),
    "post": _("customs post"), "packed": _("packed"), "unpacked": _("unpacked"), "bulk": _("in bulk"),
    "yes": _("yes"), "no": _("no"), "configurable": _("by decision"), "money": _("money"), "metal": _("precious metal"),
    "mass": _("mass"), "volume": _("volume"), "length": _("length"), "count": _("count"), "any": _("any"),
    "commercial": _("commercial"), "transport": _("transport"), "origin": _("origin"), "permit": _("permit"),
    "authority": _("power to act"), "customs": _("customs"), "other": _("other"),
}  # fmt: skip
RATES = {
    "standing": _("stands"), "proposed": _("waits"), "refused": _("was refused"), "superseded": _("was replaced"),
}  # fmt: skip
CHANGE_SETS = {
    "draft": _("draft"), "approved": _("approved"), "publishing": _("being published"), "published": _("published"),
    "withdrawn": _("withdrawn"),
}  # fmt: skip
