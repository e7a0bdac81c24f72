"""Items from a spreadsheet on a draft's page: shown first, taken whole or not at all, never over somebody else's save."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from gumruk.cli import demo
from gumruk.cli.demo_content import content
from gumruk.declarations.models import Declaration
from gumruk.exchange import asycuda, formats
from gumruk.reference.models import KeptSheet
from gumruk.risk.models import LaneShare
from gumruk.web.broker import lists

from .test_doors import NOW, TODAY, Caller, said, signed_in

pytestmark = pytest.mark.django_db
HEAD = ("goods_code", "description", "price", "colour", "documents.2.number")
SUGAR = ("1701990000", "Sugar", "12.50", "white", "INV-7")


@pytest.fixture
def client(db: None) -> Client:
    demo.enter_rates(TODAY, NOW)
    demo.add_people(TODAY, NOW)
    LaneShare.objects.all().delete()  # no lane is drawn by chance
    return signed_in("broker")


@pytest.fixture
def place(client: Client) -> str:
    made = Caller("broker").call("post", "/declarations", said()).json()["id"]
    return f"/declarations/{made}"


def workbook(*rows: tuple[Any, ...], **sheets: list[tuple[str, ...]]) -> SimpleUploadedFile:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    book.save(out)
    return SimpleUploadedFile("items.xlsx", out.getvalue())


def kept(client: Client, place: str, file: SimpleUploadedFile) -> str:
    """The address of the preview of an uploaded file."""
    answer = client.post(f"{place}/items/sheet", {"sheet": file})
    assert answer.status_code == 302
    there = str(answer["Location"])
    assert there == f"{place}/items/sheet/{KeptSheet.objects.latest('at').id}"
    return there


def stored() -> dict[str, Any]:
    found: dict[str, Any] = Declaration.objects.get().draft
    return found


def revision() -> str:
    return str(Declaration.objects.get().revision)


def test_rows_are_shown_and_nothing_is_written_before_they_are_taken(client: Client, place: str) -> None:
    before = stored()
    there = kept(client, place, workbook(HEAD, SUGAR))
    answer = client.get(there)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Sugar" in text
    assert "<td>INV-7</td>" in text
    assert "Column D “colour” is not known and was not read." in text
    assert stored() == before
    assert 'name="sent"' not in text  # the file itself does not travel through the page


def test_rows_stand_behind_the_items_or_in_their_place_numbered_anew(client: Client, place: str) -> None:
    there = kept(client, place, workbook(HEAD, SUGAR))
    assert client.post(there, {"act": "append", "revision": revision()})["Location"] == f"{place}/items"
    assert [item.get("description") for item in stored()["items"]][2:] == ["Sugar"]
    assert stored()["items_total"] == "3"
    assert not KeptSheet.objects.exists()
    there = kept(client, place, workbook(HEAD, SUGAR))
    client.post(there, {"act": "replace", "revision": revision()})
    assert [(item["item_number"], item["price"]) for item in stored()["items"]] == [("1", "12.50")]
    assert stored()["items_total"] == "1"
    assert "The items were taken from the file." in client.get(f"{place}/items").content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "“ten” is not a number"), ("ru", "«ten» — не число"), ("tg", "«ten» рақам нест")])  # fmt: skip
def test_each_fault_is_named_in_the_language_of_the_page_and_goes_back_in_the_workbook(
    client: Client, place: str, language: str, words: str
) -> None:
    before = stored()
    reader = signed_in("broker", language)
    there = kept(reader, place, workbook(("goods_code", "price"), ("1701990000", "ten"), ("1701990000", "5")))
    text = reader.get(there).content.decode()
    assert words in text
    assert 'value="replace"' not in text
    assert reader.post(there, {"act": "replace", "revision": revision()}).status_code == 422
    assert stored() == before
    assert KeptSheet.objects.count() == 1
    back = load_workbook(io.BytesIO(reader.get(f"{there}/marked").content)).worksheets[0]
    rows = list(back.values)
    assert words in str(rows[1][2])
    assert rows[2] == ("1701990000", "5", None)


def test_a_draft_saved_meanwhile_is_not_overwritten_and_the_file_stays(client: Client, place: str) -> None:
    there = kept(client, place, workbook(HEAD, SUGAR))
    seen = revision()
    client.post(f"{place}/save", {"revision": seen, "act": "save", "delivery_place": "Khujand"})
    before = stored()
    answer = client.post(there, {"act": "replace", "revision": seen})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody saved this draft after you opened this page." in text
    assert "Sugar" in text
    assert stored() == before
    assert KeptSheet.objects.count() == 1
    again = text.partition('name="revision" value="')[2].partition('"')[0]
    assert client.post(there, {"act": "append", "revision": again}).status_code == 302
    assert stored()["delivery_place"] == "Khujand"
    assert len(stored()["items"]) == 3


@pytest.mark.parametrize("said", [{}, {"act": "fly"}, {"act": "replace"}, {"act": "replace", "revision": "x"}])
def test_what_was_not_chosen_or_not_seen_is_not_taken(client: Client, place: str, said: dict[str, str]) -> None:
    there = kept(client, place, workbook(HEAD, SUGAR))
    before = stored()
    assert client.post(there, said).status_code == 422
    assert stored() == before
    assert KeptSheet.objects.count() == 1


def test_boxes_of_the_declaration_are_shown_and_a_foreign_declarant_is_refused(client: Client, place: str) -> None:
    rows = [("field", "value"), ("delivery_place", "Kulob"), ("declarant_tin", "999999999")]
    there = kept(client, place, workbook(HEAD, SUGAR, declaration=rows))
    text = client.get(there).content.decode()
    assert "Kulob" in text
    before = stored()
    refused = client.post(there, {"act": "replace", "revision": revision()})
    assert refused.status_code == 422
    assert "You may not file for the declarant of box 14" in refused.content.decode()
    assert stored() == before


def test_a_kept_file_is_its_persons_alone_and_gone_once_used(client: Client, place: str) -> None:
    there = kept(client, place, workbook(HEAD, SUGAR))
    other = signed_in("broker2")
    assert other.get(there).status_code == 404
    own = other.post("/declarations/new")["Location"]
    sheet = there.rpartition("/")[2]
    foreign = other.get(f"{own}/items/sheet/{sheet}")
    assert foreign.status_code == 404
    assert "Sugar" not in foreign.content.decode()
    assert other.post(f"{own}/items/sheet/{sheet}", {"act": "replace", "revision": "0"}).status_code == 404
    assert other.get(f"{own}/items/sheet/{sheet}/marked").status_code == 404
    assert {str(row.id): row.revision for row in Declaration.objects.all()}[own[14:]] == 0
    client.post(there, {"act": "append", "revision": str(Declaration.objects.get(id=place[14:]).revision)})
    assert client.get(there).status_code == 404
    assert "is not kept any longer" in client.get(there).content.decode()


def test_what_is_no_sheet_is_a_sentence_and_is_not_kept(client: Client, place: str) -> None:
    assert client.post(f"{place}/items/sheet").status_code == 422
    broken = SimpleUploadedFile("x.xlsx", b"\x00\x01")
    assert client.post(f"{place}/items/sheet", {"sheet": broken}).status_code == 422
    assert not KeptSheet.objects.exists()


def test_a_lodged_declaration_takes_no_sheet(client: Client, place: str) -> None:
    there = kept(client, place, workbook(HEAD, SUGAR))
    seen = revision()
    client.post(f"{place}/save", {"revision": seen, "act": "lodge", "here": "form"})
    assert Declaration.objects.get().state != "DRAFT"
    before = stored()
    assert client.post(f"{place}/items/sheet", {"sheet": workbook(HEAD, SUGAR)})["Location"] == place
    assert client.get(there)["Location"] == place
    assert client.post(there, {"act": "replace", "revision": revision()})["Location"] == place
    assert stored() == before


def test_lost_first_zeros_are_put_back_only_when_agreed(client: Client, place: str) -> None:
    before = stored()
    there = kept(client, place, workbook(("goods_code", "description"), (207120000, "Hens"), (805100000, "Oranges")))  # type: ignore[arg-type]
    text = client.get(there).content.decode()
    assert "Put the lost first zeros back" in text
    assert client.post(there, {"act": "replace", "revision": revision()}).status_code == 422
    agreed = client.get(f"{there}?zeros=1").content.decode()
    assert "0207120000" in agreed
    assert 'name="zeros" value="1"' in agreed
    assert stored() == before
    client.post(there, {"act": "replace", "revision": revision(), "zeros": "1"})
    assert [item["goods_code"] for item in stored()["items"]] == ["0207120000", "0805100000"]


def test_the_preview_says_what_would_be_new_changed_left_and_gone(client: Client, place: str) -> None:
    client.post(f"{place}/items/act", {"revision": "0", "grid": "paste", "at_row": "1", "from": "goods_code",
                                       "text": "goods_code\tdescription\n1701990000\tSugar\n1902190000\tPasta"})  # fmt: skip
    first = {"goods_code": "1701990000", "description": "Sugar"}
    Declaration.objects.update(draft={**stored(), "items": [first, {"description": "Old"}, {"description": "Third"}]})
    there = kept(
        client, place, workbook(("goods_code", "description"), ("1701990000", "Sugar"), ("1902190000", "Pasta"))
    )
    text = " ".join(client.get(there).content.decode().split())
    for label, number in (
        ("New items", 0),
        ("Items that change", 1),
        ("Items that stay as they are", 1),
        ("Items that go", 1),
    ):
        after = text.partition(label)[2][:120]
        assert f">{number}<" in after, (label, after)


@pytest.mark.parametrize("kind", ["xml", "json"])
def test_items_are_taken_from_a_whole_declaration_and_its_header_stays(client: Client, place: str, kind: str) -> None:
    other = {**content(seed=9, items=2, day=TODAY)}
    data = asycuda.write(other) if kind == "xml" else json.dumps(other).encode()
    header = {name: value for name, value in stored().items() if name not in ("items", "items_total")}
    there = kept(client, place, SimpleUploadedFile(f"other.{kind}", data))
    assert other["items"][0]["description"] in client.get(there).content.decode()
    client.post(there, {"act": "replace", "revision": revision()})
    assert [item["description"] for item in stored()["items"]] == [item["description"] for item in other["items"]]
    assert {name: value for name, value in stored().items() if name not in ("items", "items_total")} == header


def test_a_long_sheet_shows_two_hundred_rows_and_those_with_faults_first(client: Client, place: str) -> None:
    rows = [("1701990000", f"Sugar {number}", "1") for number in range(250)]
    text = client.get(kept(client, place, workbook(HEAD[:3], *rows))).content.decode()
    assert "Sugar 199" in text
    assert "Sugar 200" not in text
    assert "Rows that are not shown here: 50" in text
    rows[240] = ("1701990000", "Sugar 240", "ten")
    text = client.get(kept(client, place, workbook(HEAD[:3], *rows))).content.decode()
    assert "Sugar 240" in text
    assert "Sugar 239" not in text


def test_the_template_speaks_the_language_of_the_page_and_reads_back(client: Client) -> None:
    heads = {}
    for language in ("tg", "ru", "en"):
        answer = signed_in("broker", language).get("/items.xlsx")
        heads[language] = next(load_workbook(io.BytesIO(answer.content)).worksheets[0].values)
    assert len(set(heads.values())) == 3


def test_the_home_list_names_and_accepts_every_kind_of_file_that_is_read(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "ASYCUDA XML, WCO XML, JSON, XLSX or CSV." in page
    assert f'accept="{lists.ACCEPTED}"' in page
    assert {Path(name).suffix for name in ("a.xml", "b.json", "c.xlsx", "d.csv")} == set(lists.ACCEPTED.split(","))
    csv = SimpleUploadedFile("items.csv", b"goods_code;description\n1701990000;Sugar\n")
    assert formats.parse(csv.read()).format == "csv"
    csv.seek(0)
    for file in (csv, workbook(HEAD[:3], SUGAR[:3])):
        made = client.post("/declarations/new", {"file": file, "from": "file"})["Location"]
        assert Declaration.objects.get(id=made[14:]).draft["items"][0]["description"] == "Sugar"


WRONG: dict[str, tuple[str, Any]] = {
    "not_a_number": ("price", "twelve"),
    "ambiguous_number": ("price", "1,234"),
    "too_many_digits": ("price", "1" * 30),
    "too_many_decimals": ("price", "1.1234567"),
    "not_a_date": ("documents.1.date", "one day"),
    "too_long": ("description", "x" * 5000),
    "lost_zero": ("goods_code", 207120000),
}


@pytest.mark.parametrize("code", sorted(WRONG))
def test_faulty_rows_are_taken_to_be_mended_and_each_fault_is_found_again(
    client: Client, place: str, code: str
) -> None:
    key, value = WRONG[code]
    row: dict[str, Any] = {
        "goods_code": "1701990000",
        "description": "Sugar",
        "price": "12.50",
        "documents.1.date": "2026-03-01",
    }
    row |= {"documents.1.kind": "INV", "documents.1.number": "7", key: value}
    there = kept(client, place, workbook(tuple(row), tuple(row.values())))
    shown = client.get(there).content.decode()
    assert "Mend the faults" in shown
    assert "Download the workbook with errors" in shown
    answer = client.post(there, {"act": "mend", "revision": revision()})
    assert answer["Location"] == f"{place}/mend"
    assert str(value) in json.dumps(stored()["items"])
    box = key.replace("documents.1.date", "documents/1/date")
    found = client.get(f"{place}/part/finish?check=1").content.decode()
    assert f"items/1/{box}" in found or f"items-1-{box.replace('/', '-')}" in found
    assert client.get(f"{there}/marked").status_code == 200


def test_a_fault_that_would_be_lost_is_not_taken_to_be_mended(client: Client, place: str) -> None:
    there = kept(client, place, workbook(("goods_code", "price", "price"), ("1701990000", "1", "2")))
    before = stored()
    assert 'value="mend"' not in client.get(there).content.decode()
    assert client.post(there, {"act": "mend", "revision": revision()}).status_code == 422
    assert stored() == before


def test_a_new_declaration_from_a_sheet_with_faults_begins_before_its_preview(client: Client) -> None:
    file = workbook(("goods_code", "description", "price"), ("1701990000", "Sugar", "twelve"))
    answer = client.post("/declarations/new", {"from": "file", "file": file})
    shown = client.get(answer["Location"]).content.decode()
    assert "/items/sheet/" in answer["Location"]
    assert "is not a number" in shown
    assert stored()["items"] == [{"item_number": "1"}]
