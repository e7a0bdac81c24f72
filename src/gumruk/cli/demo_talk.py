"""Demonstration declarations that are talked about: questions and answers, holds, amendments, cancellations."""

from __future__ import annotations

from gumruk.clearance import services as clearance
from gumruk.cli import demo_papers
from gumruk.cli.demo_life import Life, confirmed, paid
from gumruk.declarations import noting
from gumruk.documents.files.types import Paper


def asked(life: Life) -> None:
    paid(life)
    clearance.ask(
        declaration=life.declaration, question="Демо: какая модель?", documents=False, by=life.head, at=life.later(25)
    )


def documents_asked(life: Life) -> None:
    paid(life)
    clearance.ask(
        declaration=life.declaration,
        question="Демо: шартномаро замима кунед.",
        documents=True,
        by=life.head,
        at=life.later(30),
        document_kinds=("CON",),
    )


def answered(life: Life) -> None:
    asked(life)
    paper = demo_papers.attach(life.declaration, Paper("SPC"), "demo-specification.pdf", life.broker, life.later(490))
    clearance.answer(
        declaration=life.declaration, text="Demo: model 7, as invoiced", by=life.broker, at=life.later(500),
        files=(paper,),
    )  # fmt: skip


def held(life: Life) -> None:
    paid(life)
    clearance.set_hold(
        declaration=life.declaration, agency="Демо: ветеринария", reason="Demo: certificate awaited", by=life.head,
        clears="Демо: сертификат ветеринарии", at=life.later(15),
    )  # fmt: skip
    noting.add_note(declaration=life.declaration, text="Demo: the agency was called at ten", by=life.head, at=life.at)


def amendment_proposed(life: Life) -> None:
    paid(life)
    changed = {**life.said, "delivery_place": "Хуҷанд"}
    clearance.propose_amendment(
        declaration=life.declaration, content=changed, reason="Демо: место поставки", by=life.broker, at=life.later(45)
    )


def amended(life: Life) -> None:
    amendment_proposed(life)
    clearance.decide_amendment(
        declaration=life.declaration, accept=True, reason="Demo", by=life.head, at=life.later(60)
    )


def cancellation_requested(life: Life) -> None:
    paid(life)
    clearance.request_cancellation(
        declaration=life.declaration, reason="Демо: моли дигар", by=life.broker, at=life.later(40)
    )


def cancelled(life: Life) -> None:
    cancellation_requested(life)
    cancellation_proposed(life)
    confirmed(life)


def cancellation_proposed(life: Life) -> None:
    """An official agreed; where the service wants two, another has to confirm."""
    clearance.decide_cancellation(
        declaration=life.declaration, accept=True, reason="Demo", by=life.head, at=life.later(120)
    )


def waits_for_second(life: Life) -> None:
    cancellation_requested(life)
    cancellation_proposed(life)
