"""What the lists of brokers and officers share: the filter from the address, and the address from a filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from gumruk.declarations import selectors as declarations
from gumruk.declarations.selectors import Filter
from gumruk.declarations.types import COUNT_LIMIT, Lane, Page, State
from gumruk.lawbook import selectors as lawbook
from gumruk.trust.types import Person
from gumruk.web.labels import LANES, STATES
from gumruk.web.navigation import Link

KEPT = ("group", "state", "lane", "office", "direction", "regime", "officer", "overdue", "text", "order")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list was asked for, as the address says it."""

    said: Mapping[str, str]

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        return cls({name: query.get(name, "").strip() for name in (*KEPT, "after") if query.get(name, "").strip()})

    def get(self, name: str) -> str:
        return self.said.get(name, "")

    def address(self, **change: str) -> str:
        """The address with some answers changed; paging starts anew unless `after` is given."""
        said = {**{name: self.get(name) for name in KEPT}, **change}
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"

    def filter(self, states: Iterable[State], *, templates: bool = False) -> Filter:
        state = self.get("state")
        chosen = (State(state),) if state in State.__members__ else tuple(states)
        return Filter(
            chosen, self.get("lane"), self.get("office"), self.get("direction"), self.get("text"), templates,
            regime=self.get("regime"),
        )  # fmt: skip


def rows(person: Person, asked: Asked, wanted: Filter, *, oldest: bool) -> Page:
    """The rows in the order asked for. Raises ValueError when the cursor is not one."""
    return (declarations.queue if oldest else declarations.page)(
        person=person, wanted=wanted, after=asked.get("after"), size=50
    )


def group_links(
    asked: Asked, counts: Mapping[State, int], groups: Mapping[str, tuple[str, tuple[State, ...]]]
) -> list[Link]:
    """One link for each group of states, with how many stand there."""
    current = asked.get("group") if asked.get("group") in groups else next(iter(groups))
    return [
        Link(
            gettext(label),
            asked.address(group=name if name != next(iter(groups)) else "", state=""),
            name == current,
            shown(sum(counts.get(state, 0) for state in states)),
        )
        for name, (label, states) in groups.items()
    ]


def shown(count: int) -> str:
    """A count as lists show it: they stop counting at a limit. Nothing for none."""
    return f"{COUNT_LIMIT}+" if count >= COUNT_LIMIT else str(count or "")


def state_options(states: Iterable[State]) -> tuple[tuple[str, str], ...]:
    return (("", gettext("Any")), *((state.value, gettext(STATES[state.value])) for state in states))


def lane_options() -> tuple[tuple[str, str], ...]:
    return (("", gettext("Any")), *((lane.value, gettext(LANES[lane.value])) for lane in Lane))


def code_options(name: str, language: str) -> tuple[tuple[str, str], ...]:
    return (("", gettext("Any")), *((code, f"{code} · {words}") for code, words in lawbook.codes(name, language)))
