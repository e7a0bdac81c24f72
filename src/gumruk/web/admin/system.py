"""The state of the system in words: program, database, law, clock, disk, jobs, events not yet told."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from gumruk import __version__
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.types import LawbookRefused
from gumruk.toolkit import clock, joblist, schema
from gumruk.toolkit import jobs as queue
from gumruk.web.admin.reading import for_everywhere
from gumruk.web.health import LEAST_FREE_MB
from gumruk.web.templatetags.gumruk_format import moment

SKEW_SECONDS, LAG_SECONDS = 2.0, 60.0


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at: how it stands (`good`, `care`, `wrong`), and what to do when it is not good."""

    name: str
    value: str
    tone: str
    advice: str = ""


@require_GET
@for_everywhere
def system(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    lines = [_program(), *_database(at), _law(), *_jobs(at), _disk()]
    worst = next((tone for tone in ("wrong", "care") if any(line.tone == tone for line in lines)), "good")
    return render(request, "web/admin/system.html", {"lines": lines, "worst": worst, "at": at})


def _program() -> Line:
    missing = len(schema.pending())
    advice = gettext("The database is older than the program: run gumruk migrate.") if missing else ""
    return Line(gettext("Program"), f"Gumruk {__version__}", "wrong" if missing else "good", advice)


def _database(at: datetime) -> list[Line]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_database_size(current_database()), current_setting('server_version'), clock_timestamp()"
        )
        size, version, there = cursor.fetchone()
    skew = abs((there - at).total_seconds())
    megabytes = number_format(size // 1_000_000, 0, use_l10n=True, force_grouping=True)
    wrong = skew > SKEW_SECONDS
    return [
        Line(gettext("Database"), f"PostgreSQL {version.split()[0]} · {megabytes} MB", "good"),
        Line(
            gettext("Clock"), gettext("{seconds} s beside the database").format(seconds=number_format(skew, 1, use_l10n=True)),
            "wrong" if wrong else "good",
            gettext("The clocks differ. Set the time of both machines from one source.") if wrong else "",
        ),
    ]  # fmt: skip


def _law() -> Line:
    try:
        head = lawbook.change_set(lawbook.head())
    except LawbookRefused:
        return Line(gettext("Law"), gettext("none loaded"), "wrong", gettext("Run gumruk migrate to load the law."))
    said = gettext("change set {number} of {day}").format(number=head.number, day=moment(head.published_at))
    return Line(gettext("Law"), said, "good")


def _jobs(at: datetime) -> list[Line]:
    behind, (living, heard) = queue.health(), joblist.workers()
    lag = (at - behind.oldest_event).total_seconds() if behind.oldest_event else 0.0
    late, idle = lag > LAG_SECONDS, living == 0
    heard_words = gettext("last heard {moment}").format(moment=moment(heard)) if heard else gettext("never heard")
    return [
        Line(gettext("Workers"), str(living) if living else heard_words, "wrong" if idle else "good",
             gettext("No worker lives: nothing is told to others. Start gumruk worker.") if idle else ""),
        Line(gettext("Events not yet told"), gettext("the oldest waits {seconds} s").format(seconds=round(lag)) if lag > 0
             else gettext("none"), "care" if late else "good",
             gettext("Events wait long. Look at the workers and the failed jobs.") if late else ""),
        Line(gettext("Jobs waiting"), str(behind.waiting), "good"),
        Line(gettext("Jobs failed"), str(behind.failed), "care" if behind.failed else "good",
             gettext("Look at the failed jobs: mend the cause and try them again.") if behind.failed else ""),
    ]  # fmt: skip


def _disk() -> Line:
    free = shutil.disk_usage(settings.ENVIRONMENT.state).free // 1_000_000
    short = free < LEAST_FREE_MB
    said = number_format(free, 0, use_l10n=True, force_grouping=True)
    advice = gettext("The disk is nearly full. Free space or the site stops.") if short else ""
    return Line(gettext("Disk"), gettext("{amount} MB free").format(amount=said), "wrong" if short else "good", advice)
