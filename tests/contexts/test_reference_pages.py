"""Pages of reference data: lists that are found however they are typed, acts, rates with their preview, the tariff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.models import ChangeSet
from gumruk.reference import selectors
from gumruk.reference.models import ExchangeRate, KeptSheet
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import read_sheet
from gumruk.trust import services as trust
from gumruk.trust.middleware import SESSION_KEY
from gumruk.trust.types import Person, Role

pytestmark = pytest.mark.django_db
TODAY = clock.law_day(clock.now())
TOMORROW = TODAY + timedelta(days=1)
RATES = "Рамз;Воҳид;Қурб\nUSD;1;9,35\nRUB;10;1,153\n"
TARIFF = "код;номи тоҷикӣ;наименование;name;ставка\n0805100000;Афлесун;Апельсины;Oranges;10%\n"


def client_of(person: Person, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.cookies["django_language"] = language
    session = client.session
    session[SESSION_KEY] = str(person.id)
    session.save()
    return client


@pytest.fixture
def editor(person_with: Callable[..., Person]) -> Person:
    person = person_with(Role.LAW_EDITOR)
    trust.grant(user_id=person.id, role=Role.LAW_EDITOR, since=TODAY, at=clock.now())
    return person


@pytest.fixture
def approver(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_APPROVER)


def uploaded(text: str, name: str = "file.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def test_everybody_reads_lists_and_finds_a_place_by_russian_letters(broker: Person) -> None:
    client = client_of(broker, "tg")
    index = client.get("/reference").content.decode()
    assert "Мақомоти гумрук ва гузаргоҳҳо" in index
    assert "Асъорҳо" in index
    page = client.get("/reference/lists/office", {"text": "хисор"}).content.decode()
    assert "Ҳисор (Боботоғ)" in page
    assert "Гиссар (Бабатаг)" in page
    assert "сарчашмаи дуюмдараҷа" in page  # the point is known from secondary sources
    assert "Қулма" not in page
    assert "Ягон" not in client.get("/reference/lists/office", {"text": "PRV-R27"}).content.decode()
    assert client.get("/reference/lists/nothing").status_code == 404
    assert Client().get("/reference")["Location"].startswith("/sign-in")


def test_lists_stand_in_dictionary_order_and_are_paged(broker: Person) -> None:
    client = client_of(broker, "tg")
    first = client.get("/reference/lists/country").content.decode()
    assert first.index("Австралия") < first.index("Австрия") < first.index("Албания")
    assert "1–50 / 249" in first
    last = client.get("/reference/lists/country", {"page": "5"}).content.decode()
    assert last.index("Чин (Хитой)") < last.index("Ҷазираи Буве") < last.index("Швейтсария")
    assert "page=6" not in last
    assert client.get("/reference/lists/country", {"page": "99"}).status_code == 200
    wrong = client_of(broker).get("/reference/lists/country", {"day": "soon"}).content.decode()
    assert "The day is not readable" in wrong


def test_a_term_that_begins_later_is_not_there_before(broker: Person) -> None:
    client = client_of(broker)
    assert "DPU" in client.get("/reference/lists/delivery_terms").content.decode()
    assert "DPU" not in client.get("/reference/lists/delivery_terms", {"day": "2019-12-31"}).content.decode()


def test_an_act_shows_its_source_and_what_cites_it(broker: Person) -> None:
    client = client_of(broker, "ru")
    assert "Налоговый кодекс" in client.get("/reference/acts", {"text": "1844"}).content.decode()
    page = client.get("/reference/acts/tj-gov-2025-335").content.decode()
    assert "29 мая 2025" in page
    assert "cis-legislation.com" in page
    assert "excise/2203" in page
    assert client.get("/reference/acts/none").status_code == 404


def test_a_table_of_rates_is_previewed_then_entered(editor: Person) -> None:
    client = client_of(editor, "ru")
    preview = client.post(
        "/reference/rates/file", {"file": uploaded(RATES), "day": TOMORROW.isoformat(), "act": "preview"}
    )
    assert preview.status_code == 200
    assert ExchangeRate.objects.count() == 0
    kept = KeptSheet.objects.get()
    entered = client.post("/reference/rates/file", {"sheet": str(kept.id), "day": TOMORROW.isoformat(), "act": "enter"})
    assert entered.status_code == 302
    assert [one.currency for one in selectors.rates_on(TOMORROW)] == ["RUB", "USD"]
    assert KeptSheet.objects.count() == 0
    page = client.get(entered["Location"]).content.decode()
    assert "9,3500" in page
    assert "рубль" in page


def test_faults_of_a_table_are_shown_and_nothing_is_entered(editor: Person) -> None:
    client = client_of(editor, "tg")
    answer = client.post(
        "/reference/rates/file", {"file": uploaded("Рамз;Воҳид;Қурб\nUSD;3;x\n"), "day": TOMORROW.isoformat()}
    )
    assert answer.status_code == 422
    assert "Сатри 2, воҳид" in answer.content.decode()
    assert "Сатри 2, қурб" in answer.content.decode()
    empty = client.post("/reference/rates/file", {"day": TOMORROW.isoformat()})
    assert empty.status_code == 422
    assert "Файл холӣ аст" in empty.content.decode()
    assert ExchangeRate.objects.count() == 0


def test_one_rate_is_typed_and_an_unusual_one_asks(editor: Person) -> None:
    client = client_of(editor)
    said = {"currency": "usd", "day": TODAY.isoformat(), "per": "1", "rate": "9,35", "source": "bank"}
    assert client.post("/reference/rates/enter", said).status_code == 302
    high = {**said, "day": TOMORROW.isoformat(), "rate": "19.35"}
    asked = client.post("/reference/rates/enter", high)
    assert asked.status_code == 422
    assert "Unusual change" in asked.content.decode()
    assert 'name="confirmed"' in asked.content.decode()
    assert selectors.rates_on(TOMORROW) == ()
    assert client.post("/reference/rates/enter", {**high, "confirmed": "1"}).status_code == 302
    assert selectors.rates_on(TOMORROW)[0].rate == Decimal("19.35")
    for wrong in ({"rate": "x"}, {"currency": "QQQ"}, {"day": "soon"}, {"currency": "TJS"}):
        assert client.post("/reference/rates/enter", {**said, **wrong}).status_code == 422


def test_a_correction_is_decided_by_another_person(editor: Person, approver: Person, broker: Person) -> None:
    client = client_of(editor)
    day = TODAY.isoformat()
    client.post("/reference/rates/enter", {"currency": "USD", "day": day, "per": "1", "rate": "9.35"})
    said = {"currency": "USD", "day": day, "per": "1", "rate": "9.53", "reason": "figures swapped"}
    assert client.post("/reference/rates/correct", {**said, "reason": ""}).status_code == 422
    assert client.post("/reference/rates/correct", said).status_code == 302
    assert client.post("/reference/rates/decide", {"currency": "USD", "day": day, "act": "accept"}).status_code == 422
    second = client_of(approver)
    assert "figures swapped" in second.get("/reference/rates").content.decode()
    assert second.post("/reference/rates/decide", {"currency": "USD", "day": day, "act": "accept"}).status_code == 302
    assert selectors.rates_on(TODAY)[0].rate == Decimal("9.53")
    seen = client_of(broker).get("/reference/rates").content.decode()
    assert "was replaced" in seen
    assert "Enter one rate" not in seen


def test_a_tariff_is_previewed_and_drafted(editor: Person) -> None:
    client = client_of(editor)
    before = ChangeSet.objects.count()
    said = {"act": "tj-gov-2016-379", "since": TOMORROW.isoformat()}
    preview = client.post("/reference/tariff/preview", {**said, "file": uploaded(TARIFF)})
    assert preview.status_code == 200
    assert "10%" in preview.content.decode()
    assert ChangeSet.objects.count() == before
    kept = KeptSheet.objects.get()
    made = client.post("/reference/tariff/draft", {**said, "sheet": str(kept.id), "reason": "yearly"})
    assert made.status_code == 302
    draft = next(one for one in lawbook.change_sets() if one.origin == "imported")
    assert {change.key for change in lawbook.changes_of(draft.id)} == {"duty/0805100000/////", "goods/0805100000"}
    assert "file.csv" in client.get("/reference/tariff").content.decode()
    again = client.post("/reference/tariff/draft", {**said, "sheet": str(kept.id)})
    assert again.status_code == 422  # used sheets are not kept


def test_a_wrong_tariff_comes_back_with_its_faults(editor: Person, broker: Person) -> None:
    client = client_of(editor, "tg")
    bad = client.post(
        "/reference/tariff/preview",
        {"file": uploaded(TARIFF.replace("0805100000", "805100000")), "since": TOMORROW.isoformat()},
    )
    assert bad.status_code == 422
    assert "сифри аввал гум шудааст" in bad.content.decode()
    kept = KeptSheet.objects.get()
    back = client.get(f"/reference/tariff/{kept.id}/faults", {"since": TOMORROW.isoformat()})
    assert "сифри аввал" in read_sheet(back.content)[1][-1]
    assert client_of(broker).get(f"/reference/tariff/{kept.id}/faults").status_code == 404
    assert client.post("/reference/tariff/preview", {}).status_code == 422
    assert client.post("/reference/tariff/preview", {"file": uploaded("x")}).status_code == 422
    assert client.post("/reference/tariff/draft", {"sheet": "x"}).status_code == 422


def test_a_person_without_the_right_drafts_no_tariff(officer: Person) -> None:
    client = client_of(officer)
    trust.grant(user_id=officer.id, role=Role.OFFICER, since=TODAY, at=clock.now())
    said = {"act": "tj-gov-2016-379", "since": TOMORROW.isoformat()}
    before = ChangeSet.objects.count()
    assert client.post("/reference/tariff/preview", {**said, "file": uploaded(TARIFF)}).status_code == 422
    assert not KeptSheet.objects.exists()
    assert client.post("/reference/tariff/draft", {**said, "sheet": str(officer.id)}).status_code == 422
    assert ChangeSet.objects.count() == before
