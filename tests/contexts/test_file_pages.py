"""Files through their pages: sent without scripts or with them, refused in words, opened by whom they concern and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gumruk.cli import demo
from gumruk.declarations.models import Declaration, Query
from gumruk.documents.models import Attachment, FileOpening
from gumruk.exchange.file_refusals import FILE_REFUSALS
from gumruk.risk.models import LaneShare

from .papers_made import pdf, png, xlsx
from .test_doors import NOW, TODAY, Caller, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None) -> str:
    demo.enter_rates(TODAY, NOW)
    demo.add_people(TODAY, NOW)
    LaneShare.objects.all().delete()
    return f"/declarations/{Caller('broker').call('post', '/declarations', said()).json()['id']}"


def named(place: str) -> dict[str, str]:
    row: dict[str, str] = Declaration.objects.get(id=place.rpartition("/")[2]).draft["items"][0]["documents"][0]
    return {"kind": row["kind"], "number": row["number"], "date": row["date"]}


def one(data: bytes, name: str = "invoice.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="text/html")  # what a browser claims does not count


def send(place: str, *files: SimpleUploadedFile, who: str = "broker", **more: Any) -> Any:
    return signed_in(who).post(f"{place}/files", {**named(place), "file": list(files), **more})


def lodge(place: str) -> None:
    signed_in("broker").post(f"{place}/save", {"revision": "0", "act": "lodge", "here": "finish"})
    assert Declaration.objects.get(id=place.rpartition("/")[2]).registration != ""


def address(place: str) -> str:
    return f"{place}/files/{Attachment.objects.order_by('id').last().id}"  # type: ignore[union-attr]


def test_several_files_are_attached_to_a_row_without_scripts(place: str) -> None:
    answer = send(place, one(pdf("a")), one(png(), "photo.png"))
    assert answer["Location"] == f"{place}/part/documents#files"
    assert [row.media_type for row in Attachment.objects.order_by("id")] == ["application/pdf", "image/png"]
    text = signed_in("broker").get(f"{place}/part/documents").content.decode()
    assert "invoice.pdf" in text
    assert "photo.png" in text
    assert text.count("File attached") == 1
    assert text.count("Named only") == 3


def test_a_script_is_told_where_to_go_or_what_is_wrong(place: str) -> None:
    script = {"HTTP_ACCEPT": "application/json"}
    client = signed_in("broker", "ru")
    good = client.post(f"{place}/files", {**named(place), "file": one(pdf("a"))}, **script)  # type: ignore[arg-type]
    assert good.json() == {"next": f"{place}/part/documents#files"}
    wrong = client.post(f"{place}/files", {**named(place), "file": one(b"")}, **script)  # type: ignore[arg-type]
    assert (wrong.status_code, wrong.json()["message"]) == (422, FILE_REFUSALS["file_empty"].ru)


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_one_bad_file_keeps_all_of_them_out_and_is_named_on_the_page(place: str, language: str) -> None:
    answer = signed_in("broker", language).post(
        f"{place}/files", {**named(place), "file": [one(pdf("a")), one(b"\x00\x01", "b.pdf")]}
    )
    assert answer.status_code == 422
    assert FILE_REFUSALS["file_unknown"].in_language(language) in answer.content.decode()
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [({"file": []}, "file_not_chosen"), ({"date": "5 March"}, "paper_date_wrong"), ({"replaces": "x"}, "")],
)
def test_a_form_that_lacks_something_is_refused(place: str, change: dict[str, Any], code: str) -> None:
    answer = signed_in("broker").post(f"{place}/files", {**named(place), "file": one(pdf("a")), **change})
    assert answer.status_code == 422
    assert not code or FILE_REFUSALS[code].en in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_a_file_too_large_is_refused_by_its_size(place: str) -> None:
    answer = send(place, one(b"%PDF-1.4" + b" " * 10_485_760))
    assert answer.status_code == 422
    assert "larger than 10 MB" in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_a_file_is_replaced_and_taken_out(place: str) -> None:
    send(place, one(pdf("a")))
    first = Attachment.objects.get()
    assert send(place, one(pdf("b"), "better.pdf"), replaces=str(first.id)).status_code == 302
    assert Attachment.objects.get(withdrawn_at__isnull=True).name == "better.pdf"
    assert signed_in("broker").post(f"{address(place)}/withdraw").status_code == 302
    assert Attachment.objects.filter(withdrawn_at__isnull=True).count() == 0
    assert signed_in("broker").post(f"{address(place)}/withdraw").status_code == 422


@pytest.mark.parametrize("harm", [b"/OpenAction<</S/JavaScript/JS(1)>>", b"/Encrypt 9 0 R"])
def test_a_pdf_with_scripts_or_encrypted_is_saved_and_never_shown(place: str, harm: bytes) -> None:
    send(place, one(pdf("a", extra=harm)))
    answer = signed_in("broker").get(f"{address(place)}/content")
    assert answer["Content-Disposition"].startswith("attachment")
    text = signed_in("broker").get(address(place)).content.decode()
    assert "It is not shown here" in text or "So it is not shown here" in text
    assert "<iframe" not in text


def test_a_file_whose_row_was_corrected_is_put_to_it_again(place: str) -> None:
    send(place, one(pdf("a")))
    number = named(place)["number"]
    saved = {"revision": "0", "here": "documents", "items/1/documents/1/number": f"{number}-A"}
    signed_in("broker").post(f"{place}/save", saved)
    text = signed_in("broker").get(f"{place}/part/documents").content.decode()
    assert "File attached" not in text
    refused = signed_in("broker").post(f"{address(place)}/move", {"row": "99"})
    assert (refused.status_code, Attachment.objects.count()) == (422, 1)
    assert signed_in("broker").post(f"{address(place)}/move", {"row": "1"}).status_code == 302
    row = Attachment.objects.get(withdrawn_at__isnull=True)
    assert row.number == f"{number}-A"
    assert "File attached" in signed_in("broker").get(f"{place}/part/documents").content.decode()


def test_a_form_larger_than_the_site_takes_is_refused_before_it_is_read(place: str, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    assert send(place, one(pdf("a") + b" " * 2000)).status_code in (400, 413)
    assert Attachment.objects.count() == 0


def test_a_stranger_neither_sends_nor_sees_nor_opens(place: str) -> None:
    send(place, one(pdf("a")))
    for who in ("broker2", "officer"):  # a draft is nothing to customs yet
        assert signed_in(who).post(f"{place}/files", {"file": one(pdf("x"))}).status_code == 404
        assert signed_in(who).get(address(place)).status_code == 404
        assert signed_in(who).get(f"{address(place)}/content").status_code == 404
    assert Client().get(f"{address(place)}/content").status_code == 302
    assert Attachment.objects.count() == 1
    assert FileOpening.objects.count() == 0


def test_an_official_of_the_office_sends_nothing(place: str) -> None:
    lodge(place)
    answer = signed_in("officer").post(f"{place}/files", {"file": one(pdf("x"))})
    assert answer.status_code == 422
    assert Attachment.objects.count() == 0


def test_the_file_is_shown_beside_the_data_and_its_opening_is_written_down(place: str) -> None:
    send(place, one(pdf("a")))
    lodge(place)
    officer = signed_in("officer")
    page = officer.get(address(place))
    assert page["Content-Security-Policy"].endswith("frame-src 'self'")
    assert f'src="{address(place)}/content' in page.content.decode()
    answer = officer.get(f"{address(place)}/content")
    assert answer.content == pdf("a")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"] == 'inline; filename="invoice.pdf"'
    assert FileOpening.objects.count() == 1
    assert "Who opened the files" in signed_in("head").get(f"{place}/documents").content.decode()
    assert "Who opened the files" not in officer.get(f"{place}/documents").content.decode()


@pytest.mark.parametrize(
    ("data", "name", "shown"),
    [(png(), "a.png", True), ("матн".encode(), "a.txt", True), (xlsx(), "a.xlsx", False), (b"<a/>", "a.xml", False),
     (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "a.svg", False)],
)  # fmt: skip
def test_only_what_runs_nothing_is_shown_and_all_but_pdf_in_a_sandbox(
    place: str, data: bytes, name: str, *, shown: bool
) -> None:
    send(place, one(data, name))
    answer = signed_in("broker").get(f"{address(place)}/content")
    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert answer["Content-Security-Policy"].endswith("; sandbox")
    saved = signed_in("broker").get(f"{address(place)}/content?save=1")
    assert saved["Content-Disposition"].startswith("attachment")
    assert ("This kind of file is not shown here" in signed_in("broker").get(address(place)).content.decode()) != shown


def test_customs_asks_for_kinds_and_the_answer_brings_them(place: str) -> None:
    lodge(place)
    signed_in("officer").post(
        f"{place}/act", {"act": "ask_documents", "text": "please", "document_kind": ["CON", "SPC"]}
    )
    assert Query.objects.get().document_kinds == ["CON", "SPC"]
    text = signed_in("broker").get(f"{place}/documents").content.decode()
    assert text.count("Asked for") == 2
    assert 'name="file/CON"' in text
    empty = signed_in("broker").post(f"{place}/answer", {"text": "", "file/CON": one(pdf("c"))})
    assert empty.status_code == 422
    assert Attachment.objects.count() == 0
    sent = {
        "text": "here",
        "file/CON": one(pdf("c"), "contract.pdf"),
        "file": one(png(), "more.png"),
        "other": one(pdf("x")),
    }
    assert signed_in("broker").post(f"{place}/answer", sent).status_code == 302
    assert [(row.kind, row.name, row.query) for row in Attachment.objects.order_by("name")] == [
        ("CON", "contract.pdf", 1),
        ("", "more.png", 1),
    ]
    seen = signed_in("officer").get(f"{place}/timeline").content.decode()
    assert "contract.pdf" in seen


def test_an_answer_with_a_bad_file_is_not_sent_and_its_words_stay(place: str) -> None:
    lodge(place)
    signed_in("officer").post(f"{place}/act", {"act": "ask", "text": "which?"})
    answer = signed_in("broker").post(
        f"{place}/answer", {"text": "my long words", "act": "answer", "file": one(b"\x00")}
    )
    assert answer.status_code == 422
    assert "my long words" in answer.content.decode()
    assert Query.objects.get().answered_at is None
    assert Attachment.objects.count() == 0


def test_a_request_to_cancel_and_an_amendment_bring_files(place: str) -> None:
    lodge(place)
    amended = signed_in("broker").post(
        f"{place}/amend", {"reason": "more", "kind": "CON", "file": one(pdf("c"), "con.pdf")}
    )
    assert amended.status_code == 302
    seen = signed_in("officer").get(place).content.decode()
    assert "<ins>con.pdf</ins>" in seen
    signed_in("officer").post(f"{place}/act", {"act": "refuse_amendment", "text": "no"})
    refused = signed_in("broker").post(f"{place}/amend", {"reason": "", "file": one(pdf("d"))})
    assert refused.status_code == 422
    asked = signed_in("broker").post(f"{place}/cancellation", {"text": "returned", "file": one(pdf("e"), "why.pdf")})
    assert asked.status_code == 302
    assert [row.name for row in Attachment.objects.order_by("id")] == ["con.pdf", "why.pdf"]
    wrong = signed_in("broker").post(f"{place}/cancellation", {"text": "again", "here": "nonsense"})
    assert wrong.status_code == 422


def test_a_copy_brings_files_only_when_asked(place: str) -> None:
    send(place, one(pdf("a")))
    signed_in("broker").post(f"{place}/copy")
    assert Attachment.objects.count() == 1
    made = signed_in("broker").post(f"{place}/copy", {"files": "1"})["Location"]
    assert str(Attachment.objects.order_by("id").last().root) == made.rpartition("/")[2]  # type: ignore[union-attr]


def test_the_officers_page_names_the_rows_without_a_file(place: str) -> None:
    send(place, one(pdf("a")))
    lodge(place)
    text = signed_in("officer").get(f"{place}/documents").content.decode()
    assert "Rows of box 44 without a file" in text
    assert "Rows of box 44 without a file" not in signed_in("broker").get(f"{place}/documents").content.decode()


def test_more_files_ask_no_more_of_the_database(place: str) -> None:
    send(place, one(pdf("a")))
    lodge(place)
    client = signed_in("officer")
    client.get(f"{place}/documents")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{place}/documents")
        return len(asked)

    few = queries()
    signed_in("officer").post(f"{place}/act", {"act": "ask", "text": "which?"})
    signed_in("broker").post(f"{place}/answer", {"text": "x", "file": [one(pdf(str(n))) for n in range(9)]})
    assert queries() == few
