"""What every page stands on: sections, code lists, the bar, words in three languages, demonstration pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

import gumruk
from gumruk.cli import demo
from gumruk.declarations.models import Declaration
from gumruk.lawbook import selectors as lawbook
from gumruk.risk.models import LaneShare
from gumruk.trust.models import User
from gumruk.web.shared.controls import Sheet
from gumruk.web.shared.viewing import read
from gumruk.web.templatetags.gumruk_format import goods_code, long_day, money, quantity, rate_words

from .test_doors import NOW, TODAY, Caller, said, signed_in

pytestmark = pytest.mark.django_db
ROOT = Path(gumruk.__file__).parent


@pytest.fixture
def people() -> None:
    demo.enter_rates(TODAY, NOW)
    demo.add_people(TODAY, NOW)
    LaneShare.objects.all().delete()


@pytest.fixture
def lodged(people: None) -> str:
    caller = Caller("broker")
    made = caller.call("post", "/declarations", said()).json()["id"]
    statement = caller.call("post", f"/declarations/{made}/prepare").json()["hash"]
    assert caller.call("post", f"/declarations/{made}/submit", {"hash": statement}).status_code == 200
    return f"/declarations/{made}"


@pytest.mark.parametrize(
    "section", ["", "/items", "/findings", "/payments", "/documents", "/timeline", "/versions", "/print", "/replay"]
)
@pytest.mark.parametrize("who", ["broker", "officer"])
def test_each_section_answers_for_both_sides(lodged: str, section: str, who: str) -> None:
    assert signed_in(who).get(lodged + section).status_code == 200
    assert signed_in(who).get(f"{lodged}/nonsense").status_code == 404


def test_a_payment_names_its_working_and_its_act(lodged: str) -> None:
    text = signed_in("broker", "ru").get(f"{lodged}/payments").content.decode()
    assert "Налоговый кодекс Республики Таджикистан" in text
    assert "Округлено по формуле" in text


def test_a_hold_is_set_and_lifted_and_stops_release(lodged: str) -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    broker.post(f"{lodged}/act", {"act": "pay"})
    officer.post(f"{lodged}/act", {"act": "hold", "agency": "Demo agency", "text": "certificate"})
    refused = officer.post(f"{lodged}/act", {"act": "release", "here": "payments"})
    assert refused.status_code == 422
    assert "A hold stands" in refused.content.decode()
    hold = re.search(r'name="hold" value="([^"]+)"', officer.get(lodged).content.decode())
    assert hold is not None
    assert officer.post(f"{lodged}/act", {"act": "lift_hold", "hold": "nonsense"}).status_code == 422
    officer.post(f"{lodged}/act", {"act": "lift_hold", "hold": hold[1]})
    officer.post(f"{lodged}/act", {"act": "release"})
    assert Declaration.objects.get().state == "RELEASED"
    head = signed_in("head")
    head.post(f"{lodged}/act", {"act": "open_audit", "text": "sample"})
    assert Declaration.objects.get().state == "UNDER_AUDIT"
    head.post(f"{lodged}/act", {"act": "close_audit", "text": "nothing found"})
    assert Declaration.objects.get().state == "RELEASED"


def test_codes_are_found_by_code_and_by_folded_name(people: None) -> None:
    client = signed_in("broker", "tg")
    assert client.get("/codes/country?q=TJ").json()["rows"][0] == {"code": "TJ", "name": "Тоҷикистон"}
    assert "TJ" in [row["code"] for row in client.get("/codes/country?q=точикистон").json()["rows"]]
    first = client.get("/codes/goods?q=").json()
    assert (len(first["rows"]), first["more"]) == (20, True)
    assert client.get("/codes/goods?q=&start=20").json()["rows"] != first["rows"]
    assert client.get("/codes/nonsense").status_code == 404
    assert Client().get("/codes/country").status_code == 302


def test_each_person_sees_the_bar_of_their_roles(people: None) -> None:
    assert 'href="/templates"' in signed_in("broker").get("/").content.decode()
    officer = signed_in("officer").get("/").content.decode()
    assert 'href="/templates"' not in officer
    assert "vendor/officer.css" in officer
    assert "vendor/broker.css" in signed_in("broker").get("/").content.decode()


def test_only_demonstration_people_sign_in_by_a_button(people: None) -> None:
    client = Client()
    assert client.post("/sign-in-as", {"username": "broker", "next": "//evil.example"})["Location"] == "/"
    User.objects.filter(username="officer").update(demo=False)
    assert Client().post("/sign-in-as", {"username": "officer"})["Location"] == "/sign-in"
    assert Client().post("/sign-in-as", {"username": "nobody"})["Location"] == "/sign-in"


def test_the_page_of_components_is_only_there_with_demonstration_people(people: None) -> None:
    assert Client().get("/components").status_code == 200
    assert "vendor/officer.css" in Client().get("/components?theme=officer").content.decode()
    User.objects.update(demo=False)
    assert Client().get("/components").status_code == 404


def test_single_letter_keys_are_switched_off_and_on(people: None) -> None:
    client = signed_in("officer")
    client.post("/keys", {"keys": "off", "next": "/"})
    assert 'data-keys="off"' in client.get("/").content.decode()
    client.post("/keys", {"keys": "on", "next": "/"})
    assert 'data-keys="on"' in client.get("/").content.decode()


def test_days_and_numbers_look_as_people_write_them() -> None:
    with translation.override("tg"):
        assert long_day(TODAY.replace(year=2023, month=10, day=26)) == "26 октябри соли 2023"
        assert money(1234567.5) == "1\u00a0234\u00a0567,50"  # type: ignore[arg-type]
    with translation.override("ru"):
        assert long_day(TODAY.replace(year=2023, month=10, day=26)) == "26 октября 2023 г."
        assert quantity("1234.5") == "1\u00a0234,5"
    with translation.override("en"):
        assert long_day(TODAY.replace(year=2023, month=10, day=26)) == "26 October 2023"
    assert quantity("ten") == "ten"
    assert goods_code("0207120000") == "0207 12 000 0"


def test_values_are_read_in_words_and_numbers_by_the_language(people: None) -> None:
    form, sheet = lawbook.form().header, Sheet("ru")
    with translation.override("ru"):
        assert read(sheet, form["container_flag"], "0") == ("Нет, без контейнера", "")
        assert read(sheet, form["origin_country"], "00") == ("разные страны", "00")
        assert read(sheet, form["origin_country"], "RU").code == "RU"
        assert read(sheet, form["regime"], "FREE_CIRC") == ("выпуск для свободного обращения", "FREE_CIRC")
        assert read(sheet, form["invoice_total"], "9500").words.replace("\u00a0", " ") == "9 500,00"
        assert read(sheet, form["invoice_total"], "ten") == ("ten", "")
        assert rate_words("60.00 TJS") == "60,00 TJS"


@pytest.mark.parametrize("who", ["lawyer", "approver"])
def test_who_keeps_the_law_sees_the_change_sets(people: None, who: str) -> None:
    assert signed_in(who).get("/").status_code == 200
    page = signed_in(who).get("/law?group=published").content.decode()
    assert lawbook.change_sets(limit=1)[0].title in page
