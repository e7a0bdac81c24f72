"""How large and of which kinds files may be: dated settings of the service, read by the day. Unknown limits nothing by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit.clock import law_day


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds on a day; None where nothing is set."""

    file_bytes: int | None
    files: int | None
    total_bytes: int | None
    pixels: int | None
    media_types: tuple[str, ...]


def limits_on(at: datetime) -> Limits:
    """The limits of the day of `at`. Without kinds that are set nothing is taken."""
    law = lawbook.on(law_day(at))

    def value(key: str) -> object:
        entry = law.parameter(key)
        return entry.value if entry else None

    def number(key: str) -> int | None:
        said = value(key)
        return None if said is None else int(str(said))

    kinds = value("document_media_types")
    return Limits(
        file_bytes=number("document_file_bytes"),
        files=number("document_files"),
        total_bytes=number("document_total_bytes"),
        pixels=number("document_image_pixels"),
        media_types=tuple(str(kind) for kind in kinds) if isinstance(kinds, list | tuple) else (),
    )
