"""The inbox of a broker's firms: every event worded, links to declarations, what is unread counted for brokers alone."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from gumruk.clearance.tasks import TOLD as TOLD_BY_CLEARANCE
from gumruk.cli.demo import add_people
from gumruk.cli.demo_content import BROKER_TIN, OFFICE
from gumruk.declarations import services as drafts
from gumruk.notices import selectors, services
from gumruk.notices.models import Notice
from gumruk.risk.models import LaneShare
from gumruk.trust import selectors as trust
from gumruk.web.inbox.pages import TOLD, waiting

from .test_doors import NOW, TODAY, said, signed_in

pytestmark = pytest.mark.django_db
STRANGER = "990000009"


@pytest.fixture
def client(db: None) -> Client:
    add_people(TODAY, NOW)
    LaneShare.objects.all().delete()  # no lane is drawn by chance
    return signed_in("broker")


def tell(number: int = 1, *, party: str = BROKER_TIN, name: str = "declaration.released", root: uuid.UUID | None = None) -> None:  # fmt: skip
    for place in range(number):
        services.tell(
            party=party, name=name, root=root or uuid.uuid4(), office=OFFICE, subject=f"{OFFICE}/{place:07}",
            event=uuid.uuid4(), happened_at=NOW + timedelta(minutes=place), at=NOW,
        )  # fmt: skip


def count_on(page: str) -> str:
    found = re.search(r'href="/inbox"[^>]*>[^<]*<b class="gm-top__count">([^<]+)</b>', page)
    return found[1] if found else ""


def test_every_event_that_is_told_has_words_in_three_languages() -> None:
    assert set(TOLD) == set(TOLD_BY_CLEARANCE)
    for word, sentence, _ in TOLD.values():
        shown = set()
        for language in ("tg", "ru", "en"):
            with translation.override(language):
                shown.add((translation.gettext(word), translation.gettext(sentence)))
        assert len({sentence for _, sentence in shown}) == 3
        assert len({word for word, _ in shown}) == 3


def test_a_notice_leads_to_its_declaration(client: Client) -> None:
    person = trust.person_named(username="broker", day=TODAY)
    assert person is not None
    made = drafts.create_draft(content=said(), by=person, at=NOW)
    tell(root=made)
    page = client.get("/inbox").content.decode()
    assert f'href="/declarations/{made}"' in page
    assert "The goods are released." in page
    assert client.get(f"/declarations/{made}").status_code == 200
    assert "Мол бароварда шуд" in signed_in("broker", "tg").get("/inbox").content.decode()
    assert Notice.objects.get().read_at is None  # looking moves nothing


def test_one_notice_or_all_of_the_page_are_read(client: Client) -> None:
    tell(3)
    assert count_on(client.get("/").content.decode()) == "3"
    chosen = Notice.objects.latest("happened_at")
    shown = [str(one.id) for one in Notice.objects.all()]
    client.post("/inbox/read", {"notice": str(chosen.id), "shown": shown})
    assert list(Notice.objects.filter(read_at__isnull=False)) == [chosen]
    assert count_on(client.get("/inbox").content.decode()) == "2"
    tell()
    assert client.post("/inbox/read", {"shown": shown, "show": "unread"})["Location"] == "/inbox?show=unread"
    assert count_on(client.get("/inbox").content.decode()) == "1"  # what came later was not on the page
    unread = client.get("/inbox?show=unread").content.decode()
    assert unread.count('name="notice"') == 1


def test_nobody_reads_or_marks_the_notices_of_another_firm(client: Client) -> None:
    tell(2, party=STRANGER, name="declaration.rejected")
    ids = [str(one.id) for one in Notice.objects.all()]
    page = client.get("/inbox").content.decode()
    assert "Customs rejected" not in page
    assert count_on(page) == ""
    assert client.post("/inbox/read", {"shown": ids, "notice": ids[0]}).status_code == 302
    assert client.post("/inbox/read", {"shown": [*ids, "x"]}).status_code == 302
    assert signed_in("officer").post("/inbox/read", {"shown": ids}).status_code == 302
    assert Client().post("/inbox/read", {"shown": ids})["Location"].startswith("/sign-in")
    assert Notice.objects.filter(read_at__isnull=False).count() == 0
    assert client.get("/inbox/read").status_code == 405


def test_the_inbox_is_paged_and_a_wrong_cursor_begins_anew(client: Client) -> None:
    tell(60)
    first = client.get("/inbox").content.decode()
    assert first.count('name="notice"') == 50
    there = re.search(r'href="(\?after=[^"]+)"', first)
    assert there is not None
    rest = client.get(f"/inbox{there[1]}").content.decode()
    assert rest.count('name="notice"') == 10
    assert client.get("/inbox?after=nonsense")["Location"] == "/inbox"


def test_the_count_is_one_query_by_an_index_asked_for_brokers_alone(client: Client) -> None:
    tell(120)
    person = trust.person_named(username="broker", day=TODAY)
    assert person is not None
    with CaptureQueriesContext(connection) as asked:
        assert waiting(person) == "99+"
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        signed_in("officer").get("/")
    assert not [one for one in asked.captured_queries if "notices_notice" in one["sql"]]
    assert "/inbox" not in signed_in("officer").get("/").content.decode()
    services.mark_read(notices=[one.id for one in selectors.page(parties=[BROKER_TIN], size=200).rows], parties=[BROKER_TIN], at=NOW)  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT count(*) FROM (SELECT 1 FROM notices_notice WHERE party = %s AND read_at IS NULL LIMIT 100) s",
            [BROKER_TIN],
        )
        assert "notice_unread" in " ".join(row[0] for row in cursor.fetchall())
