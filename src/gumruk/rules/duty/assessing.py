"""Assessment of one declaration: value, then each payment kind in the order of the law's formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gumruk.law.day import Law
from gumruk.rules.duty.choosing import Asked
from gumruk.rules.duty.fees import fee_lines
from gumruk.rules.duty.items import ItemRun, Quotas
from gumruk.rules.duty.planning import LawPlan, item_plan, law_plan
from gumruk.rules.duty.texts import decimal_from
from gumruk.rules.duty.types import (
    CURRENCY,
    ENGINE_VERSION,
    Assessment,
    PaymentLine,
    Problem,
    QuotaBalance,
)
from gumruk.rules.duty.valuation import Valuation, value_items
from gumruk.rules.form import Facts, Form
from gumruk.rules.types import Severity

DUE, SUSPENDED, NOT_DUE = "due", "suspended", "not_due"
ZERO = Decimal("0.00")


def assess(facts: Facts, form: Form, law: Law, *, quotas: Mapping[str, QuotaBalance] | None = None) -> Assessment:
    """All payments of a declaration under `law`. `quotas` says what is left of each; one not named is not to be had."""
    ledger = Quotas(quotas or {})
    lines: list[PaymentLine] = []
    problems = _law_problems(facts, law)
    valuation = Valuation((), (), 0, ())
    if not problems:
        valuation = value_items(facts, form, law)
        problems = list(valuation.problems)
    if not problems:
        lines, problems = _payments(facts, form, law, valuation, ledger)
    totals = _totals(lines, law)
    return Assessment(
        engine=ENGINE_VERSION,
        day=law.day,
        change_set=law.change_set,
        ruleset=law.ruleset,
        currency=CURRENCY,
        items=valuation.items,
        value=decimal_from(valuation.total, 2),
        lines=tuple(lines),
        totals=totals,
        total=sum((amount for _, amount in totals), ZERO),
        guaranteed=sum((line.amount for line in lines if not line.payable), ZERO),
        problems=tuple(problems),
        quotas=ledger.uses(),
    )


def quotas_asked(facts: Facts, law: Law) -> frozenset[str]:
    """The quotas whose balance an assessment of these facts would look at: what the caller must find out before."""
    if _law_problems(facts, law):
        return frozenset()
    plan, regime = law_plan(law), str(facts["regime"])
    kinds = [kind for item in facts["items"] for kind in item_plan(law, asked_of(item, regime, plan), frozenset())]
    return frozenset(quota for kind in kinds for quota, _ in kind.quotas)


def _law_problems(facts: Facts, law: Law) -> list[Problem]:
    """A day without formulas, or a regime that the law does not know: refused, never taken for another."""
    scopes = {formula.scope for formula in law.formulas}
    if not {"item", "value"} <= scopes:
        values = (("day", law.day.isoformat()), ("kind", ""))
        return [Problem("formulas_missing", Severity.ERROR, "declaration_date", values)]
    regime = str(facts.get("regime") or "")
    if law.attributes("regime", regime).get("payment") not in (DUE, SUSPENDED, NOT_DUE):
        return [Problem("regime_unknown", Severity.ERROR, "regime", (("value", regime),))]
    return []


def _payments(
    facts: Facts, form: Form, law: Law, valuation: Valuation, ledger: Quotas
) -> tuple[list[PaymentLine], list[Problem]]:
    regime = str(facts["regime"])
    payment = law.attributes("regime", regime)["payment"]
    lines: list[PaymentLine] = []
    problems: list[Problem] = []
    plan = law_plan(law)
    for number, (item, value) in enumerate(zip(facts["items"], valuation.dirams, strict=True), start=1):
        asked = asked_of(item, regime, plan)
        run = ItemRun(item, number, value, form, law, asked, ledger, payable=payment == DUE)
        lines += run.lines()
        problems += run.problems
    if payment == DUE:
        sums = _sums(plan, lines, valuation.total)
        fees, said = fee_lines(law, sums)
        lines += fees
        problems += said
    elif payment == NOT_DUE and not lines:
        problems.append(Problem("nothing_due", Severity.NOTICE, "regime", (("value", regime),)))
    return lines, problems


def asked_of(item: Facts, regime: str, plan: LawPlan) -> Asked:
    """What of an item the choice of measures depends on."""
    get = item.get
    documents = plan.documents
    if documents:
        documents = documents.intersection([str(row["kind"]) for row in get("documents") or ()])
    return Asked(
        get("goods_code") or "", get("item_origin_country") or "", regime, get("preference") or "", get("relief") or "",
        get("beneficiary") or "", documents,
    )  # fmt: skip


def _sums(plan: LawPlan, lines: Sequence[PaymentLine], value: int) -> dict[str, int]:
    """Names that a fee's formula may use: the value, and what each kind comes to on all items."""
    sums = dict(plan.names)
    sums["value"] = value
    for line in lines:
        scale = plan.scales.get(line.kind, 2)
        sums[line.kind] = sums.get(line.kind, 0) + int(line.amount.scaleb(scale))
    return sums


def _totals(lines: Sequence[PaymentLine], law: Law) -> tuple[tuple[str, Decimal], ...]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.payable:
            sums[line.kind] = sums.get(line.kind, ZERO) + line.amount
    return tuple((formula.kind, sums[formula.kind]) for formula in law.formulas if formula.kind in sums)
