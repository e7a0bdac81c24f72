"""Printed forms: the numbers of the screen, the same bytes twice, copies counted, and a page that tells genuine from false."""

from __future__ import annotations

import re
import shutil
import subprocess
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gumruk.clearance import services as clearance
from gumruk.cli.demo_content import BROKER_TIN, OFFICE, content
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.documents import selectors, services
from gumruk.documents.marks import bars, masked, modules, read_code, verification_code
from gumruk.documents.models import PrintedDocument
from gumruk.documents.types import Form, PrintRefused, Sheet, Subject
from gumruk.documents.typesetting import typeset
from gumruk.documents.wording import WORDS, words
from gumruk.payments import selectors as payments
from gumruk.payments import services as money
from gumruk.tariff import selectors as tariff
from gumruk.trust.middleware import SESSION_KEY
from gumruk.trust.types import Person, Role
from gumruk.web.prints.sheets import assessment_sheet, declaration_sheet, receipt_sheet
from gumruk.web.templatetags.gumruk_format import money as shown

from .conftest import DAY, NOON

ADDRESS = "https://customs.example/verify/"
TAJIK = "ғӣқӯҳҷ ҒӢҚӮҲҶ"


def sheet(**other: Any) -> Sheet:
    subject = Subject(uuid.UUID(int=7), OFFICE, date(2026, 3, 1), f"{OFFICE}/2026/R1", 1)
    content = {
        "rows": [["Payer", TAJIK]], "kinds": [["Duty", "1.00"]], "due": "1.00", "amount": "1.00", "amount_label": "Received",
        "cashier": "Demo", "demo": False,
    }  # fmt: skip
    made = Sheet(Form.RECEIPT, "tg", subject, DAY, "Receipt", content, (("Receipt", "R1"),))
    return replace(made, **other)


def print_it(made: Sheet) -> services.Printed:
    return services.print_sheet(sheet=made, address=ADDRESS, by=None, at=NOON)


def text_of(pdf: bytes) -> str:
    """The words of a PDF, by an independent reader."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext (package poppler-utils) reads PDF independently; it is not here")
    done = subprocess.run([reader, "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def all_sheets(declaration: uuid.UUID, person: Person, language: str) -> dict[Form, Sheet]:
    seen = declarations.get(declaration=declaration, person=person)
    stored = tariff.latest(declaration=declaration)
    charge = payments.charge_of(declaration=declaration)
    assert stored is not None
    (receipt,) = payments.receipts(declaration=declaration)
    return {
        Form.DECLARATION: declaration_sheet(
            summary=seen.summary, version=declarations.version(declaration=declaration, number=seen.version),
            stored=stored, charge=charge, timeline=declarations.timeline(declaration=declaration), language=language,
        ),
        Form.ASSESSMENT: assessment_sheet(summary=seen.summary, stored=stored, charge=charge, language=language),
        Form.RECEIPT: receipt_sheet(receipt=receipt, charge=charge, demo=True, language=language),
    }  # fmt: skip


@pytest.mark.django_db
def test_the_same_sheet_gives_the_same_bytes() -> None:
    data = {**sheet().content, "title": "x", "language": "tg", "number": "1", "version": 1, "hash": "h", "code": "c",
            "address": "a", "qr": "", "bars": "", "copy": 0, "dated": [2026, 3, 2], "words": words("tg")}  # fmt: skip
    data["qr"] = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'
    assert typeset("receipt", data, dated=DAY) == typeset("receipt", data, dated=DAY)


@pytest.mark.django_db
def test_the_first_print_is_the_original_and_later_ones_are_counted_copies() -> None:
    first, second, third = print_it(sheet()), print_it(sheet()), print_it(sheet(language="ru"))
    assert [one.copy for one in (first, second, third)] == [0, 1, 2]
    assert (first.code, first.hash) == (second.code, second.hash)
    assert third.code != first.code  # another language is another text
    other = print_it(sheet(subject=replace(sheet().subject, version=2)))
    assert other.copy == 0
    found = selectors.print_known_by(code=first.code)
    assert found is not None
    assert (found.number, found.copies, found.newest_version) == (f"{OFFICE}/2026/R1", 1, 2)
    assert selectors.prints_of(root=sheet().subject.root) == 4


@pytest.mark.django_db
def test_a_copy_says_so_and_the_original_does_not() -> None:
    made = sheet(language="en")
    assert "Copy No." not in text_of(print_it(made).pdf)
    assert "Copy No. 1" in text_of(print_it(made).pdf)


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE {} SET copy = 0", "DELETE FROM {}"])
def test_the_database_keeps_every_print(statement: str) -> None:
    print_it(sheet())
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("documents_printeddocument"))
    assert PrintedDocument.objects.count() == 1


@pytest.mark.django_db
def test_an_unknown_language_prints_nothing() -> None:
    with pytest.raises(PrintRefused, match="language_unknown"):
        print_it(sheet(language="de"))
    assert not PrintedDocument.objects.exists()


@pytest.mark.django_db
def test_letters_that_no_font_has_and_marks_of_the_template_language_are_only_text() -> None:
    said = '#panic("x") *bold* $x$ <b> 漢字 ' + TAJIK
    made = print_it(sheet(content={**sheet().content, "rows": [["Payer", said]]}))
    assert '#panic("x") *bold* $x$ <b>' in text_of(made.pdf)


@pytest.mark.django_db
def test_an_archive_file_holds_its_fonts() -> None:
    assert b"pdfaid:part" in print_it(sheet()).pdf


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_every_word_of_the_forms_is_there_in_each_language(language: str) -> None:
    said = words(language)
    assert said.keys() == WORDS.keys()
    if language != "en":
        same = [name for name, text in said.items() if text and text == words("en")[name]]
        assert same == []


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_prints_say_the_numbers_of_the_screen(paid: uuid.UUID, broker: Person, language: str) -> None:
    from django.utils import translation

    stored = tariff.latest(declaration=paid)
    assert stored is not None
    sheets = all_sheets(paid, broker, language)
    with translation.override(language):
        amounts = [shown(line.amount) for line in stored.result.lines]
        total = shown(stored.result.total)
    flat = {
        form: text_of(print_it(one).pdf).replace("\u202f", " ").replace("\xa0", " ") for form, one in sheets.items()
    }
    for form in (Form.DECLARATION, Form.ASSESSMENT):
        for amount in (*amounts, total):
            assert amount.replace("\u202f", " ").replace("\xa0", " ") in flat[form], (form, amount)
        assert sheets[form].subject.number in flat[form]
    assert total.replace("\u202f", " ").replace("\xa0", " ") in flat[Form.RECEIPT]


def test_each_item_has_its_boxes_and_long_text_goes_on_at_the_end(broker: Person, rates: None) -> None:
    said = content(seed=9, items=8, day=DAY)
    long = " ".join(f"{TAJIK}{number}" for number in range(120))
    said["items"][0]["description"] = long
    draft = drafts.create_draft(content=said, by=broker, at=NOON)
    assert clearance.lodge(declaration=draft, by=broker, at=NOON).findings == ()
    seen = declarations.get(declaration=draft, person=broker)
    made = declaration_sheet(
        summary=seen.summary, version=declarations.version(declaration=draft, number=1),
        stored=tariff.latest(declaration=draft), charge=None, timeline=(), language="en",
    )  # fmt: skip
    pdf = print_it(made).pdf
    words_of_it = text_of(pdf)
    assert pages_of(pdf) >= 5  # the main sheet, three continuation sheets, payments
    for item in said["items"]:
        assert item["goods_code"] in words_of_it
    assert f"{TAJIK}119" in words_of_it


def client_of(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[SESSION_KEY] = str(person.id)
    session.save()
    return client


def test_declaration_notice_and_receipt_are_printed_by_who_may_see_them(
    paid: uuid.UUID, broker: Person, officer: Person, person_with: Callable[..., Person]
) -> None:
    (receipt,) = payments.receipts(declaration=paid)
    places = [f"/prints/declaration/{paid}", f"/prints/assessment/{paid}", f"/prints/receipt/{receipt.id}"]
    stranger = person_with(Role.BROKER, party="999")
    elsewhere = person_with(Role.CASHIER, office="PRV-R02")
    for where in places:
        for person in (broker, officer):
            answer = client_of(person).get(where)
            assert answer["Content-Type"] == "application/pdf"
            assert answer["Cache-Control"] == "no-store"
            assert answer.content.startswith(b"%PDF-")
        assert [client_of(one).get(where).status_code for one in (stranger, elsewhere)] == [404, 404]
        assert Client().get(where).status_code == 302
    assert PrintedDocument.objects.count() == 6


def test_a_draft_is_not_printed(broker: Person, rates: None, said: dict[str, Any]) -> None:
    draft = drafts.create_draft(content=said, by=broker, at=NOON)
    assert client_of(broker).get(f"/prints/declaration/{draft}").status_code == 404
    assert not PrintedDocument.objects.exists()


def verified(code: str) -> tuple[int, str]:
    answer = Client(headers={"accept-language": "en"}).get(f"/verify/{code}")
    return answer.status_code, answer.content.decode()


def test_the_verify_page_tells_genuine_from_false_without_sign_in(paid: uuid.UUID, broker: Person) -> None:
    client_of(broker).get(f"/prints/declaration/{paid}")
    code = PrintedDocument.objects.get().code
    status, page = verified(code)
    assert status == 200
    assert "This print is genuine</h2>" in page
    assert BROKER_TIN not in page  # masked: a code tells a stranger no taxpayer number
    assert verified(code.lower().replace("-", " "))[0] == 200
    status, page = verified("AAAA-AAAA-AAAA-AAAA")
    assert (status, "No such print is known" in page) == (404, True)
    assert Client().get("/verify/").status_code == 200


def test_a_print_no_longer_stands_after_a_reversal(
    lodged: uuid.UUID, cashier: Person, person_with: Callable[..., Person]
) -> None:
    money.open_shift(office=OFFICE, float_amount=Decimal(0), by=cashier, at=NOON)
    made = clearance.receive_payment(
        declaration=lodged, amount=Decimal(5), means="cash", source="1", by=cashier, at=NOON
    )
    client_of(cashier).get(f"/prints/receipt/{made.id}")
    code = PrintedDocument.objects.get().code
    assert "This print is genuine</h2>" in verified(code)[1]
    head = person_with(Role.SUPERVISOR)
    clearance.reverse_payment(declaration=lodged, receipt=made.id, reason="x", by=head, at=NOON)
    assert "no longer stands" in verified(code)[1]


def test_the_qr_of_a_notice_finds_the_charge_at_the_desk(lodged: uuid.UUID, broker: Person, cashier: Person) -> None:
    money.open_shift(office=OFFICE, float_amount=Decimal(0), by=cashier, at=NOON)
    client_of(broker).get(f"/prints/assessment/{lodged}")
    code = PrintedDocument.objects.get().code
    for typed in (code, f"http://testserver/verify/{code}"):
        page = client_of(cashier).get("/cash-desk", {"reference": typed}).content.decode()
        assert "Take the payment" in page
        assert f"{OFFICE}/020326/0000001" in page


@given(text=st.text(max_size=60))
def test_a_typed_code_is_read_or_refused_and_never_breaks(text: str) -> None:
    found = read_code(text)
    assert found == "" or re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", found)


@given(words_of_it=st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_a_code_follows_from_what_is_printed_and_reads_back(words_of_it: list[str]) -> None:
    code = verification_code(*words_of_it, key="k")
    assert read_code(code) == code == verification_code(*words_of_it, key="k")
    assert verification_code(*words_of_it, key="other") != code


@given(text=st.text(max_size=40))
def test_a_mask_keeps_the_length_and_hides_the_middle(text: str) -> None:
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert set(hidden[2:-2]) <= {"•"}


def test_bars_carry_a_number_and_nothing_that_code_128_cannot() -> None:
    bits = modules("PRV-R01/020326/0000001")
    assert re.fullmatch("11010[01]+11", bits)
    # The bars that are drawn are the modules, none more and none fewer.
    drawn = re.findall(r"M(\d+) 0h(\d+)v1", bars("PRV-R01/020326/0000001"))
    assert "".join(bits[int(start) : int(start) + int(width)] for start, width in drawn) == "1" * bits.count("1")
    assert (bars(""), bars("ғ")) == ("", "")
