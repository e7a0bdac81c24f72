"""What of ordered prints waits to be fetched: shown at the entry of the bar."""

from __future__ import annotations

from gumruk.documents import ordering
from gumruk.trust.types import Person


def ready(person: Person) -> str:
    """How many ordered prints are ready and not fetched. Used by: the bar."""
    return str(ordering.unopened(by=person.id) or "")
