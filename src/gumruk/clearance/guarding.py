"""Who may do an act to a declaration, and from where it may start: asked once, before anything is changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from gumruk.clearance.steps import require, require_act
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import moves
from gumruk.declarations.moves import Declaration
from gumruk.declarations.types import State
from gumruk.trust.types import FirmAct, Person, Role

NOTHING: Mapping[str, str] = MappingProxyType({})


@contextmanager
def guarded(
    declaration: uuid.UUID, by: Person, act: str, role: Role, reason: str | None = "-"
) -> Iterator[tuple[Declaration, State]]:
    """The row and the state that `act` leads to, when the person may do it. `reason` None or empty is refused."""
    with moves.changing(declaration) as row:
        if role is Role.BROKER:
            require_act(row.declarant_tin, by, FirmAct.LODGE, declaration)
        elif not (by.may(role, row.office) or by.may(Role.SUPERVISOR, row.office)):
            raise ClearanceRefused("no_right", role=role.value, office=row.office)
        if not (reason or "").strip():
            raise ClearanceRefused("reason_missing", act=act)
        yield row, require(State(row.state), act)
