"""The administrator's pages of jobs and of the system: failures without texts, tried again or given up with a reason."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gumruk.notices import mailing, texts
from gumruk.notices.models import MailText
from gumruk.toolkit import audit, joblist, tasks
from gumruk.toolkit.joblist import JobRefused, Standing
from gumruk.toolkit.models import AdministrativeAct, JobFailure
from gumruk.trust.types import Person, Role

from .conftest import NOON
from .test_doors import demo, signed_in  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db
INSERT = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts, scheduled_at)
VALUES ('default', 'outbox.deliver', %s, %s, 3, %s) RETURNING id
"""


def job(status: str = "todo", *, later: bool = False, **args: str) -> int:
    due = None if not later else "2999-01-01"
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [json.dumps(args), status, due])
        return int(cursor.fetchone()[0])


def status_of(number: int) -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, attempts FROM procrastinate_jobs WHERE id = %s", [number])
        found = cursor.fetchone()
    return str(found[0]), int(found[1])


@pytest.fixture(autouse=True)
def no_jobs(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def chief(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.ADMINISTRATOR)


def test_jobs_are_listed_by_where_they_stand_and_paged() -> None:
    waiting, failed, stalled, later = job(event="e-1"), job("failed"), job("doing"), job(later=True)
    job("succeeded")
    rows, more = joblist.page()
    assert [(one.id, one.standing) for one in rows] == [
        (waiting, Standing.WAITING), (failed, Standing.FAILED), (stalled, Standing.STALLED), (later, Standing.LATER),
    ]  # fmt: skip
    assert more == 0
    assert rows[0].arguments == {"event": "e-1"}
    assert joblist.counts() == (
        ("default", Standing.FAILED, 1), ("default", Standing.LATER, 1), ("default", Standing.STALLED, 1),
        ("default", Standing.WAITING, 1),
    )  # fmt: skip
    first, more = joblist.page(size=3)
    assert [one.id for one in (*first, *joblist.page(after=more)[0])] == [waiting, failed, stalled, later]
    assert [one.id for one in joblist.page(standing="failed")[0]] == [failed]


def test_a_failure_is_kept_without_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    number = job("failed")

    class Context:
        class job:  # noqa: N801 - the shape of the library
            id, task_name, attempts, task_kwargs = number, "outbox.deliver", 2, {}

    def fails() -> None:
        raise ValueError("Ҳакимов, passport 123")

    with pytest.raises(ValueError, match="passport"):
        tasks.logged(fails, Context, None)
    kept = JobFailure.objects.get()
    assert (kept.job, kept.attempt, kept.error) == (number, 3, "ValueError")
    assert "passport" not in str(JobFailure.objects.values())
    assert joblist.page()[0][0].error == "ValueError"
    assert joblist.forget_failures(NOON) == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'cancelled'")
    assert joblist.forget_failures(NOON) == 1


def test_a_failed_job_is_tried_again_or_given_up_with_a_reason_that_is_recorded(chief: Person) -> None:
    number, running = job("failed"), job("doing")
    for code, act in (
        ("reason_missing", lambda: joblist.retry(job=number, by=chief, at=NOON, reason=" ")),
        ("job_unknown", lambda: joblist.retry(job=running, by=chief, at=NOON, reason="x")),
        ("job_unknown", lambda: joblist.give_up(job=running, by=chief, at=NOON, reason="x")),
        ("job_unknown", lambda: joblist.give_up(job=0, by=chief, at=NOON, reason="x")),
    ):
        with pytest.raises(JobRefused) as caught:
            act()
        assert caught.value.code == code
    assert (status_of(number), status_of(running)) == (("failed", 3), ("doing", 3))
    assert not AdministrativeAct.objects.exists()
    joblist.retry(job=number, by=chief, at=NOON, reason="the printer is back")
    assert status_of(number) == ("todo", 0)
    joblist.give_up(job=number, by=chief, at=NOON, reason="not needed")
    assert status_of(number)[0] == "cancelled"
    acts, _ = audit.page(wanted=audit.Wanted(subject_kind="job"))
    assert [(one.name, one.reason) for one in acts] == [
        ("job.given_up", "not needed"), ("job.retried", "the printer is back"),
    ]  # fmt: skip


def test_what_runs_by_the_clock_says_when_it_runs_next() -> None:
    found = {one.task: one for one in joblist.periodic(NOON)}
    assert found["jobs.sweep"].next == NOON + timedelta(minutes=1)
    assert found["jobs.hourly"].next.minute == 23
    assert found["jobs.hourly"].last is None


@pytest.fixture
def admin(demo: None) -> Client:  # noqa: F811 - the fixture
    return signed_in("administrator")


def test_the_pages_are_for_administrators_of_the_whole_service(admin: Client) -> None:
    number, english = job("failed", event="e-1"), {"Accept-Language": "en"}
    officer = signed_in("officer")
    for address in ("/jobs", "/system"):
        assert officer.get(address).status_code == 404
        assert admin.get(address, headers=english).status_code == 200
    assert "e-1" in admin.get("/jobs?standing=failed&after=x").content.decode()
    place = f"/jobs/{number}/act"
    assert admin.post(place, {"act": "retry", "reason": ""}).status_code == 422
    assert admin.post(place, {"act": "conquer"}).status_code == 404
    assert officer.post(place, {"act": "retry", "reason": "x"}).status_code == 404
    assert status_of(number)[0] == "failed"
    assert admin.post(place, {"act": "retry", "reason": "mended"})["Location"] == "/jobs"
    assert status_of(number)[0] == "todo"
    assert admin.post(place, {"act": "retry", "reason": "again"}).status_code == 422


def test_a_mail_text_is_previewed_kept_recorded_and_brought_back(admin: Client) -> None:
    place, english = "/mail-texts/declaration.released/en", {"Accept-Language": "en"}
    said = {"act": "keep", "subject": "Out: {number}", "body": "Your goods left.\n{address}", "reason": "clearer"}
    for change, words in (
        ({"subject": ""}, "Write both"), ({"body": "no link"}, "must hold {address}"), ({"reason": ""}, "Write the reason"),
        ({"body": "{address} {amount}"}, "Nobody fills {amount} in"), ({"subject": "{number"}, "Nobody fills {number in"),
        ({"body": "{address}" + "x" * 5001}, "too long"),
    ):  # fmt: skip
        answer = admin.post(place, {**said, **change}, headers=english)
        assert (answer.status_code, words in html.unescape(answer.content.decode())) == (422, True), words
    assert not MailText.objects.exists()
    shown = admin.post(place, {**said, "act": "preview"}, headers=english).content.decode()
    assert "Out: 26TJ0000000000DEMO" in shown
    assert not MailText.objects.exists()
    assert admin.post(place, said)["Location"] == place
    assert mailing.text_of(kind="declaration.released", language="en").subject == "Out: {number}"
    assert "written here" in admin.get("/mail-texts", headers=english).content.decode()
    assert admin.post(place, said).status_code == 422  # unchanged
    assert AdministrativeAct.objects.get().after["subject"] == "Out: {number}"
    assert admin.post(place, {**said, "act": "shipped"})["Location"] == place
    assert not mailing.text_of(kind="declaration.released", language="en").own
    for wrong in ("/mail-texts/declaration.released/xx", "/mail-texts/nothing/en"):
        assert admin.get(wrong).status_code == 404
    assert signed_in("officer").get("/mail-texts").status_code == 404
    assert "written here" not in admin.get("/mail-texts", headers=english).content.decode()


def test_only_an_administrator_of_the_whole_service_writes_texts(
    person_with: Callable[..., Person], chief: Person
) -> None:
    said = {
        "kind": "declaration.released",
        "language": "en",
        "subject": "S",
        "body": "{address}",
        "at": NOON,
        "reason": "x",
    }
    for by, change, code in (
        (person_with(Role.ADMINISTRATOR, office="PRV-R01"), {}, "not_an_administrator"),
        (person_with(Role.SUPERVISOR), {}, "not_an_administrator"), (chief, {"kind": "nothing"}, "kind_unknown"),
        (chief, {"language": "xx"}, "language_unknown"),
    ):  # fmt: skip
        with pytest.raises(mailing.MailRefused) as caught:
            texts.write_text(**{**said, **change}, by=by)  # type: ignore[arg-type]
        assert caught.value.code == code
    assert not MailText.objects.exists()
    assert not AdministrativeAct.objects.exists()


def test_the_state_of_the_system_says_what_to_do(admin: Client) -> None:
    job("failed")
    page: Any = admin.get("/system", headers={"Accept-Language": "en"}).content.decode()
    assert "No worker lives" in page
    assert "Look at the failed jobs" in page
    assert "PostgreSQL 1" in page
