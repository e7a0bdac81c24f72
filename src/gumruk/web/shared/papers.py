"""Documents of a declaration with their files, as pages show them: one line for each document, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from gumruk.declarations import files
from gumruk.declarations import selectors as declarations
from gumruk.declarations.types import DeclarationView, QueryView
from gumruk.documents.files.types import Caution, FileView, Paper, Use
from gumruk.lawbook import selectors as lawbook
from gumruk.web.visits import person_of

STATES = {"attached": _("File attached"), "asked": _("Asked for"), "named": _("Named only")}
TONES = {"attached": "good", "asked": "care", "named": ""}
USES = {
    Use.DRAFT: _("With the declaration"), Use.STAGED: _("Not sent yet"), Use.ANSWER: _("With an answer"),
    Use.AMENDMENT: _("With an amendment"), Use.CANCELLATION: _("With the request to cancel"),
}  # fmt: skip
CAUTIONS = {
    Caution.ENCRYPTED: _(
        "The file is encrypted: it may ask for a password, and nothing in it could be looked through. It is not shown here."
    ),
    Caution.SCRIPT: _(
        "The file carries instructions that a program may run. So it is not shown here; take care after saving it."
    ),
    Caution.ATTACHMENT: _("Other files lie inside this file. They are not opened here."),
    Caution.BROKEN: _("The end of the file is missing: a page or a part of the picture may not be shown."),
}
KINDS_OF_FILE = {
    "application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "application/xml": "XML", "text/plain": "TXT",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One document: as box 44 names it, or as customs asks for it, or only as a file."""

    paper: Paper
    kind: str
    items: str
    state: str
    files: tuple[FileView, ...]

    @property
    def words(self) -> str:
        return gettext(STATES[self.state])

    @property
    def tone(self) -> str:
        return TONES[self.state]


@dataclass(frozen=True, slots=True)
class Papers:
    """Every document of a declaration. `bare` are the rows of box 44 without a file, `gone` what was withdrawn."""

    lines: tuple[Line, ...] = ()
    others: tuple[FileView, ...] = ()
    gone: tuple[FileView, ...] = ()
    staged: tuple[FileView, ...] = ()
    queries: dict[int, tuple[FileView, ...]] = field(default_factory=dict)

    @property
    def bare(self) -> tuple[Line, ...]:
        return tuple(one for one in self.lines if one.items and one.state != "attached")

    @property
    def ordered(self) -> tuple[FileView, ...]:
        """Standing files in the order of the page: what the viewer goes through."""
        seen = {one.id: one for line in self.lines for one in line.files}
        seen.update((one.id, one) for one in self.others)
        return tuple(seen.values())


def papers_of(request: HttpRequest, seen: DeclarationView) -> Papers:
    """The documents of the declaration of this page; read once for a request."""
    kept: dict[object, Papers] = request.__dict__.setdefault("papers", {})
    if seen.id not in kept:
        found = files.files_of(seen=seen, person=person_of(request))
        kept[seen.id] = arranged(seen, found, declarations.queries(declaration=seen.id))
    return kept[seen.id]


def arranged(seen: DeclarationView, found: Iterable[FileView], queries: Iterable[QueryView]) -> Papers:
    """Files to the documents they show, and the documents that wait for one."""
    every = tuple(found)
    standing = [one for one in every if one.live and one.use is not Use.STAGED]
    asked = next((one.document_kinds for one in queries if one.answered_at is None), ())
    named = files.papers_of(seen.content)
    lines = []
    for key, (paper, items) in named.items():
        own = tuple(one for one in standing if one.paper.key == key)
        state = "attached" if own else "asked" if paper.kind in asked else "named"
        lines.append(Line(paper, name_of_kind(paper.kind), ", ".join(map(str, items)), state, own))
    waiting = set(asked) - {paper.kind for paper, _items in named.values()}
    lines += [Line(Paper(kind), name_of_kind(kind), "", "asked", ()) for kind in asked if kind in waiting]
    answers: dict[int, tuple[FileView, ...]] = {}
    for one in every:
        if one.query is not None:
            answers[one.query] = (*answers.get(one.query, ()), one)
    return Papers(
        lines=tuple(lines),
        others=tuple(one for one in standing if one.paper.key not in named),
        gone=tuple(one for one in every if not one.live and one.handed_in),
        staged=tuple(one for one in every if one.live and one.use is Use.STAGED),
        queries=answers,
    )


def name_of_kind(code: str) -> str:
    """The name of a kind of document in the page's language; the code where the list has none."""
    return dict(lawbook.codes("document", get_language() or "en")).get(code, code)


def kinds_of_documents() -> list[tuple[str, str]]:
    """Every kind of document with its name, in order of the names."""
    return sorted(lawbook.codes("document", get_language() or "en"), key=lambda one: one[1])


def proposed(request: HttpRequest, seen: DeclarationView) -> list[dict[str, str]]:
    """The files that a waiting amendment adds, as lines beside its other changes."""
    if seen.proposal is None:
        return []
    found = files.files_of(seen=seen, person=person_of(request))
    return [
        {"item": "", "box": "44", "label": gettext("File"), "before": "", "after": one.name, "path": ""}
        for one in found
        if one.use is Use.AMENDMENT and one.version == seen.proposal.number
    ]
