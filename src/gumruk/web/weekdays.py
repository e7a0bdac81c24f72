"""Days of the week, hours and moments of the clock in words: "every day", "Monday – Friday", "every minute"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

WEEK = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def days_word(days: Iterable[int]) -> str:
    """Days of the week as people say them: runs of three and more from the first to the last."""
    found = sorted(set(days))
    if found == list(range(1, 8)):
        return gettext("every day")
    runs: list[list[int]] = []
    for day in found:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_run(run) for run in runs)


def _run(days: list[int]) -> str:
    names = [gettext(WEEK[day - 1]) for day in days]
    return f"{names[0]} – {names[-1]}" if len(names) > 2 else ", ".join(names)


def hours_word(hours: Mapping[str, str]) -> str:
    """Opening hours by day, days of the same hours together."""
    by_hours: dict[str, list[int]] = {}
    for day, said in hours.items():
        if said and day.isdigit() and 1 <= int(day) <= 7:
            by_hours.setdefault(said.replace("-", "–"), []).append(int(day))
    return "; ".join(f"{days_word(days)} {said}" for said, days in by_hours.items())


def clock_word(cron: str) -> str:
    """When a job runs by itself; a pattern that has no words here is shown as it is written."""
    minute, *rest = cron.split()
    if rest != ["*"] * 4:
        return cron
    if minute == "*":
        return gettext("every minute")
    return gettext("every hour, at minute {minute}").format(minute=minute) if minute.isdigit() else cron
