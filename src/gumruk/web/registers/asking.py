"""What a register was asked for: days, office, and the line behind which the page goes on – all in the address."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from gumruk.toolkit.clock import OFFICE_ZONE
from gumruk.toolkit.sheets import day_in
from gumruk.trust.types import Person
from gumruk.web.registers.kinds import REGISTERS, Cursor, Register, Span

LONGEST = timedelta(days=366 * 5)


@dataclass(frozen=True, slots=True)
class Asked:
    """A register, its first and last day, and the office; empty: all that the person may see."""

    register: Register
    since: date
    last: date
    office: str
    offices: tuple[str, ...] | None
    after: Cursor | None = None

    @property
    def span(self) -> Span:
        return Span(_start(self.since), _start(self.last + timedelta(days=1)), self.offices)

    def address(self, *, after: str = "") -> str:
        said = {"since": self.since.isoformat(), "until": self.last.isoformat(), "office": self.office, "after": after}
        return f"?{urlencode({name: value for name, value in said.items() if value})}"

    @property
    def kept(self) -> dict[str, str]:
        """All that a job needs to read the same again."""
        offices = "*" if self.offices is None else " ".join(self.offices)
        return {"register": self.register.name, "since": self.since.isoformat(), "until": self.last.isoformat(),
                "office": self.office, "offices": offices}  # fmt: skip


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE)


def offices_of(person: Person, register: Register) -> frozenset[str]:
    """Where the person may read a register; the empty one stands for everywhere."""
    return frozenset(office for role in register.roles for office in person.offices(role))


def registers_of(person: Person) -> list[Register]:
    """The registers that a person may read."""
    return [one for one in REGISTERS.values() if offices_of(person, one)]


def read(name: str, query: Mapping[str, str], person: Person, today: date) -> Asked | None:
    """What was asked for; None when there is no such register for this person. What makes no sense is left out."""
    register = REGISTERS.get(name)
    seen = offices_of(person, register) if register else frozenset()
    if register is None or not seen:
        return None
    since, last = day_in(query.get("since", "")), day_in(query.get("until", ""))
    if not since or not last or since > last or last - since > LONGEST or last >= date.max:
        since = last = today
    office = query.get("office", "")[:12]
    if office and ("" in seen or office in seen):
        offices: tuple[str, ...] | None = (office,)
    else:
        office, offices = "", None if "" in seen else tuple(sorted(seen))
    return Asked(register, since, last, office, offices, _cursor(query.get("after", "")))


def again(kept: Mapping[str, str]) -> Asked:
    """The same from what was kept of it."""
    offices = None if kept["offices"] == "*" else tuple(kept["offices"].split())
    since, last = date.fromisoformat(kept["since"]), date.fromisoformat(kept["until"])
    return Asked(REGISTERS[kept["register"]], since, last, kept["office"], offices)


def cursor_text(cursor: Cursor) -> str:
    return f"{cursor[0].isoformat()}~{cursor[1]}"


def _cursor(text: str) -> Cursor | None:
    moment, _, key = text.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        return (at, uuid.UUID(key)) if at.tzinfo else None
    except ValueError:
        return None
