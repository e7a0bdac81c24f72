"""What the sub-packages of `web` bring: their addresses and their entries in the bar on top.

Each sub-package may have a module `urls` with `urlpatterns` and, when it has a page that people go to, `navigation`.
A new sub-package is found by itself; nothing here is touched for it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext

import gumruk.web
from gumruk.trust.types import Person, Role

OFFICIALS = frozenset(
    {Role.OFFICER, Role.SUPERVISOR, Role.CASHIER, Role.LAW_EDITOR, Role.LAW_APPROVER, Role.ADMINISTRATOR}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the bar, or of the person's menu: its word (marked for translation), the name of its address, who
    sees it, its place.

    `count`, when given, says what waits there; it is asked on every page, so it is one short query.
    """

    label: str
    address: str
    roles: frozenset[Role]
    order: int
    count: Callable[[Person], str] | None = None
    own: bool = False  # of the person's own menu, not of the bar


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a component shows it; `count` and `tone` are for sections and chips, `key` opens it."""

    label: str
    href: str
    current: bool = False
    count: int | str = ""
    tone: str = ""
    key: str = ""


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = [f"gumruk.web.{found.name}.urls" for found in pkgutil.iter_modules(gumruk.web.__path__) if found.ispkg]
    # `shared` comes last: its address of sections takes whatever the others did not.
    names.sort(key=lambda name: (".shared." in name, name))
    return tuple(import_module(name) for name in names if find_spec(name))


def gathered() -> list[URLPattern | URLResolver]:
    """The addresses of every sub-package."""
    return [pattern for module in _modules() for pattern in module.urlpatterns]


def entries_for(person: Person) -> list[Entry]:
    """The entries that a person may use, in order."""
    entries: Iterator[Entry] = (entry for module in _modules() for entry in getattr(module, "navigation", ()))
    return sorted((one for one in entries if any(person.may(role) for role in one.roles)), key=lambda one: one.order)


def links_for(person: Person, path: str) -> list[Link]:
    """The bar for a person on the page at `path`: the longest address that leads to it is the current one."""
    entries = [(entry, reverse(entry.address)) for entry in entries_for(person) if not entry.own]
    leading = [there for _, there in entries if path == there or (there != "/" and path.startswith(there))]
    current = entries[0][1] if path == "/" and entries else max(leading, key=len, default="")
    return [
        Link(gettext(entry.label), there, current == there, entry.count(person) if entry.count else "")
        for entry, there in entries
    ]


def divided(links: list[Link], most: int) -> tuple[list[Link], list[Link]]:
    """What stands in the bar and what lies under «More»: a bar of one line, whatever the language. One alone is never hidden."""
    return (links, []) if len(links) <= most + 1 else (links[:most], links[most:])


def own_links(person: Person, path: str) -> list[Link]:
    """The person's own menu on the page at `path`."""
    entries = [(entry, reverse(entry.address)) for entry in entries_for(person) if entry.own]
    return [Link(gettext(entry.label), there, path.startswith(there)) for entry, there in entries]


def official(person: Person) -> bool:
    """True when the person works for the service: then pages are dense."""
    return any(person.may(role) for role in OFFICIALS)
