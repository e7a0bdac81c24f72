"""Files by the API and from the console: the same services, the same refusals, one effect for one key."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gumruk.cli import demo, document
from gumruk.documents.models import Attachment, FileOpening
from gumruk.exchange.file_refusals import FILE_REFUSALS
from gumruk.risk.models import LaneShare

from .papers_made import pdf, png
from .test_doors import NOW, TODAY, Caller, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(db: None) -> Caller:
    demo.enter_rates(TODAY, NOW)
    demo.add_people(TODAY, NOW)
    LaneShare.objects.all().delete()
    return Caller("broker")


@pytest.fixture
def place(caller: Caller) -> str:
    return f"/declarations/{caller.call('post', '/declarations', said()).json()['id']}"


def lodge(caller: Caller, place: str) -> None:
    statement = caller.call("post", f"{place}/prepare").json()
    assert caller.call("post", f"{place}/submit", {"hash": statement["hash"]}).status_code == 200


def form(caller: Caller, place: str, data: dict[str, Any], **headers: str) -> Any:
    sent = {"Authorization": f"Bearer {caller.secret}", **headers}
    return Client().post(f"/api/v1{place}/files", data, headers=sent)


def test_a_file_is_sent_as_the_body_listed_fetched_and_withdrawn(caller: Caller, place: str) -> None:
    answer = caller.call("post", f"{place}/files?kind=INV&number=7&date=2026-03-01&name=a.pdf", pdf("a"))
    assert answer.status_code == 201
    made = answer.json()
    assert (made["use"], made["kind"], made["date"], made["media_type"]) == (
        "draft",
        "INV",
        "2026-03-01",
        "application/pdf",
    )
    assert [one["id"] for one in caller.call("get", f"{place}/files").json()] == [made["id"]]
    got = caller.call("get", f"{place}/files/{made['id']}/content")
    assert got.content == pdf("a")
    assert got["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert FileOpening.objects.get().door == "api"
    assert caller.call("post", f"{place}/files/{made['id']}/withdraw").json()["withdrawn_at"] != ""
    assert caller.call("post", f"{place}/files/{made['id']}/withdraw").status_code == 404


def test_a_form_is_taken_and_the_same_key_has_one_effect(caller: Caller, place: str) -> None:
    def send(data: bytes) -> Any:
        file = SimpleUploadedFile("photo.png", data)
        return form(caller, place, {"file": file}, **{"Idempotency-Key": "k"})

    first, again = send(png()), send(png())
    assert (first.status_code, first.json()["name"]) == (201, "photo.png")
    assert again.json() == first.json()
    assert Attachment.objects.count() == 1
    other = send(png(9, 9))
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert form(caller, place, {}).json()["code"] == "file_not_chosen"


@pytest.mark.parametrize(
    ("query", "data", "status", "code"),
    [
        ("", b"\x00\x01", 422, "file_unknown"),
        ("?date=soon", pdf("b"), 422, "paper_date_wrong"),
        ("?kind=NO", pdf("b"), 422, "document_kind_unknown"),
        ("", pdf("a"), 409, "file_already_there"),
    ],
)
def test_a_refusal_is_a_problem_in_words_and_keeps_nothing(
    caller: Caller, place: str, query: str, data: bytes, status: int, code: str
) -> None:
    caller.call("post", f"{place}/files", pdf("a"))
    answer = caller.call("post", f"{place}/files{query}", data, **{"Accept-Language": "tg"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"] == FILE_REFUSALS[code].tg
    assert answer["Content-Type"] == "application/problem+json"
    assert Attachment.objects.count() == 1


def test_strangers_neither_list_nor_fetch(caller: Caller, place: str) -> None:
    made = caller.call("post", f"{place}/files", pdf("a")).json()["id"]
    other = Caller("broker2")
    for path in (f"{place}/files", f"{place}/files/{made}/content"):
        assert other.call("get", path).status_code == 404
    assert other.call("post", f"{place}/files", pdf("x")).status_code == 404
    assert Attachment.objects.count() == 1


def test_an_answer_an_amendment_and_a_request_bring_staged_files(caller: Caller, place: str) -> None:
    lodge(caller, place)
    officer = Caller("officer")

    def staged(name: str) -> str:
        made: dict[str, str] = caller.call("post", f"{place}/files?name={name}", pdf(name)).json()
        assert made["use"] == "staged"
        return made["id"]

    asked = {"question": "which?", "documents": True, "document_kinds": ["CON"]}
    assert officer.call("post", f"{place}/questions", asked).status_code == 200
    assert caller.call("get", place).json()["questions"][0]["document_kinds"] == ["CON"]
    contract = staged("con.pdf")
    assert officer.call("get", f"{place}/files").json() == []
    assert caller.call("post", f"{place}/answer", {"answer": "here", "files": [contract]}).status_code == 200
    assert caller.call("post", f"{place}/files/{contract}/withdraw").json()["code"] == "file_fixed"
    content = caller.call("get", place).json()["content"]
    amended = {"content": content, "reason": "more", "files": [staged("more.pdf")]}
    assert caller.call("post", f"{place}/amendments", amended).status_code == 201
    officer.call("post", f"{place}/amendment", {"accept": True, "reason": "yes"})
    gone = {"reason": "returned", "files": [staged("why.pdf")]}
    assert caller.call("post", f"{place}/cancellation", gone).status_code == 200
    uses = {one["name"]: one["use"] for one in officer.call("get", f"{place}/files").json()}
    assert uses == {"con.pdf": "answer", "more.pdf": "amendment", "why.pdf": "cancellation"}


def ran(*words: str) -> int:
    parser = argparse.ArgumentParser()
    document.add_arguments(parser)
    return document.run(parser.parse_args(words))


def test_the_console_adds_lists_saves_and_withdraws(
    place: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    number, paper = place.rpartition("/")[2], tmp_path / "contract.pdf"
    paper.write_bytes(pdf("c", extra=b"/OpenAction<</S/JavaScript/JS(1)>>"))
    assert ran("add", number, str(paper), "--kind", "CON", "--date", "2026-03-01", "--as", "broker") == 0
    out, err = capsysbinary.readouterr()
    made = out.decode().strip()
    assert b"script" in err
    assert ran("list", number, "--as", "broker") == 0
    assert capsysbinary.readouterr().out.decode().split()[:3] == [made, "draft", "CON"]
    assert ran("save", number, made, "--as", "broker") == 0
    assert capsysbinary.readouterr().out == paper.read_bytes()
    assert ran("save", number, made, "--to", str(tmp_path / "out.pdf"), "--as", "broker") == 0
    assert (tmp_path / "out.pdf").read_bytes() == paper.read_bytes()
    assert FileOpening.objects.filter(door="cli").count() == 2
    assert ran("withdraw", number, made, "--as", "broker") == 0
    assert Attachment.objects.get().withdrawn_at is not None


@pytest.mark.parametrize(
    "words",
    [("add", "{n}", "/no/such/file", "--as", "broker"), ("add", "{n}", "{f}", "--date", "x", "--as", "broker"),
     ("add", "{n}", "{f}", "--as", "broker2"), ("list", "nonsense", "--as", "broker"), ("list", "{n}", "--as", "nobody"),
     ("add", "{n}", "{empty}", "--as", "broker")],
)  # fmt: skip
def test_the_console_says_why_and_keeps_nothing(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    for name, data in (("f", pdf("x")), ("empty", b"")):
        (tmp_path / name).write_bytes(data)
    said_of = {"n": place.rpartition("/")[2], "f": tmp_path / "f", "empty": tmp_path / "empty"}
    assert ran(*(word.format(**said_of) for word in words)) == 2
    assert capsys.readouterr().err.startswith("gumruk: ")
    assert Attachment.objects.count() == 0
