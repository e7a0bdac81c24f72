"""The API and the pages: the same services, the same findings, refusals that say what to do and move nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumruk.cli.demo import PASSWORD, add_people, enter_rates
from gumruk.cli.demo_content import content
from gumruk.declarations.models import Declaration
from gumruk.exchange import asycuda, formats
from gumruk.exchange.types import MESSAGES, FileRefused
from gumruk.payments import selectors as payments
from gumruk.risk.models import LaneShare
from gumruk.toolkit import clock
from gumruk.toolkit.models import OutboxEvent, Serial
from gumruk.trust import selectors as trust
from gumruk.trust import services as tokens

NOW = clock.now()
TODAY = clock.law_day(NOW)


@pytest.fixture
def demo(db: None) -> None:
    enter_rates(TODAY, NOW)
    add_people(TODAY, NOW)
    LaneShare.objects.all().delete()  # no lane is drawn by chance


def said(**change: Any) -> dict[str, Any]:
    return {**content(seed=5, items=2, day=TODAY), **change}


class Caller:
    """A client program with its token."""

    def __init__(self, username: str, *, sandbox: bool = False) -> None:
        person = trust.person_named(username=username, day=TODAY)
        assert person is not None
        self.secret = tokens.issue_token(user_id=person.id, label="test", at=NOW, sandbox=sandbox)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body or {})
        send = getattr(Client(), method)
        kwargs = {} if method == "get" else {"data": data, "content_type": "application/json"}
        return send(f"/api/v1{path}", headers={"Authorization": f"Bearer {self.secret}", **headers}, **kwargs)


def test_the_api_takes_a_declaration_from_draft_to_payment(demo: None) -> None:
    caller = Caller("broker")
    made = caller.call("post", "/declarations", said())
    assert made.status_code == 201
    place = f"/declarations/{made.json()['id']}"
    statement = caller.call("post", f"{place}/prepare").json()
    lodged = caller.call("post", f"{place}/submit", {"hash": statement["hash"]})
    assert lodged.status_code == 200
    assert lodged.json()["state"] == "PAYMENT_DUE"
    paid = caller.call("post", f"{place}/pay")
    assert paid.json()["amount"] == lodged.json()["assessment"]["total"]
    seen = caller.call("get", place).json()
    assert seen["charge"]["due"] == seen["charge"]["paid"]


def test_the_same_idempotency_key_has_one_effect(demo: None) -> None:
    caller = Caller("broker")
    answers = [caller.call("post", "/declarations", said(), **{"Idempotency-Key": "k-1"}).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert Declaration.objects.count() == 1
    other = caller.call("post", "/declarations", said(reference="other"), **{"Idempotency-Key": "k-1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_every_fault_comes_in_one_answer_in_the_language_asked_for(demo: None) -> None:
    answer = (
        Caller("broker")
        .call("post", "/check", said(invoice_total="1", border_mode="99"), **{"Accept-Language": "tg"})
        .json()
    )
    assert answer["blocking"]
    assert {finding["box"] for finding in answer["findings"]} == {"22", "25"}
    assert all("Қуттии" in finding["message"] for finding in answer["findings"])


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"{", "not_json"), (b"[]", "unknown_format"), (b"", "empty"), (b'{"ofice": "x"}', "unknown_field"),
     (b'{"office": 5}', "not_text"), (b'{"items": {}}', "not_text"), (b"<x/>", "wrong_root"), (b"<ASYCUDA>", "not_xml"),
     (b'<!DOCTYPE a [<!ENTITY b "c">]><ASYCUDA>&b;</ASYCUDA>', "hostile_xml")],
)  # fmt: skip
def test_a_bad_body_is_a_problem_that_names_it_and_stores_nothing(demo: None, body: bytes, code: str) -> None:
    answer = Caller("broker").call("post", "/declarations", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert Declaration.objects.count() == 0


def test_without_a_token_nothing_is_answered(demo: None) -> None:
    assert Client().get("/api/v1/declarations").status_code == 401


def test_another_firm_sees_nothing(demo: None) -> None:
    made = Caller("broker").call("post", "/declarations", said()).json()
    stranger = Caller("broker2")
    assert stranger.call("get", f"/declarations/{made['id']}").status_code == 404
    assert stranger.call("post", f"/declarations/{made['id']}/prepare").status_code == 404
    assert stranger.call("get", "/declarations").json()["rows"] == []


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200)
    | st.builds(lambda a, b: b"<ASYCUDA>" + a + b"</ASYCUDA>" + b, st.binary(max_size=60), st.binary(max_size=9))
)
def test_no_bytes_break_the_readers(data: bytes) -> None:
    try:
        assert isinstance(formats.parse(data).content, dict)
    except FileRefused as refused:
        assert refused.code in MESSAGES


def test_an_asycuda_file_goes_in_and_out_without_loss() -> None:
    original = (
        b"<?xml version='1.0' encoding='UTF-8'?>\n<ASYCUDA id='1'><Assessment_notice><Item_tax_total/></Assessment_notice>"
        b"<Identification><Type><Type_of_declaration>IM</Type_of_declaration></Type><Unknown_tag>kept</Unknown_tag></Identification>"
        b"<Financial><Deffered_payment_reference><null/></Deffered_payment_reference></Financial><Valuation><Gs_Invoice>"
        b"<Amount_foreign_currency>1,250.00</Amount_foreign_currency></Gs_Invoice></Valuation><Item><Tarification><HScode>"
        b"<Commodity_code>02071200</Commodity_code><Precision_1>00</Precision_1></HScode></Tarification><Attached_documents>"
        b"<Attached_document_code>INV</Attached_document_code><Attached_document_date>10/13/16</Attached_document_date>"
        b"</Attached_documents></Item></ASYCUDA>"
    )
    parsed = asycuda.parse(original)
    assert parsed.content == {
        "direction": "IM",
        "invoice_total": "1250.00",
        "items": [
            {"item_number": "1", "goods_code": "0207120000", "documents": [{"kind": "INV", "date": "2016-10-13"}]}
        ],
    }
    assert asycuda.write(parsed.content, parsed.residue).replace(b'"', b"'") == original.replace(b'"', b"'")
    changed = {**parsed.content, "reference": "N-1"}
    assert asycuda.parse(asycuda.write(changed, parsed.residue)).content == changed


def test_a_file_written_from_our_content_reads_back_the_same() -> None:
    ours = content(seed=7, items=3, day=TODAY)
    back = asycuda.parse(asycuda.write(ours)).content
    for name in ("office", "consignee_name", "currency", "invoice_total", "external_freight", "reference"):
        assert back[name] == ours[name]
    for mine, theirs in zip(ours["items"], back["items"], strict=True):
        assert {name: theirs[name] for name in ("goods_code", "net_mass", "price", "documents")} == {
            name: mine[name] for name in ("goods_code", "net_mass", "price", "documents")
        }


def signed_in(username: str, language: str = "en") -> Client:
    client = Client()
    client.cookies["django_language"] = language
    assert client.post("/sign-in", {"username": username, "password": PASSWORD}).status_code == 302
    return client


def test_a_wrong_password_is_refused_without_saying_which_part(demo: None) -> None:
    for username in ("broker", "nobody"):
        answer = Client().post("/sign-in", {"username": username, "password": "wrong"})
        assert answer.status_code == 422
        assert "sign-in name or the password is wrong" in answer.content.decode()


def test_pages_need_a_person_and_carry_the_content_policy(demo: None) -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert Client().get("/healthz").json() == {"alive": True}
    assert Client().get("/readyz").status_code == 200


def test_the_form_keeps_what_was_typed_and_names_every_fault(demo: None) -> None:
    client = signed_in("broker")
    place = client.post("/declarations/new")["Location"]
    page = client.post(
        f"{place}/save",
        {"revision": "0", "act": "lodge", "office": "PRV-R01", "consignee_name": "Намуна", "items/1/net_mass": "ten"},
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert text.count('class="gm-findings__words"') > 20
    assert "“ten” is not a number" in text
    assert 'value="Намуна"' in client.get(f"{place}/part/parties?check=1").content.decode()
    item = client.get(f"{place}/items/1?check=1").content.decode()
    assert 'value="ten"' in item
    assert "“ten” is not a number" in item


def test_an_uploaded_file_becomes_a_draft_and_a_bad_one_a_sentence(demo: None) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in("broker", "ru")
    good = client.post("/declarations/new", {"file": SimpleUploadedFile("d.json", json.dumps(said()).encode())})
    assert good["Location"].startswith("/declarations/")
    bad = client.post("/declarations/new", {"file": SimpleUploadedFile("d.json", b"{")}, follow=True)
    assert "Файл — не JSON" in bad.content.decode()
    assert Declaration.objects.count() == 1


def test_an_unknown_declaration_is_not_found(demo: None) -> None:
    assert signed_in("broker").get("/declarations/0190b0a0-0000-7000-8000-000000000000").status_code == 404


def test_sandbox_and_real_declarations_never_see_each_other(demo: None) -> None:
    real, sandbox = Caller("broker"), Caller("broker", sandbox=True)
    made = sandbox.call("post", "/declarations", said()).json()
    place = f"/declarations/{made['id']}"
    assert sandbox.call("get", place).status_code == 200
    assert real.call("get", place).status_code == 404
    assert [len(caller.call("get", "/declarations").json()["rows"]) for caller in (real, sandbox)] == [0, 1]
    kept = real.call("post", "/declarations", said()).json()
    assert sandbox.call("post", f"/declarations/{kept['id']}/prepare").status_code == 404


def test_an_officer_works_the_queue_through_the_api(demo: None) -> None:
    broker, officer = Caller("broker"), Caller("head")
    place = f"/declarations/{broker.call('post', '/declarations', said()).json()['id']}"
    statement = broker.call("post", f"{place}/prepare").json()
    broker.call("post", f"{place}/submit", {"hash": statement["hash"]})
    assert broker.call("post", f"{place}/release").json()["code"] == "no_right"
    assert officer.call("post", f"{place}/release").json()["code"] == "not_now"
    asked = officer.call("post", f"{place}/questions", {"question": "Which model?"})
    assert asked.json()["state"] == "QUERIED"
    assert broker.call("post", f"{place}/answer", {"answer": "Model 7"}).json()["state"] == "PAYMENT_DUE"
    rerouted = officer.call("post", f"{place}/lane", {"lane": "red", "reason": "the watch list"})
    assert rerouted.status_code == 200
    seen = {event["name"]: event["reason"] for event in broker.call("get", place).json()["timeline"]}
    assert seen["rerouted"] == ""
    broker.call("post", f"{place}/pay")
    assert officer.call("get", "/queue?state=UNDER_CONTROL").json()["rows"][0]["id"] == place.rpartition("/")[2]
    assert officer.call("post", f"{place}/control", {"conform": True, "note": "seen"}).json()["state"] == "RELEASABLE"
    assert officer.call("post", f"{place}/release").json()["state"] == "RELEASED"


def test_a_refusal_is_worded_in_the_language_asked_for(demo: None) -> None:
    missing = "/declarations/00000000-0000-0000-0000-000000000000"
    answer = Caller("broker").call("get", missing, **{"Accept-Language": "ru"})
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "Такой декларации нет, или она вам недоступна."


def test_lists_and_rates_are_there_for_clients(demo: None) -> None:
    caller = Caller("broker")
    assert {"code": "EXW", "name": "Ex works"} in caller.call("get", "/lists/delivery_terms").json()
    assert caller.call("get", "/lists/nothing").json()["code"] == "list_unknown"
    rates = caller.call("get", f"/exchange-rates/{TODAY.isoformat()}").json()
    assert {rate["currency"] for rate in rates} >= {"USD", "EUR"}
    assert caller.call("get", "/exchange-rates/1999-01-01").json() == []


def test_the_sandbox_leads_to_release_in_books_of_its_own(demo: None) -> None:
    before = payments.balance(party=said()["declarant_tin"])
    caller = Caller("broker", sandbox=True)
    place = f"/declarations/{caller.call('post', '/declarations', said()).json()['id']}"
    statement = caller.call("post", f"{place}/prepare").json()
    lodged = caller.call("post", f"{place}/submit", {"hash": statement["hash"]}).json()
    assert lodged["registration"].startswith("SANDBOX/")
    caller.call("post", f"{place}/lane", {"lane": "red", "reason": "try"})
    assert caller.call("post", f"{place}/pay").json()["receipt"].startswith("SANDBOX/")
    assert caller.call("post", f"{place}/control", {"conform": True, "note": "try"}).json()["state"] == "RELEASABLE"
    assert caller.call("post", f"{place}/release").json()["state"] == "RELEASED"
    assert payments.balance(party=said()["declarant_tin"]) == before
    assert set(Serial.objects.values_list("office", flat=True)) == {"SANDBOX"}
    assert not OutboxEvent.objects.filter(name__startswith="declaration.").exists()
    assert payments.out_of_balance() == ()


def test_a_sandbox_client_is_no_officer_of_real_declarations(demo: None) -> None:
    real = Caller("broker").call("post", "/declarations", said()).json()
    answer = Caller("broker", sandbox=True).call("post", f"/declarations/{real['id']}/release")
    assert answer.json()["code"] == "not_found"


def test_sandbox_and_real_keys_are_apart_and_long_ones_refused(demo: None) -> None:
    sandbox, real = Caller("broker", sandbox=True), Caller("broker")
    made = [
        caller.call("post", "/declarations", said(), **{"Idempotency-Key": "k"}).json()["id"]
        for caller in (sandbox, real)
    ]
    assert made[0] != made[1]
    assert real.call("get", f"/declarations/{made[1]}").status_code == 200
    answer = real.call("post", "/declarations", said(), **{"Idempotency-Key": "k" * 81})
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_too_long")
    assert Declaration.objects.count() == 2


def test_text_that_cannot_be_kept_is_a_problem(demo: None) -> None:
    caller = Caller("broker")
    made = caller.call("post", "/declarations", said()).json()["id"]
    answer = caller.call("post", f"/declarations/{made}/cancellation", {"reason": "a\x00"})
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_request")


def test_a_body_that_is_too_large_is_a_problem_in_words_and_moves_nothing(demo: None, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    answer = Caller("broker").call("post", "/declarations", b'{"a": "' + b"x" * 1024 * 1024 + b'"}')
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert "1 MB" in answer.json()["detail"]
    assert not Declaration.objects.exists()


def test_what_a_person_or_a_program_was_shown_is_kept_nowhere(demo: None) -> None:
    assert Caller("broker").call("get", "/declarations")["Cache-Control"] == "private, no-store"
    client = Client()
    assert not client.get("/sign-in").has_header("Cache-Control")
    client.post("/sign-in-as", {"username": "broker"})
    assert client.get("/")["Cache-Control"] == "private, no-store"
