"""The part of an ASYCUDA World file that follows from the rest: item mirrors of the value, totals, payment lines, serials.

What another system computed for other amounts is taken out; it is never passed on as ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation, localcontext

from lxml import etree

from gumruk.exchange.asycuda import table
from gumruk.exchange.asycuda.outline import ROOT, blank, shape_of
from gumruk.exchange.asycuda.placing import place_after, put
from gumruk.exchange.asycuda.results import Results, Serial
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.duty import ItemValue, PaymentLine
from gumruk.rules.duty.valuation import apportion
from gumruk.rules.form import Content

_ITEM = shape_of("Item")
_LINE = shape_of("Item/Taxation/Taxation_line")
_LINE_FIELDS = ("code", "Base", "rate", "amount", "MP", "Type_of_calculation")
_CENT = Decimal("0.01")


class Derived:
    """Fills what follows from `content` and `results` into a tree whose content is already written."""

    def __init__(self, root: etree._Element, content: Content, results: Results | None, *, fresh: bool) -> None:
        self.root, self.content, self.fresh = root, content, fresh
        self.results = results or Results()
        assessed = self.results.assessed
        self.values = {value.item: value for value in assessed.items} if assessed else {}
        self.lines = assessed.lines if assessed else ()
        self.items: Sequence[Content] = content.get("items", [])
        self.prices = [_amount(item.get("price", "")) for item in self.items]
        self.masses = [_amount(item.get("gross_mass", "")) for item in self.items]

    def fill(self, pairs: Iterable[tuple[int | None, int]]) -> None:
        """Write everything that is derived."""
        elements = self.root.findall("Item")
        shares = {name: self._shares(name) for _, _, _, name in table.SEGMENTS if name}
        for _, number in pairs:
            self._item(elements[number - 1], number, shares)
        self._header()
        for path, serial in (
            ("Registration", self.results.registration),
            ("Assessment", self.results.assessment),
            ("receipt", self.results.receipt),
        ):
            if serial is not None:
                self._serial(f"Identification/{path}", serial)

    def _put(self, parent: etree._Element, path: str, said: str) -> None:
        put(parent, path, said, ROOT if parent is self.root else _ITEM)

    def _shares(self, name: str) -> list[Decimal]:
        """The part of a cost that each item bears, in the currency of that cost; they add up to it exactly."""
        by_weight = self.content.get("apportionment") == "WEIGHT"
        total = _amount(self.content.get(name, ""))
        weights = [int(weight.scaleb(6)) for weight in (self.masses if by_weight else self.prices)]
        return [Decimal(share).scaleb(-2) for share in apportion(int(total.scaleb(2)), weights)]

    def _item(self, element: etree._Element, number: int, shares: dict[str, list[Decimal]]) -> None:
        value = self.values.get(number)
        for kind, _, segment, name in table.SEGMENTS:
            price = self.items[number - 1].get("price", "")
            foreign = _money(shares[name][number - 1]) if name else price
            currency = self.content.get(f"{name}_currency" if name else "currency", "")
            self._money(element, f"Valuation_item/{segment}", foreign, currency, [value] if value else [], kind)
        total, price = sum(self.prices, Decimal(0)), self.prices[number - 1]
        with localcontext() as context:
            context.prec = 16
            alpha = f"{price / total:f}" if total else ""
        self._put(element, "Valuation_item/Alpha_coeficient_of_apportionment", alpha)
        self._put(element, "Valuation_item/Total_cost_itm", _money(_cost(value)) if value else "")
        self._put(element, "Valuation_item/Total_CIF_itm", _money(value.value) if value else "")
        self._put(element, "Tarification/Value_item", value_formula(value) if value else "")
        if value is not None and not self.items[number - 1].get("statistical_value"):
            self._put(element, "Valuation_item/Statistical_value", _money(value.value))
        if self.fresh:
            kinds = dict.fromkeys(row.get("kind", "") for row in self.items[number - 1].get("documents", []))
            self._put(element, "Tarification/Attached_doc_item", " ".join(filter(None, kinds)))
        self._taxes(element, [line for line in self.lines if line.item == number])

    def _money(
        self, parent: etree._Element, path: str, foreign: str, currency: str, values: Sequence[ItemValue], kind: str
    ) -> None:
        rows = [row for value in values for row in value.rows if row.kind == kind]
        national = _money(abs(sum((row.amount for row in rows), Decimal(0)))) if rows else ""
        said = foreign if foreign and (currency or _amount(foreign)) else ""
        self._put(parent, f"{path}/Amount_national_currency", national)
        self._put(parent, f"{path}/Amount_foreign_currency", said)
        self._put(parent, f"{path}/Currency_code", currency)
        self._put(parent, f"{path}/Currency_name", _currency_name(currency))
        if path.rpartition("/")[2] != "Gs_Invoice" or not self.content.get("exchange_rate"):
            self._put(parent, f"{path}/Currency_rate", f"{rows[0].exchange.normalize():f}" if rows else "")

    def _header(self) -> None:
        everything = list(self.values.values())
        for kind, segment, _, name in table.SEGMENTS:
            foreign = self.content.get(name or "invoice_total", "")
            currency = self.content.get(f"{name}_currency" if name else "currency", "")
            self._money(self.root, f"Valuation/{segment}", foreign, currency, everything, kind)
        cost = _money(sum((_cost(value) for value in everything), Decimal(0))) if everything else ""
        assessed = self.results.assessed
        self._put(self.root, "Valuation/Total_cost", cost)
        self._put(self.root, "General_information/Value_details", cost)
        declared = self.content.get("value_total", "")
        self._put(self.root, "Valuation/Total_CIF", _money(assessed.value) if assessed else declared)
        self._put(self.root, "Valuation/Total/Total_invoice", self.content.get("invoice_total", ""))
        weight = sum(self.masses, Decimal(0))
        self._put(self.root, "Valuation/Total/Total_weight", f"{weight.normalize():f}" if weight else "")
        common = [line for line in self.lines if line.item == 0 and line.payable]
        amounts = sum((line.amount for line in common), Decimal(0))
        self._put(self.root, "Financial/Amounts/Global_taxes", _money(amounts) if assessed else "")
        self._put(self.root, "Financial/Amounts/Totals_taxes", _money(assessed.total) if assessed else "")

    def _taxes(self, element: etree._Element, lines: Sequence[PaymentLine]) -> None:
        """Box 47: our lines, then the padding; nothing of another system's computation stays."""
        taxation = element.find("Taxation")
        if taxation is None and lines:
            self._put(element, "Taxation/Item_taxes_amount", "0")
            taxation = element.find("Taxation")
        if taxation is None:
            return
        payable = sum((line.amount for line in lines if line.payable), Decimal(0))
        secured = sum((line.amount for line in lines if not line.payable), Decimal(0))
        self._put(element, "Taxation/Item_taxes_amount", _money(payable) if lines else "")
        self._put(element, "Taxation/Item_taxes_guaranted_amount", _money(secured) if secured else "")
        self._put(
            element, "Taxation/Item_taxes_mode_of_payment", ("1" if payable or not secured else "0") if lines else ""
        )
        slots = taxation.findall("Taxation_line")
        while len(slots) < len(lines) and _LINE is not None:
            place_after(taxation, blank(_LINE), slots[-1] if slots else None, shape_of("Item/Taxation"))
            slots = taxation.findall("Taxation_line")
        for slot, line in zip(slots, [*lines, *[None] * (len(slots) - len(lines))], strict=True):
            for name, said in zip(_LINE_FIELDS, _line(line), strict=True):
                put(slot, f"Duty_tax_{name}", said, _LINE)

    def _serial(self, path: str, serial: Serial) -> None:
        self._put(self.root, f"{path}/Serial_number", serial.letter)
        self._put(self.root, f"{path}/Number", serial.number)
        self._put(self.root, f"{path}/Date", serial.day.isoformat())


def value_formula(value: ItemValue) -> str:
    """The text of `Value_item`: freight + inland freight + insurance + other costs - deductions, thousands by commas."""
    parts = [f"{_of_kind(value, kind):,.2f}" for kind, _, _, name in table.SEGMENTS if name]
    return f"{'+'.join(parts[:-1])}-{parts[-1]}"


def _of_kind(value: ItemValue, kind: str) -> Decimal:
    return abs(sum((row.amount for row in value.rows if row.kind == kind), Decimal(0)))


def _cost(value: ItemValue) -> Decimal:
    return sum((row.amount for row in value.rows if row.kind != "invoice"), Decimal(0))


def _line(line: PaymentLine | None) -> tuple[str, str, str, str, str, str]:
    if line is None:
        return ("", "", "", "", "", "")
    rate = line.rate.removesuffix("%") if line.rate.removesuffix("%").replace(".", "").isdigit() else line.rate
    base = f"{line.base:f}"
    return (line.kind.upper(), base, rate, _money(line.amount), "1" if line.payable else "0", "")


def _amount(text: str) -> Decimal:
    """A number of the content; what is no number counts as nothing, its fault is named by the checks."""
    try:
        number = Decimal(text) if text and len(text) <= 60 else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() and abs(number) < Decimal(10) ** 18 else Decimal(0)


def _money(amount: Decimal) -> str:
    return f"{amount.quantize(_CENT):f}"


def _currency_name(code: str) -> str:
    return str(lawbook.code_rows("currency").get(code, {}).get("en", ""))
