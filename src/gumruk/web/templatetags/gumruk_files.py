"""Documents and files in templates: read where they are shown, so that a page that shows none asks for none."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext

from gumruk.declarations import files
from gumruk.declarations.types import DeclarationView, QueryView
from gumruk.documents.files.limits import limits_on
from gumruk.documents.files.services import megabytes
from gumruk.documents.files.types import Caution, FileView, OpeningView, Use
from gumruk.toolkit import clock
from gumruk.web.shared import papers
from gumruk.web.visits import person_of

register = template.Library()
DOORS = {"page": "", "api": "API", "cli": "gumruk"}


@register.simple_tag(takes_context=True)
def papers_of(context: dict[str, Any], seen: DeclarationView) -> papers.Papers:
    """The documents of a declaration with their files."""
    return papers.papers_of(context["request"], seen)


@register.simple_tag(takes_context=True)
def openings_of(context: dict[str, Any], seen: DeclarationView) -> tuple[OpeningView, ...]:
    """Who opened the files; empty unless the person is a supervisor of the office."""
    return files.openings_of(seen=seen, person=person_of(context["request"]))


@register.simple_tag(takes_context=True)
def files_of_query(context: dict[str, Any], seen: DeclarationView, query: QueryView) -> tuple[FileView, ...]:
    """The files that came with the answer to a question."""
    return papers.papers_of(context["request"], seen).queries.get(query.number, ())


@register.simple_tag
def kinds_of_documents() -> list[tuple[str, str]]:
    """Codes and names of the kinds of documents."""
    return papers.kinds_of_documents()


@register.simple_tag
def file_hint() -> str:
    """Which files are taken, and how large they may be."""
    limits = limits_on(clock.now())
    kinds = ", ".join(papers.KINDS_OF_FILE.get(one, one) for one in limits.media_types)
    size = megabytes(limits.file_bytes) if limits.file_bytes else ""
    return gettext("%(kinds)s; one file up to %(size)s") % {"kinds": kinds, "size": size} if size else kinds


@register.filter
def document_kind(code: str) -> str:
    """The name of a kind of document."""
    return papers.name_of_kind(code)


@register.filter
def file_kind(media_type: str) -> str:
    """A media type as people call it."""
    return papers.KINDS_OF_FILE.get(media_type, media_type)


@register.filter
def file_size(size: int) -> str:
    """Bytes as people read them: KB below a million, else MB."""
    if size < 1024**2:
        return f"{max(1, round(size / 1024))} KB"
    return f"{number_format(size / 1024**2, 1, use_l10n=True)} MB"


@register.filter
def file_use(use: Use) -> str:
    """With what a file was handed in."""
    return gettext(papers.USES[use])


@register.filter
def caution_words(caution: Caution) -> str:
    """What to know before a file is opened."""
    return gettext(papers.CAUTIONS[caution])


@register.filter
def door_words(door: str) -> str:
    """By which door a file was opened; nothing for the pages."""
    return DOORS.get(door, door)
