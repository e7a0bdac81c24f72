"""`gumruk document add|list|save|withdraw DECLARATION … --as PERSON`: files of a declaration from the console.

DECLARATION is its registration number or its id. Ends with 0, or with 2 and a sentence when something is refused.
"""

from __future__ import annotations

import argparse
import sys
import uuid
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gumruk.declarations.types import DeclarationView
    from gumruk.trust.types import Person


def add_arguments(parser: argparse.ArgumentParser) -> None:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("declaration", help="registration number or id of the declaration")
    common.add_argument("--as", dest="person", required=True, help="sign-in name of who acts")
    common.add_argument("--language", choices=["tg", "ru", "en"], default="en", help="language of messages")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    add = acts.add_parser("add", parents=[common], help="attach a file to a draft, or stage it for an answer")
    add.add_argument("file", help="the file to read")
    add.add_argument("--kind", default="", help="kind of the document, a code of the list `document`")
    add.add_argument("--number", default="", help="number of the document")
    add.add_argument("--date", default="", help="date of the document, like 2026-03-05")
    acts.add_parser("list", parents=[common], help="the files, one a line: id, state, kind, size, name")
    save = acts.add_parser("save", parents=[common], help="write one file")
    save.add_argument("id", type=uuid.UUID, help="id of the file, as `list` shows it")
    save.add_argument("--to", default="-", help="where to; - for standard output (-)")
    withdraw = acts.add_parser("withdraw", parents=[common], help="take a file out of a draft")
    withdraw.add_argument("id", type=uuid.UUID, help="id of the file, as `list` shows it")


def run(chosen: argparse.Namespace) -> int:
    from django.utils import translation

    from gumruk.declarations.types import DeclarationRefused
    from gumruk.documents.files.types import FileNotTaken
    from gumruk.exchange.refusals import refusal_sentence
    from gumruk.toolkit import clock
    from gumruk.trust import selectors as trust

    at = clock.now()
    with translation.override(chosen.language):
        person = trust.person_named(username=chosen.person, day=clock.law_day(at))
        if person is None:
            return wrong(translation.gettext("There is no person %(name)s.") % {"name": chosen.person})
        try:
            return ACTS[chosen.act](chosen, seen_by(chosen.declaration, person), person, at)
        except (DeclarationRefused, FileNotTaken) as refused:
            return wrong(refusal_sentence(refused.code, chosen.language, refused.values))
        except OSError as failed:
            return wrong(f"{failed.filename}: {failed.strerror}")


def seen_by(said: str, person: Person) -> DeclarationView:
    """The declaration with this registration number or id. Raises DeclarationRefused `not_found`."""
    from gumruk.declarations import selectors as declarations
    from gumruk.declarations.types import DeclarationRefused

    found = declarations.find(registration=said, person=person)
    if found is None:
        try:
            found = uuid.UUID(said)
        except ValueError:
            raise DeclarationRefused("not_found", declaration=said) from None
    return declarations.get(declaration=found, person=person)


def _add(chosen: argparse.Namespace, seen: DeclarationView, person: Person, at: datetime) -> int:
    from gumruk.declarations import files
    from gumruk.documents.files.types import FileNotTaken, Paper, Upload

    try:
        day = date.fromisoformat(chosen.date) if chosen.date else None
    except ValueError:
        raise FileNotTaken("paper_date_wrong") from None
    place = Path(chosen.file)
    upload = Upload(place.name, place.read_bytes(), Paper(chosen.kind, chosen.number, day))
    made = files.attach(declaration=seen.id, upload=upload, by=person, at=at)
    print(made.id)
    for caution in made.cautions:
        print(f"gumruk: {made.name}: {caution.value}", file=sys.stderr)
    return 0


def _list(_: argparse.Namespace, seen: DeclarationView, person: Person, at: datetime) -> int:  # noqa: ARG001
    from gumruk.declarations import files

    for one in files.files_of(seen=seen, person=person):
        state = one.use.value if one.live else "withdrawn"
        print(f"{one.id}  {state:<12}  {one.paper.kind or '-':<6}  {one.size:>9}  {one.name}")
    return 0


def _save(chosen: argparse.Namespace, seen: DeclarationView, person: Person, at: datetime) -> int:
    from gumruk.declarations import files

    _, data = files.open_file(seen=seen, file=chosen.id, person=person, at=at, door="cli")
    if chosen.to == "-":
        sys.stdout.buffer.write(data)
    else:
        Path(chosen.to).write_bytes(data)
    return 0


def _withdraw(chosen: argparse.Namespace, seen: DeclarationView, person: Person, at: datetime) -> int:
    from gumruk.declarations import files

    files.withdraw(declaration=seen.id, file=chosen.id, by=person, at=at)
    return 0


ACTS = {"add": _add, "list": _list, "save": _save, "withdraw": _withdraw}


def wrong(sentence: str) -> int:
    """Say why nothing was done."""
    print(f"gumruk: {sentence}", file=sys.stderr)
    return 2
