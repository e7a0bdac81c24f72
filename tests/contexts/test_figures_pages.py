"""The page of figures: who sees what, how it is asked, that tables, pictures and files say the same."""

from __future__ import annotations

import io
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gumruk.clearance import services as clearance
from gumruk.cli.demo_content import BROKER_TIN, OFFICE, SECOND_TIN, content
from gumruk.declarations import services as drafts
from gumruk.figures import selectors, services
from gumruk.figures.types import Subject, Wanted
from gumruk.payments.models import Account
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import read_sheet
from gumruk.trust.types import Grant, Person, Role
from gumruk.web.figures import asking, drawing
from gumruk.web.figures.charts import LEADERS, shown
from gumruk.web.figures.files import as_csv
from gumruk.web.figures.wording import DEFINITIONS, TITLES, duration

from .conftest import DAY, NOON
from .test_cash_pages import seen_by

DAYS = "since=01.03.2026&until=31.03.2026"


@pytest.fixture
def head(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.SUPERVISOR)


@pytest.fixture
def counted(paid: uuid.UUID, officer: Person) -> uuid.UUID:
    """A released declaration, counted."""
    clearance.release(declaration=paid, by=officer, at=NOON)
    services.refresh(at=clock.now())
    return paid


def test_a_head_sees_every_chart_with_its_table_definition_and_files(counted: uuid.UUID, head: Person) -> None:
    page = seen_by(head).get(f"/figures?{DAYS}").content.decode()
    assert page.count("<svg") == len(LEADERS)
    assert page.count("What is counted") == len(LEADERS)
    for name in LEADERS:
        assert f"/figures/{name}.csv?" in page
        assert f"/figures/{name}.xlsx?" in page
    assert "Sughd" in page
    assert OFFICE in page
    assert set(TITLES) == set(DEFINITIONS) == set(LEADERS)


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_every_picture_is_well_formed_and_named(counted: uuid.UUID, head: Person, language: str) -> None:
    page = seen_by(head).get(f"/figures?{DAYS}", headers={"accept-language": language}).content.decode()
    pictures = [part[: part.index("</svg>") + 6] for part in page.split('<svg class="gm-chart')[1:]]
    assert pictures
    ids: list[str] = []
    for picture in pictures:
        tree = ET.fromstring(f'<svg class="gm-chart{picture}')  # noqa: S314 - our own page
        assert tree.get("role") == "img"
        assert tree[0].tag == "title"
        assert tree[0].text
        assert tree[1].tag == "desc"
        assert "style=" not in picture
        ids += [one.get("id", "") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))


def test_the_files_say_what_the_ledger_says(counted: uuid.UUID, head: Person) -> None:
    client = seen_by(head)
    due = -sum(Account.objects.filter(kind="revenue").values_list("balance", flat=True))
    rows = read_sheet(client.get(f"/figures/revenue.csv?{DAYS}").content)
    assert rows[0][:2] == ("Kind of payment", "Revenue, TJS")
    assert rows[-1][0] == "Total"
    assert Decimal(rows[-1][1]) == due
    assert sum(Decimal(row[1]) for row in rows[1:-1]) == due
    sheet = read_sheet(client.get(f"/figures/revenue.xlsx?{DAYS}").content)
    assert Decimal(sheet[-1][1]) == due
    offices = read_sheet(client.get(f"/figures/offices.csv?{DAYS}").content)
    assert offices[1][0] == OFFICE
    assert offices[1][3] == "1"
    assert client.get(f"/figures/nothing.csv?{DAYS}").status_code == 404
    assert client.get(f"/figures/revenue.pdf?{DAYS}").status_code == 404


def test_a_number_in_a_file_is_a_number_and_a_formula_is_text(counted: uuid.UUID, head: Person) -> None:
    from openpyxl import load_workbook

    made = seen_by(head).get(f"/figures/standing.xlsx?{DAYS}").content
    rows = list(load_workbook(io.BytesIO(made)).active.iter_rows(values_only=True))
    assert rows[1][1] == 1
    assert as_csv([["=1+1", "-5", "@x", "-x"]]).decode("utf-8-sig").strip() == "'=1+1,-5,'@x,'-x"


def test_who_leads_one_office_sees_only_it(counted: uuid.UUID, person_with: Callable[..., Person]) -> None:
    elsewhere = person_with(Role.SUPERVISOR, office="PRV-R02")
    client = seen_by(elsewhere)
    assert "Nothing was registered on these days" in client.get(f"/figures?{DAYS}&place={OFFICE}").content.decode()
    here = seen_by(person_with(Role.ADMINISTRATOR, office=OFFICE))
    assert "gm-chart" in here.get(f"/figures?{DAYS}").content.decode()


def test_a_firm_sees_its_own_and_an_officer_or_a_stranger_nothing(
    counted: uuid.UUID, person_with: Callable[..., Person], broker: Person, officer: Person
) -> None:
    own = seen_by(broker).get(f"/figures?{DAYS}").content.decode()
    assert "Counted just now from the declarations of your firms." in own
    assert "Largest consignees" not in own
    assert "Revenue" not in own
    other = seen_by(person_with(Role.BROKER, party=SECOND_TIN)).get(f"/figures?{DAYS}").content.decode()
    assert "Nothing was registered on these days" in other
    assert seen_by(officer).get("/figures").status_code == 404
    assert Client().get("/figures").status_code == 302
    rows = read_sheet(seen_by(broker).get(f"/figures/standing.csv?{DAYS}").content)
    assert rows[1][:2] == ("Released", "1")
    assert seen_by(broker).get(f"/figures/consignees.csv?{DAYS}").status_code == 404


def test_a_firm_counts_what_the_service_counts_when_it_is_the_only_one(counted: uuid.UUID) -> None:
    wanted = Wanted(date(2026, 3, 1), date(2026, 4, 1))
    whole, own = selectors.totals(wanted), selectors.own(wanted, [BROKER_TIN])
    assert own.by_subject == {
        subject: sums
        for subject, sums in whole.by_subject.items()
        if subject not in (Subject.REVENUE, Subject.RECEIVED)
    }


def test_the_page_takes_few_queries_however_many_offices(
    counted: uuid.UUID, head: Person, broker: Person, rates: None
) -> None:
    client = seen_by(head)
    client.get(f"/figures?{DAYS}")
    with CaptureQueriesContext(connection) as before:
        client.get(f"/figures?{DAYS}")
    for office in ("PRV-R02", "PRV-R03", "PRV-A01"):
        made = drafts.create_draft(content=content(seed=7, items=3, day=DAY, office=office), by=broker, at=NOON)
        clearance.lodge(declaration=made, by=broker, at=NOON)
    services.refresh(at=clock.now())
    with CaptureQueriesContext(connection) as after:
        client.get(f"/figures?{DAYS}")
    assert len(after) == len(before)
    assert len(after) < 20


def test_before_the_first_count_the_page_says_so(db: None, head: Person) -> None:
    assert "The figures are not counted yet." in seen_by(head).get("/figures").content.decode()


def leader(*offices: str) -> Person:
    grants = tuple(Grant(Role.SUPERVISOR, office, "", DAY, None) for office in offices)
    return Person(uuid.uuid4(), "demo", "Demo", "en", grants)


def test_what_makes_no_sense_in_the_address_is_left_out() -> None:
    read = asking.read({"since": "31.03.2026", "until": "01.03.2026", "span": "??"}, leader(""), DAY)
    assert (read.wanted.since, read.wanted.until) == (date(2026, 2, 1), date(2026, 3, 3))
    assert read.address() == "?"
    assert asking.read({"place": "PRV-R02"}, leader(OFFICE), DAY).wanted.offices == (OFFICE,)
    assert asking.read({"place": "region:TJ-RA"}, leader(OFFICE, "PRV-R02"), DAY).wanted.offices == (OFFICE,)
    assert asking.read({"since": "01.01.1800", "until": "01.01.2026"}, leader(""), DAY).said["since"] == ""
    region = asking.read({"place": "region:TJ-SU"}, leader(""), DAY)
    assert "PRV-R02" in region.wanted.offices
    assert region.address(span="7d") == "?span=7d&place=region%3ATJ-SU"


@pytest.mark.parametrize(
    ("span", "since", "until"),
    [("7d", date(2026, 2, 24), date(2026, 3, 3)), ("30d", date(2026, 2, 1), date(2026, 3, 3)),
     ("month", date(2026, 3, 1), date(2026, 3, 3)), ("last", date(2026, 2, 1), date(2026, 3, 1)),
     ("year", date(2026, 1, 1), date(2026, 3, 3)), ("12m", date(2025, 4, 1), date(2026, 3, 3))],
)  # fmt: skip
def test_named_spans(span: str, since: date, until: date) -> None:
    assert asking.span_of(span, DAY) == (since, until)


def test_words_and_axes() -> None:
    assert [duration(seconds) for seconds in (5, 45, 60, 3_700, 90_000)] == [
        "under a minute",
        "1 min",
        "1 min",
        "1 h 2 min",
        "1 d 1 h",
    ]
    assert [drawing.nice(most) for most in (0, 3, 17, 100, 2300)] == [1, 4, 20, 100, 2500]
    assert shown(None, "money") == "–"
    assert shown(0.1234, "share") == "12.3 %"
    assert drawing.shortened("а" * 60).endswith("…")
    assert "&lt;b&gt;" in drawing.bars("x", "<b>", "d", [drawing.Bar("<i>", 1, "1")])


def test_the_plan_is_pro_rata_and_marked_as_invented(db: None) -> None:
    month = selectors.plan(Wanted(date(2026, 4, 1), date(2026, 5, 1)))
    assert month.demo
    assert month.of_kind("duty") == Decimal(8_800_000)
    half = selectors.plan(Wanted(date(2026, 4, 1), date(2026, 4, 16), (OFFICE,)))
    assert half.of_kind("duty") == Decimal(2_300_000)
    assert half.of_month(date(2026, 4, 1)) == Decimal("8904500.00")
    assert selectors.plan(Wanted(date(2025, 4, 1), date(2025, 5, 1))).amounts == {}
