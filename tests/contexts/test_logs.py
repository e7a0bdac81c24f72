"""The log says what happened by ids: no names, no taxpayer numbers, no text that somebody typed."""

from __future__ import annotations

import io
import json
import logging
import re
import uuid
from collections.abc import Iterator

import pytest
from django.db import IntegrityError
from django.test import Client

from gumruk.cli import demo
from gumruk.cli.demo_content import BUYERS, GOODS, SELLERS
from gumruk.risk.models import LaneShare
from gumruk.toolkit import jobs, logs, outbox
from gumruk.toolkit.models import IdempotencyKey, OutboxEvent
from gumruk.toolkit.rows import new_id

from .conftest import NOON
from .test_doors import NOW, TODAY, Caller, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log wrote, as the running site sets it up."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.getLogger("gumruk").level)
    logs.configure(style="json", level="DEBUG")
    place = io.StringIO()
    for handler in root.handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(place)
    yield place
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    logging.getLogger("gumruk").setLevel(before[2])
    for name in ("gumruk", "django"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_journey_leaves_no_names_numbers_or_typed_text_in_the_log(written: io.StringIO) -> None:
    demo.enter_rates(TODAY, NOW)
    demo.add_people(TODAY, NOW)
    LaneShare.objects.all().delete()  # no lane is drawn by chance
    content = said(consignee_name="ҶДММ «Шахси Махфӣ»")
    browser, caller = signed_in("broker", "ru"), Caller("broker")
    made = caller.call("post", "/declarations", content).json()["id"]
    statement = caller.call("post", f"/declarations/{made}/prepare").json()["hash"]
    caller.call("post", f"/declarations/{made}/submit", {"hash": statement})
    browser.get(f"/declarations/{made}")
    browser.get("/?text=Махфӣ")
    browser.get("/nothing/Махфӣ/here")
    browser.post(f"/declarations/{made}/act", {"act": "pay"})
    signed_in("officer").post(f"/declarations/{made}/act", {"act": "ask", "text": "Савол барои Махфӣ"})
    for event in OutboxEvent.objects.filter(sent_at__isnull=True):
        outbox.deliver(event=event.id, at=NOW)
    text = written.getvalue()
    assert text.count("request_finished") >= 8
    secrets = [
        "Махфӣ",
        "Шахси",
        demo.PASSWORD,
        *[str(part) for row in (*BUYERS, *SELLERS) for part in row if len(part) > 2],
    ]
    secrets += [row[1] for row in GOODS] + [person[1] for person in demo.PEOPLE]
    for secret in secrets:
        assert secret not in text
        assert json.dumps(secret)[1:-1] not in text
    assert not re.search(r"\b\d{9}\b", text)  # taxpayer numbers


def test_a_finished_request_names_method_route_status_and_person(written: io.StringIO) -> None:
    demo.add_people(TODAY, NOW)
    LaneShare.objects.all().delete()  # no lane is drawn by chance
    browser = signed_in("broker")
    answer = browser.get(f"/declarations/{new_id()}", headers={"x-request-id": "asked-by-proxy-1"})
    assert answer.headers["X-Request-ID"] == "asked-by-proxy-1"
    last = lines(written)[-1]
    assert (last["event"], last["method"], last["route"], last["status"]) == (
        "request_finished",
        "GET",
        "declaration",
        404,
    )
    assert last["request"] == "asked-by-proxy-1"
    assert uuid.UUID(str(last["person"])).version == 7
    assert isinstance(last["ms"], int)


def test_a_request_id_that_is_not_plain_is_replaced(written: io.StringIO) -> None:
    answer = Client().get("/sign-in", headers={"x-request-id": 'x" onload="bad'})
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["X-Request-ID"])
    assert lines(written)[-1]["request"] == answer.headers["X-Request-ID"]


def test_the_probes_of_machines_are_not_logged(written: io.StringIO) -> None:
    Client().get("/healthz")
    Client().get("/readyz")
    assert written.getvalue() == ""


def test_an_error_is_logged_by_kind_and_place_without_what_the_database_said(written: io.StringIO) -> None:
    IdempotencyKey.objects.create(client="010000001", key="k", made_at=NOON)
    with pytest.raises(IntegrityError) as caught:
        IdempotencyKey.objects.create(client="010000001", key="k", made_at=NOON)
    assert "010000001" in str(caught.value)
    logs.trouble("job_failed", caught.value, job=7)
    entry = lines(written)[-1]
    assert entry["error"] == "IntegrityError"
    assert entry["cause"] == "UniqueViolation"
    assert any("test_logs.py" in str(place) for place in entry["places"])  # type: ignore[attr-defined]
    assert "010000001" not in written.getvalue()


def test_ready_tells_lag_failed_jobs_migrations_and_disk_and_no_secrets() -> None:
    event = OutboxEvent.objects.create(name="tried", office="", payload={}, happened_at=NOON)
    answer = Client().get("/readyz")
    body = answer.json()
    assert answer.status_code == 200
    assert set(body) == {
        "ready", "law", "disk", "disk_free_mb", "database", "schema", "migrations_pending",
        "jobs_waiting", "jobs_failed", "outbox_lag_seconds",
    }  # fmt: skip
    assert body["ready"] is True
    assert body["outbox_lag_seconds"] > 0
    event.delete()
    assert Client().get("/readyz").json()["outbox_lag_seconds"] == 0.0
    assert jobs.health().oldest_event is None


def test_a_database_behind_the_program_is_not_ready() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notices'")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["schema"], answer.json()["migrations_pending"]) == (503, False, 3)
