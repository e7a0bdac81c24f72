"""Files as others see them: what is handed in, what is kept, who opened it, and why one is refused."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

PDF, JPEG, PNG, TEXT = "application/pdf", "image/jpeg", "image/png", "text/plain"
XML, XLSX = "application/xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = (JPEG, PNG)
SHOWN = (PDF, JPEG, PNG, TEXT)  # what a browser shows by itself without running anything of the file


class Use(StrEnum):
    """What a file was handed in with. `STAGED` waits for the act that takes it."""

    DRAFT = "draft"
    STAGED = "staged"
    ANSWER = "answer"
    AMENDMENT = "amendment"
    CANCELLATION = "cancellation"


class Caution(StrEnum):
    """What somebody should know before opening a file. Nothing of a file is ever run here."""

    ENCRYPTED = "encrypted"
    SCRIPT = "script"
    ATTACHMENT = "attachment"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Found:
    """What the content of a file says it is. `pixels` is 0 where nothing is measured."""

    media_type: str
    cautions: tuple[Caution, ...] = ()
    pixels: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """The document that a file shows, as box 44 names it; all empty when it stands in no row."""

    kind: str = ""
    number: str = ""
    dated: date | None = None

    @property
    def key(self) -> tuple[str, str, date | None]:
        """By what two mentions are the same document: capitals and spaces of the number do not matter."""
        return self.kind, "".join(self.number.split()).casefold(), self.dated


@dataclass(frozen=True, slots=True)
class Upload:
    """One file handed in."""

    name: str
    data: bytes = field(repr=False)
    paper: Paper = Paper()


@dataclass(frozen=True, slots=True)
class Holder:
    """The aggregate that files belong to: its root, with the office and month of its creation."""

    root: uuid.UUID
    office: str
    month: date


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it, as it is written down."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True, slots=True)
class FileView:
    """One attachment. `version` is the first version that carried it, `query` the question that it answers."""

    id: uuid.UUID
    root: uuid.UUID
    use: Use
    paper: Paper
    name: str
    media_type: str
    size: int
    sha256: str
    cautions: tuple[Caution, ...]
    by_name: str
    at: datetime
    withdrawn_at: datetime | None
    version: int | None
    query: int | None

    @property
    def live(self) -> bool:
        return self.withdrawn_at is None

    @property
    def handed_in(self) -> bool:
        """Whether customs has it: it came with a lodging or with an act, not only into a draft."""
        return self.version is not None or self.query is not None or self.use is Use.CANCELLATION

    @property
    def shown(self) -> bool:
        """Whether a page shows it. A browser's viewer would run what a PDF carries; what is encrypted nobody looked through."""
        return self.media_type in SHOWN and not {Caution.SCRIPT, Caution.ENCRYPTED} & set(self.cautions)

    @property
    def picture(self) -> bool:
        return self.media_type in PICTURES


@dataclass(frozen=True, slots=True)
class OpeningView:
    """Who opened which file and when, and by which door."""

    file: uuid.UUID
    name: str
    by_name: str
    at: datetime
    door: str


class FileNotTaken(Exception):
    """A file was refused; nothing was kept. `code` names the reason, `values` fill its message."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values
