"""What the page of figures was asked for: days, place, direction, regime – all in the address, to be kept and sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext, gettext_noop

from gumruk.figures.types import WHOLE, Wanted, next_month
from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit.sheets import day_in
from gumruk.trust.types import Person, Role

LEADERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
KEPT = ("span", "since", "until", "place", "direction", "regime")
LONGEST = timedelta(days=366 * 10)
DEFAULT = "30d"
REGION = "region:"

SPANS = {
    "7d": gettext_noop("7 days"), "30d": gettext_noop("30 days"), "month": gettext_noop("This month"),
    "last": gettext_noop("Last month"), "year": gettext_noop("This year"), "12m": gettext_noop("12 months"),
}  # fmt: skip
REGIONS = {
    "TJ-DU": gettext_noop("Dushanbe"), "TJ-SU": gettext_noop("Sughd"), "TJ-KT": gettext_noop("Khatlon"),
    "TJ-RA": gettext_noop("Districts of Republican Subordination"), "TJ-GB": gettext_noop("Gorno-Badakhshan"),
}  # fmt: skip


def span_of(name: str, today: date) -> tuple[date, date]:
    """The days of a named span: from the first up to, not including, the second."""
    after, month = today + timedelta(days=1), today.replace(day=1)
    year_ago = month.replace(year=month.year - 1)
    return {
        "7d": (after - timedelta(days=7), after),
        "month": (month, after),
        "last": ((month - timedelta(days=1)).replace(day=1), month),
        "year": (month.replace(month=1), after),
        "12m": (next_month(year_ago), after),
    }.get(name, (after - timedelta(days=30), after))


def offices_of(person: Person) -> frozenset[str]:
    """Where the person leads; WHOLE among them stands for everywhere."""
    return frozenset(office for role in LEADERS for office in person.offices(role))


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers of the filter, checked against what the person may see."""

    wanted: Wanted
    said: Mapping[str, str]
    parties: tuple[str, ...] = ()  # a firm's own figures

    def address(self, **change: str) -> str:
        """The address with some answers changed."""
        kept = {name: value for name, value in {**self.said, **change}.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"

    @property
    def last(self) -> date:
        return self.wanted.until - timedelta(days=1)


def read(query: Mapping[str, str], person: Person, today: date) -> Asked:
    """What was asked for; what makes no sense is left out."""
    said = {name: str(query.get(name, "")).strip()[:40] for name in KEPT}
    since, until = _days(said, today)
    said |= {"direction": said["direction"][:2], "regime": said["regime"][:20]}
    places, said["place"] = _places(said["place"], person)
    wanted = Wanted(since, until, places, said["direction"], said["regime"])
    leads = bool(offices_of(person))
    return Asked(wanted, said, () if leads else tuple(sorted(person.parties)))


def _days(said: dict[str, str], today: date) -> tuple[date, date]:
    since, last = day_in(said["since"]), day_in(said["until"])
    if since and last and since <= last < date.max and last - since < LONGEST:
        said["span"] = ""
        return since, last + timedelta(days=1)
    said["since"] = said["until"] = ""
    said["span"] = said["span"] if said["span"] in SPANS else ""
    return span_of(said["span"] or DEFAULT, today)


def _places(place: str, person: Person) -> tuple[tuple[str, ...], str]:
    """The offices asked for that the person may see, and the answer as it is kept."""
    seen = offices_of(person)
    if place.startswith(REGION):
        inside = tuple(code for code, row in office_rows().items() if row.get("region") == place.removeprefix(REGION))
        allowed = inside if WHOLE in seen else tuple(code for code in inside if code in seen)
        if allowed:
            return allowed, place
    elif place and (WHOLE in seen or place in seen):
        return (place,), place
    return ((WHOLE,) if WHOLE in seen else tuple(sorted(seen))), ""


def office_rows() -> Mapping[str, Mapping[str, Any]]:
    """Every office with its region and coordinates."""
    return lawbook.code_rows("office")


def place_options(person: Person, language: str) -> list[tuple[str, str]]:
    """What the filter of places offers: everywhere, regions, offices. Nothing to choose for who leads one office."""
    seen, names = offices_of(person), lawbook.codes("office", language)
    offices = [(code, f"{code} · {name}") for code, name in names if WHOLE in seen or code in seen]
    if WHOLE not in seen:
        return [("", gettext("All my offices")), *offices] if len(seen) > 1 else []
    regions = [(f"{REGION}{code}", gettext(name)) for code, name in REGIONS.items()]
    return [("", gettext("The whole service")), *regions, *offices]


def at_office(asked: Asked, office: str) -> Asked:
    """The same for one office. Used by: links of the list of offices."""
    return replace(asked, said={**asked.said, "place": office})
