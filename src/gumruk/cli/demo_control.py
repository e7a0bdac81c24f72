"""Demonstration declarations whose goods are looked at: inspection reports, what differs, the amendment asked for."""

from __future__ import annotations

import uuid

from gumruk.clearance import services as clearance
from gumruk.cli.demo_life import Life, under_control
from gumruk.declarations import noting
from gumruk.inspection.types import ItemResult, Kind, Said


def report(life: Life, items: tuple[ItemResult, ...], text: str, measures: tuple[str, ...] = ()) -> uuid.UUID:
    """An inspection report on the goods, written to its end."""
    made = clearance.begin_inspection(declaration=life.declaration, kind=Kind.GOODS, by=life.head, at=life.later(60))
    said = Said(
        place="Демо: терминал, рампа 2", started_at=life.at, ended_at=life.later(35),
        officers=("Demo Supervisor", "Нозири Намоишӣ"), declarant_present=True, items=items, packages_opened="4",
        seals_removed=("DEMO-0041",), seals_applied=("DEMO-0042",), measures=measures, text=text,
    )  # fmt: skip
    clearance.save_inspection(report=made.id, said=said, revision=made.revision, by=life.head, at=life.at)
    return made.id


def discrepancy(life: Life) -> None:
    under_control(life)
    found = (ItemResult(1, "QUANTITY", "Демо: на 12 мест больше", "Демо: пересчитано дважды"),)
    made = report(life, found, "Демо: количество мест больше заявленного", ("AMEND",))
    clearance.record_inspection(declaration=life.declaration, report=made, by=life.head, at=life.later(30))
    noting.add_note(
        declaration=life.declaration, text="Демо: водитель говорит, что паллета чужая", by=life.head, at=life.at
    )


def inspected(life: Life) -> None:
    under_control(life)
    count = len(life.said["items"])
    made = report(life, tuple(ItemResult(one, "CONFORM") for one in range(1, count + 1)), "Demo: goods as declared")
    clearance.record_inspection(declaration=life.declaration, report=made, by=life.head, at=life.later(30))
    clearance.release(declaration=life.declaration, by=life.head, at=life.later(25))


def being_inspected(life: Life) -> None:
    under_control(life)
    report(life, (ItemResult(1, "CONFORM"),), "")


def amendment_asked(life: Life) -> None:
    discrepancy(life)
    clearance.ask_for_amendment(
        declaration=life.declaration, question="Демо: пересчитайте графы 6 и 31.", by=life.head, at=life.later(40)
    )
