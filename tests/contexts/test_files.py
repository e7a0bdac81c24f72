"""Files of a declaration: kept once, seen by whom they concern, named in what is lodged, and never exchanged."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.cli.demo_content import OFFICE, SECOND_TIN
from gumruk.declarations import files, selectors
from gumruk.declarations import services as drafts
from gumruk.declarations.types import DeclarationRefused, State
from gumruk.documents.files import services as kept
from gumruk.documents.files.limits import Limits
from gumruk.documents.files.types import Actor, FileNotTaken, FileView, Holder, Paper, Upload, Use
from gumruk.documents.models import Attachment, FileOpening, StoredBytes
from gumruk.rules.form import Content
from gumruk.trust.types import Person, Role

from .conftest import NOON
from .papers_made import pdf, png

INVOICE = Paper("INV", "77", date(2026, 2, 1))


@pytest.fixture
def draft(broker: Person, rates: None, said: Content) -> uuid.UUID:
    return drafts.create_draft(content=said, by=broker, at=NOON)


def attach(
    draft: uuid.UUID, by: Person, data: bytes | None = None, paper: Paper = INVOICE, name: str = "a.pdf"
) -> FileView:
    upload = Upload(name, pdf("INVOICE 77") if data is None else data, paper)
    return files.attach(declaration=draft, upload=upload, by=by, at=NOON)


def seen_files(declaration: uuid.UUID, person: Person) -> list[str]:
    seen = selectors.get(declaration=declaration, person=person)
    return [one.name for one in files.files_of(seen=seen, person=person)]


def statement(declaration: uuid.UUID, number: int) -> list[dict[str, str]]:
    said: list[dict[str, str]] = json.loads(selectors.version(declaration=declaration, number=number).statement)[
        "files"
    ]
    return said


def lodge(draft: uuid.UUID, by: Person) -> None:
    assert clearance.lodge(declaration=draft, by=by, at=NOON).accepted


def asked(draft: uuid.UUID, by: Person, *kinds: str) -> None:
    clearance.ask(declaration=draft, question="Which?", documents=True, by=by, at=NOON, document_kinds=kinds)


def test_bytes_are_kept_once_and_each_use_has_a_row(draft: uuid.UUID, broker: Person) -> None:
    first = attach(draft, broker, name="../Ҳисоб.PDF")
    second = attach(draft, broker, paper=Paper("CON", "1"))
    assert (first.name, first.media_type, first.size) == ("Ҳисоб.PDF", "application/pdf", len(pdf("INVOICE 77")))
    assert first.sha256 == second.sha256
    assert StoredBytes.objects.count() == 1
    assert Attachment.objects.count() == 2
    assert bytes(StoredBytes.objects.get().data) == pdf("INVOICE 77")


@pytest.mark.parametrize(
    ("data", "paper", "code"),
    [
        (b"", INVOICE, "file_empty"),
        (b"%PDF-1.4 %%EOF" + b" " * 10_485_760, INVOICE, "file_too_large"),
        (b"\x00\x01", INVOICE, "file_unknown"),
        (b"II*\x00" + b"x" * 20, INVOICE, "file_type_refused"),
        (png(20_000, 20_000), INVOICE, "picture_too_large"),
        (pdf("x"), Paper("NO SUCH"), "document_kind_unknown"),
        (pdf("x"), Paper("INV", "9" * 71), "paper_too_long"),
        (pdf("INVOICE 77"), Paper("INV", " 7 7", date(2026, 2, 1)), "file_already_there"),
    ],
)
def test_what_is_not_taken_is_named_and_nothing_is_kept(
    draft: uuid.UUID, broker: Person, data: bytes, paper: Paper, code: str
) -> None:
    attach(draft, broker)
    with pytest.raises(FileNotTaken) as refused:
        attach(draft, broker, data, paper)
    assert refused.value.code == code
    assert (Attachment.objects.count(), StoredBytes.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(None, 1, None, None, ("application/pdf",)), "files_too_many"),
        (Limits(None, None, 900, None, ("application/pdf",)), "files_too_large"),
        (Limits(None, None, None, None, ()), "file_type_refused"),
    ],
)
def test_the_settings_of_the_day_decide(draft: uuid.UUID, broker: Person, limits: Limits, code: str) -> None:
    row = Attachment.objects.get(id=attach(draft, broker).id)
    with pytest.raises(FileNotTaken) as refused:
        kept.attach(
            holder=Holder(row.root, row.office, row.month), use=Use.DRAFT, upload=Upload("b.pdf", pdf("other")),
            by=Actor(broker.id, broker.name), at=NOON, limits=limits,
        )  # fmt: skip
    assert refused.value.code == code
    assert Attachment.objects.count() == 1


def test_a_withdrawn_file_makes_room_and_stays_in_the_books(draft: uuid.UUID, broker: Person) -> None:
    one = attach(draft, broker)
    files.withdraw(declaration=draft, file=one.id, by=broker, at=NOON)
    again = attach(draft, broker)
    assert [row.withdrawn_at for row in Attachment.objects.order_by("id")] == [NOON, None]
    with pytest.raises(FileNotTaken, match="file_missing"):
        files.withdraw(declaration=draft, file=one.id, by=broker, at=NOON)
    better = files.attach(
        declaration=draft, upload=Upload("b.pdf", pdf("better"), INVOICE), by=broker, at=NOON, replaces=again.id
    )
    assert Attachment.objects.get(id=better.id).replaces == again.id
    assert Attachment.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_a_replacement_that_is_refused_leaves_the_old_file(draft: uuid.UUID, broker: Person) -> None:
    one = attach(draft, broker)
    with pytest.raises(FileNotTaken, match="file_unknown"):
        files.attach(declaration=draft, upload=Upload("b", b"\x00", INVOICE), by=broker, at=NOON, replaces=one.id)
    assert Attachment.objects.get().withdrawn_at is None


def test_strangers_and_officials_attach_nothing(
    draft: uuid.UUID, officer: Person, person_with: Callable[..., Person]
) -> None:
    for person in (person_with(Role.BROKER, party=SECOND_TIN), officer):
        with pytest.raises(DeclarationRefused, match="not_yours"):
            attach(draft, person)
    assert Attachment.objects.count() == 0


def test_what_was_lodged_names_each_file_and_cannot_be_exchanged(
    draft: uuid.UUID, broker: Person, officer: Person
) -> None:
    one = attach(draft, broker)
    assert seen_files(draft, broker) == ["a.pdf"]
    lodge(draft, broker)
    assert statement(draft, 1) == [
        {"sha256": one.sha256, "name": "a.pdf", "kind": "INV", "number": "77", "date": "2026-02-01"}
    ]
    assert seen_files(draft, officer) == ["a.pdf"]
    with pytest.raises(FileNotTaken, match="file_fixed"):
        files.withdraw(declaration=draft, file=one.id, by=broker, at=NOON)
    assert Attachment.objects.get().withdrawn_at is None


@pytest.mark.parametrize("change", ["add", "withdraw"])
def test_a_statement_is_stale_when_files_changed_after_it(draft: uuid.UUID, broker: Person, change: str) -> None:
    one = attach(draft, broker)
    prepared = clearance.prepare(declaration=draft, by=broker, at=NOON)
    if change == "add":
        attach(draft, broker, png(), Paper("CON"), "b.png")
    else:
        files.withdraw(declaration=draft, file=one.id, by=broker, at=NOON)
    with pytest.raises(DeclarationRefused, match="statement_stale"):
        clearance.submit(declaration=draft, statement_hash=prepared.hash, by=broker, at=NOON)
    assert selectors.get(declaration=draft, person=broker).state is State.DRAFT
    assert Attachment.objects.filter(version__isnull=False).count() == 0


def test_customs_sees_nothing_of_a_draft_that_is_mended(draft: uuid.UUID, broker: Person, officer: Person) -> None:
    old = attach(draft, broker)
    lodge(draft, broker)
    clearance.reject(declaration=draft, reason="wrong", by=officer, at=NOON)
    files.withdraw(declaration=draft, file=old.id, by=broker, at=NOON)
    attach(draft, broker, png(), name="new.png")
    assert seen_files(draft, officer) == ["a.pdf"]
    lodge(draft, broker)
    assert seen_files(draft, officer) == ["a.pdf", "new.png"]
    assert [one["name"] for one in statement(draft, 2)] == ["new.png"]
    assert [one["name"] for one in statement(draft, 1)] == ["a.pdf"]


def test_an_answer_brings_the_documents_that_were_asked_for(draft: uuid.UUID, broker: Person, officer: Person) -> None:
    lodge(draft, broker)
    asked(draft, officer, "CON", "CON", "SPC")
    assert selectors.queries(declaration=draft)[0].document_kinds == ("CON", "SPC")
    staged = attach(draft, broker, paper=Paper("CON"), name="contract.pdf")
    assert staged.use is Use.STAGED
    assert seen_files(draft, officer) == []
    clearance.answer(declaration=draft, text="here", by=broker, at=NOON, files=[staged.id])
    assert seen_files(draft, officer) == ["contract.pdf"]
    row = Attachment.objects.get()
    assert (row.use, row.query) == ("answer", 1)
    event = selectors.timeline(declaration=draft)[-1]
    answered = next(one for one in selectors.timeline(declaration=draft) if one.name == "answered")
    assert answered.details == {"files": ["contract.pdf"]}
    assert event.number >= answered.number
    with pytest.raises(FileNotTaken, match="file_fixed"):
        files.withdraw(declaration=draft, file=staged.id, by=broker, at=NOON)


def test_an_answer_with_a_file_that_is_not_there_moves_nothing(
    draft: uuid.UUID, broker: Person, officer: Person
) -> None:
    lodge(draft, broker)
    asked(draft, officer)
    staged = attach(draft, broker)
    files.withdraw(declaration=draft, file=staged.id, by=broker, at=NOON)
    with pytest.raises(FileNotTaken, match="file_missing"):
        clearance.answer(declaration=draft, text="here", by=broker, at=NOON, files=[staged.id])
    assert selectors.get(declaration=draft, person=broker).state is State.DOCS_REQUIRED
    assert selectors.queries(declaration=draft)[0].answered_at is None


def test_a_kind_that_is_not_in_the_list_is_not_asked_for(draft: uuid.UUID, broker: Person, officer: Person) -> None:
    lodge(draft, broker)
    with pytest.raises(ClearanceRefused, match="document_kind_unknown"):
        asked(draft, officer, "NO SUCH")
    assert selectors.queries(declaration=draft) == ()


def test_an_amendment_carries_files_and_a_refused_one_takes_them_along(
    draft: uuid.UUID, broker: Person, officer: Person
) -> None:
    attach(draft, broker)
    lodge(draft, broker)
    content = selectors.get(declaration=draft, person=broker).content

    def propose(name: str) -> int:
        staged = attach(draft, broker, pdf(name), Paper("CON"), f"{name}.pdf")
        return clearance.propose_amendment(
            declaration=draft, content=content, reason="more", by=broker, at=NOON, files=[staged.id]
        )

    assert [one["name"] for one in statement(draft, propose("first"))] == ["a.pdf", "first.pdf"]
    clearance.decide_amendment(declaration=draft, accept=False, reason="no", by=officer, at=NOON)
    assert [one["name"] for one in statement(draft, propose("second"))] == ["a.pdf", "second.pdf"]
    clearance.decide_amendment(declaration=draft, accept=True, reason="yes", by=officer, at=NOON)
    clearance.reject(declaration=draft, reason="again", by=officer, at=NOON)
    lodge(draft, broker)
    assert [one["name"] for one in statement(draft, 4)] == ["a.pdf", "second.pdf"]


def test_a_request_to_cancel_brings_its_files(draft: uuid.UUID, broker: Person, officer: Person) -> None:
    lodge(draft, broker)
    staged = attach(draft, broker)
    assert seen_files(draft, officer) == []
    clearance.request_cancellation(declaration=draft, reason="returned", by=broker, at=NOON, files=[staged.id])
    assert seen_files(draft, officer) == ["a.pdf"]
    with pytest.raises(DeclarationRefused, match="files_closed"):
        attach(draft, broker, png())
    assert Attachment.objects.count() == 1


def test_a_copy_has_no_files_unless_asked(draft: uuid.UUID, broker: Person, person_with: Callable[..., Person]) -> None:
    attach(draft, broker)
    made = drafts.copy(declaration=draft, by=broker, at=NOON)
    assert seen_files(made, broker) == []
    assert files.copy_files(source=draft, target=made, by=broker, at=NOON) == 1
    assert seen_files(made, broker) == ["a.pdf"]
    assert StoredBytes.objects.count() == 1
    with pytest.raises(DeclarationRefused, match="not_found"):
        files.copy_files(source=draft, target=made, by=person_with(Role.BROKER, party=SECOND_TIN), at=NOON)


def test_who_opened_a_file_is_written_down_for_supervisors(
    draft: uuid.UUID, broker: Person, officer: Person, person_with: Callable[..., Person]
) -> None:
    one = attach(draft, broker)
    lodge(draft, broker)
    seen = selectors.get(declaration=draft, person=officer)
    _, data = files.open_file(seen=seen, file=one.id, person=officer, at=NOON, door="page")
    assert data == pdf("INVOICE 77")
    head = person_with(Role.SUPERVISOR, office=OFFICE)
    found = files.openings_of(seen=seen, person=head)
    assert [(row.name, row.by_name, row.door) for row in found] == [("a.pdf", officer.name, "page")]
    assert files.openings_of(seen=seen, person=officer) == ()


def test_a_staged_file_is_not_there_for_customs(draft: uuid.UUID, broker: Person, officer: Person) -> None:
    lodge(draft, broker)
    staged = attach(draft, broker)
    seen = selectors.get(declaration=draft, person=officer)
    with pytest.raises(DeclarationRefused, match="file_not_found"):
        files.open_file(seen=seen, file=staged.id, person=officer, at=NOON, door="page")
    assert FileOpening.objects.count() == 0


def test_the_database_itself_keeps_files(draft: uuid.UUID, broker: Person) -> None:
    one = attach(draft, broker)
    lodge(draft, broker)
    for refused in (
        lambda: StoredBytes.objects.update(size=1),
        lambda: StoredBytes.objects.all().delete(),
        lambda: Attachment.objects.filter(id=one.id).delete(),
        lambda: Attachment.objects.update(sha256="0" * 64),
        lambda: Attachment.objects.update(version=9),
        lambda: Attachment.objects.update(use="staged"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()
    assert Attachment.objects.get().sha256 == one.sha256


def test_a_list_of_files_is_one_query_and_reads_no_bytes(draft: uuid.UUID, broker: Person) -> None:
    for number in range(5):
        attach(draft, broker, pdf(str(number)), Paper("CON", str(number)))
    seen = selectors.get(declaration=draft, person=broker)
    with CaptureQueriesContext(connection) as asked_of:
        assert len(files.files_of(seen=seen, person=broker)) == 5
    assert len(asked_of) == 1
    assert "storedbytes" not in asked_of[0]["sql"]


def test_documents_of_box_44_are_one_line_each_whatever_items_name_them() -> None:
    row = {"kind": "INV", "number": "A 1", "date": "2026-02-01"}
    named = files.papers_of(
        {"items": [{"documents": [row]}, {"documents": [{**row, "number": "a1"}, {"kind": "CON"}]}]}
    )
    assert [(paper.kind, paper.number, items) for paper, items in named.values()] == [
        ("INV", "A 1", [1, 2]),
        ("CON", "", [2]),
    ]


def test_limits_are_dated(draft: uuid.UUID, broker: Person) -> None:
    from gumruk.documents.files.limits import limits_on

    limits = limits_on(NOON + timedelta(days=1))
    assert (limits.file_bytes, limits.files, limits.pixels) == (10_485_760, 200, 100_000_000)
    assert "image/tiff" not in limits.media_types
