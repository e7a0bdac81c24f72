"""Files that go with a step: stated when a version is frozen, sealed when it is lodged, bound to the act that brings them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable

from gumruk.declarations import files as attached
from gumruk.declarations import moves
from gumruk.declarations.moves import Declaration, Version
from gumruk.declarations.types import DeclarationRefused
from gumruk.documents.files import selectors, services
from gumruk.documents.files.types import FileView, Use

Stated = list[dict[str, str]]


def stated(row: Declaration, added: Collection[uuid.UUID] = ()) -> Stated:
    """What a version of now is lodged with: the draft's files, those of amendments that were not refused, and `added`."""
    standing = [one for one in selectors.files_of(root=row.id) if one.live]
    amended = any(one.use is Use.AMENDMENT for one in standing)
    refused = moves.refused_versions(row) if amended else frozenset()
    return attached.as_stated(
        one
        for one in standing
        if one.use is Use.DRAFT or one.id in added or (one.use is Use.AMENDMENT and one.version not in refused)
    )


def require_unchanged(row: Declaration, version: Version) -> None:
    """The files are still those that the statement names. Raises DeclarationRefused `statement_stale`."""
    if _in_statement(version) != stated(row):
        raise DeclarationRefused("statement_stale", version=str(version.number))


def seal(row: Declaration, version: Version) -> None:
    """From now on the draft's files are what was lodged."""
    if _in_statement(version):
        services.seal(root=row.id, version=version.number)


def _in_statement(version: Version) -> Stated:
    said: Stated = json.loads(version.statement).get("files", [])
    return said


def bind(
    row: Declaration,
    files: Iterable[uuid.UUID],
    use: Use,
    *,
    version: int | None = None,
    query: int | None = None,
) -> dict[str, list[str]]:
    """Hand staged files in with an act; what its event says of them."""
    given = tuple(files)
    bound = services.bind(root=row.id, files=given, use=use, version=version, query=query) if given else ()
    return told(bound)


def told(bound: Iterable[FileView]) -> dict[str, list[str]]:
    """The names of files for the timeline; nothing when there are none."""
    names = [one.name for one in bound]
    return {"files": names} if names else {}
