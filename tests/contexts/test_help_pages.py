"""Pages of help: boxes, known errors, glossary, and the guided first day, ticked by what was really done."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from django.test import Client

from gumruk.cli import demo
from gumruk.declarations.models import Declaration
from gumruk.exchange.file_refusals import FILE_REFUSALS
from gumruk.exchange.refusals import REFUSALS
from gumruk.exchange.sheets.types import FAULTS
from gumruk.exchange.types import MESSAGES
from gumruk.exchange.wording import ASSESSMENT
from gumruk.guidance import selectors as guidance
from gumruk.guidance.models import Walk
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.helping import field_help, glossary
from gumruk.risk.models import LaneShare
from gumruk.trust.models import User
from gumruk.web.admin_labels import REFUSALS as ADMINISTRATION
from gumruk.web.cash_labels import DESK_REFUSALS, DETAILS
from gumruk.web.help.errors import known_errors
from gumruk.web.help.glossary import in_order, with_words

from .test_doors import NOW, TODAY, signed_in

pytestmark = pytest.mark.django_db
PART = {"HTTP_X_PART": "help"}


@pytest.fixture
def people() -> None:
    demo.enter_rates(TODAY, NOW)
    demo.add_people(TODAY, NOW)
    LaneShare.objects.all().delete()


@pytest.mark.parametrize("page", ["/help", "/help/boxes", "/help/errors", "/help/glossary"])
@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_help_is_open_to_everybody_in_three_languages(page: str, language: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    answer = client.get(page)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
    assert len(gzip.compress(answer.content)) < 100_000


def test_the_page_of_boxes_has_every_field_and_is_searched() -> None:
    text = Client().get("/help/boxes").content.decode()
    for one in field_help().values():
        assert one.source in text
    assert text.count("<dt>Where to find it") == len(field_help())
    found = Client().get("/help/boxes?q=chassis").content.decode()
    assert "Chassis number" in found
    assert found.count("<dt>Where to find it") == 1
    assert "Nothing was found" in Client().get("/help/boxes?q=zzzz").content.decode()


def test_help_with_a_field_is_a_page_and_a_part() -> None:
    page = Client().get("/help/fields/items/3/packages/1/kind")
    assert "<html" in page.content.decode()
    assert page["Vary"].count("X-Part") == 1
    part = Client().get("/help/fields/items/3/packages/1/kind", **PART)
    assert "<html" not in part.content.decode()
    assert "Kind of package" in part.content.decode()
    assert Client().get("/help/fields/items/3/nonsense").status_code == 404
    assert Client().get("/help/fields/nonsense/1/kind").status_code == 404
    box = Client().get("/help/boxes/8", **PART).content.decode()
    assert box.count("Where to find it") == 4
    assert Client().get("/help/boxes/99").status_code == 404


def test_the_help_desk_is_empty_until_the_service_writes_it() -> None:
    assert "has not written here yet" in Client().get("/help").content.decode()
    assert "help_desk_contact" in {gap.name for gap in lawbook.gaps_on(TODAY)}


def test_known_errors_are_all_of_the_sources_and_nothing_else() -> None:
    known = known_errors(TODAY)
    by_group = {group: [one.code for one in known if one.group == group] for group in {one.group for one in known}}
    assert sorted(by_group["rules"]) == sorted(rule.code for rule in lawbook.checks_on(TODAY).rules)
    assert by_group["payments"] == sorted(ASSESSMENT)
    assert by_group["refusals"] == sorted(REFUSALS)
    assert sorted(by_group["files"]) == sorted([*FILE_REFUSALS, *MESSAGES, *FAULTS])
    assert set(by_group["desk"]) == {*DETAILS, *DESK_REFUSALS}
    assert by_group["acts"] == sorted(ADMINISTRATION)
    for one in known:
        assert all((one.words.tg, one.words.ru, one.words.en, one.why)), one.code
        assert "{" not in one.words.en + one.words.ru + one.words.tg, one.code


def test_words_of_the_desk_are_told_in_their_languages() -> None:
    one = next(one for one in known_errors(TODAY) if one.code == "drawer_short")
    assert one.words.en == "The drawer does not hold enough cash for this."
    assert re.search("[а-я]", one.words.ru)
    assert one.words.ru != one.words.tg


def test_an_error_says_why_what_to_do_and_on_what_it_rests() -> None:
    text = Client().get("/help/errors/FLC-38-003").content.decode()
    assert "A part cannot be more than the whole." in text
    assert "Lodging is refused until it is corrected." in text
    assert 'lang="tg"' in text
    assert "/help/fields/items/1/net_mass" in text
    assert "<html" not in Client().get("/help/errors/not_paid", **PART).content.decode()
    assert Client().get("/help/errors/FLC-99-999").status_code == 404


def test_every_error_has_its_page_and_every_box_it_names_has_help(people: None) -> None:
    client = Client()
    for code in ("FLC-38-003", "FLC-31-018", "FLC-0C-001", "not_paid", "not_positive", "ASM-exchange_rate_differs"):
        text = client.get(f"/help/errors/{code}").content.decode()
        for href in re.findall(r'href="(/help/(?:fields|boxes)/[^"]+)"', text):
            assert client.get(href).status_code == 200, (code, href)
    # Both lists know this code: both are shown.
    assert client.get("/help/errors/not_positive").content.decode().count('class="gm-help-page__field"') == 2


def test_rules_lead_to_fields_that_have_help() -> None:
    from gumruk.web.help.words import boxes, hint_at

    numbers = {box.number for box in boxes("en")}
    for one in known_errors(TODAY):
        if one.group == "rules":
            assert (hint_at(one.field, "en") is not None) if one.field else not one.box or one.box in numbers, one.code


def test_errors_are_searched_by_code_by_words_and_by_group() -> None:
    text = Client().get("/help/errors?q=flc-38").content.decode()
    assert set(re.findall(r"/help/errors/(FLC-[0-9A-D]+)-", text)) == {"FLC-38"}
    client = Client()
    client.cookies["django_language"] = "tg"
    assert "FLC-38-003" in client.get("/help/errors?q=вазни нетто").content.decode()
    refusals = Client().get("/help/errors?group=refusals").content.decode()
    assert "hold_stands" in refusals
    assert "FLC-" not in refusals


def test_the_glossary_stands_in_tajik_order_and_is_found_with_folded_letters() -> None:
    words = [term.words.tg for term in in_order(glossary().terms, "tg")]
    order = "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"
    firsts = [word[0].lower() for word in words]
    assert firsts == sorted(firsts, key=order.index)
    assert with_words(glossary().terms, "боч нон") == []
    assert "duty" in {term.words.en for term in with_words(glossary().terms, "боч")}
    text = Client().get("/help/glossary?q=пошлина").content.decode()
    assert "боҷ" in text
    assert "duty" in text
    assert Client().get("/help/glossary?order=nonsense").status_code == 200


def test_help_stands_at_the_same_place_on_every_page(people: None) -> None:
    for client in (Client(), signed_in("broker"), signed_in("officer"), signed_in("cashier")):
        text = client.get("/help").content.decode()
        head = text[text.index("<header") : text.index("</header>")]
        assert head.index('href="/help"') < head.index('class="gm-languages"')


def draft_of(client: Client) -> Declaration:
    client.post("/help/first-day/draft")
    return Declaration.objects.latest("id")


def steps(client: Client) -> dict[str, bool]:
    text = client.get("/help/first-day").content.decode()
    rows = re.findall(r'<li class="(|gm-steps-list__done)" data-step="([a-z]+)"', text)
    return {name: bool(done) for done, name in rows}


def test_a_brokers_first_day_is_ticked_by_what_was_done(people: None) -> None:
    client = signed_in("broker")
    assert "New here?" in client.get("/").content.decode()
    assert set(steps(client).values()) == {False}
    client.post("/help/first-day/begin")
    client.get("/help/first-day")
    assert set(steps(client).values()) == {False}  # looking at a step does not tick it
    draft = draft_of(client)
    assert [name for name, done in steps(client).items() if done] == ["draft"]
    page = f"/declarations/{draft.id}"
    refused = client.post(f"{page}/save", {"act": "lodge", "here": "finish", "revision": draft.revision})
    assert refused.status_code == 422
    assert "FLC-38-003" in refused.content.decode()
    assert [name for name, done in steps(client).items() if done] == ["draft", "faults"]
    draft.refresh_from_db()
    draft.draft["items"][0]["net_mass"] = "1191"
    draft.draft["invoice_total"] = "250110.00"
    draft.save()
    assert [name for name, done in steps(client).items() if done] == ["draft", "faults", "mend"]
    lodged = client.post(f"{page}/save", {"act": "lodge", "here": "finish", "revision": draft.revision})
    assert lodged.status_code == 302, re.findall(r"FLC-[0-9A-D]+-[0-9]+", lodged.content.decode())
    assert [name for name, done in steps(client).items() if done] == ["draft", "faults", "mend", "lodge"]
    assert client.get(f"/prints/assessment/{draft.id}").status_code == 200
    client.post(f"{page}/act", {"act": "pay"})
    assert [name for name, done in steps(client).items() if not done] == ["answer"]
    officer = signed_in("officer")
    officer.post(f"{page}/act", {"act": "ask", "text": "Which model is it?"})
    client.post(f"{page}/act", {"act": "answer", "text": "N-128"})
    assert set(steps(client).values()) == {True}
    assert "Every step is done" in client.get("/help/first-day").content.decode()
    assert "New here?" not in client.get("/").content.decode()
    client.post("/help/first-day/again")
    assert set(steps(client).values()) == {False}
    assert "New here?" in client.get("/").content.decode()


def test_an_officers_first_day_counts_only_acts_since_its_beginning(people: None) -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    draft = draft_of(broker)
    draft.draft["items"][0]["net_mass"] = "1191"
    draft.draft["invoice_total"] = "250110.00"
    draft.save()
    page = f"/declarations/{draft.id}"
    broker.post(f"{page}/save", {"act": "lodge", "here": "finish", "revision": draft.revision})
    broker.post(f"{page}/act", {"act": "pay"})
    officer.post("/help/first-day/begin")
    assert set(steps(officer).values()) == {False}
    officer.post(f"{page}/act", {"act": "release"})
    assert [name for name, done in steps(officer).items() if done] == ["queue", "release"]


def test_a_first_day_is_put_aside_and_refused_to_who_does_real_work(people: None) -> None:
    client = signed_in("broker")
    client.post("/help/first-day/dismiss")
    assert "New here?" not in client.get("/").content.decode()
    cashier = signed_in("cashier")
    assert "for demonstration people" in cashier.get("/help/first-day").content.decode()
    assert cashier.post("/help/first-day/begin").status_code == 404
    assert cashier.post("/help/first-day/draft").status_code == 404
    User.objects.filter(username="broker").update(demo=False)
    before = Declaration.objects.count()
    assert client.post("/help/first-day/draft").status_code == 404
    assert client.post("/help/first-day/begin").status_code == 404
    assert client.post("/help/first-day/nonsense").status_code == 404
    assert Declaration.objects.count() == before
    assert "New here?" not in client.get("/").content.decode()
    assert Client().get("/help/first-day").status_code == 302


def test_beginning_twice_keeps_one_row(people: None) -> None:
    from gumruk.guidance import services

    user = User.objects.get(username="broker").id
    services.begin(user=user, kind="broker", at=NOW)
    services.begin(user=user, kind="broker", at=NOW + timedelta(hours=1))
    assert Walk.objects.count() == 1
    assert guidance.walk_of(user=user, kind="broker").begun_at == NOW + timedelta(hours=1)
    services.finish(user=user, kind="broker", at=NOW + timedelta(hours=2))
    services.finish(user=user, kind="broker", at=NOW + timedelta(hours=3))
    assert guidance.walk_of(user=user, kind="broker").done_at == NOW + timedelta(hours=2)
    assert not guidance.walk_of(user=user, kind="broker").offered


def test_fields_of_a_draft_carry_their_help(people: None) -> None:
    client = signed_in("broker")
    page = f"/declarations/{draft_of(client).id}"
    guided = client.get(f"{page}/part/parties").content.decode()
    assert "The full name of who sends the goods." in guided  # works without a script
    form = client.get(f"{page}/form").content.decode()
    assert 'href="/help/fields/consignee_tin"' in form
    assert "The full name of who sends the goods." not in form  # asked for when wanted: the form stays light
    assert "gm-help__mark" not in Client().get("/sign-in").content.decode()  # only fields of the form have help
    item = client.get(f"{page}/items/1").content.decode()
    assert "The mass of the goods without packing" in item


def test_each_fault_leads_to_its_page_and_read_boxes_to_their_help(people: None) -> None:
    client = signed_in("broker")
    draft = draft_of(client)
    text = client.get(f"/declarations/{draft.id}/form?check=1").content.decode()
    assert 'href="/help/errors/FLC-38-003"' in text
    draft.draft["items"][0]["net_mass"] = "1191"
    draft.draft["invoice_total"] = "250110.00"
    draft.save()
    client.post(f"/declarations/{draft.id}/save", {"act": "lodge", "here": "finish", "revision": draft.revision})
    assert 'href="/help/boxes/8"' in client.get(f"/declarations/{draft.id}").content.decode()
    assert 'href="/help/boxes/38"' in signed_in("officer").get(f"/declarations/{draft.id}?item=1").content.decode()
