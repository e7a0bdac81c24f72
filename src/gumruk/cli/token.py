"""`gumruk token --as USER`: a new secret for a client program, printed once; only its hash is kept."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="person", required=True, help="sign-in name of the person for whom it acts")
    parser.add_argument("--label", default="console", help="what it is for, to know it again (console)")
    parser.add_argument("--sandbox", action="store_true", help="sees and moves sandbox declarations only")
    parser.add_argument("--language", choices=["tg", "ru", "en"], default="en", help="language of messages")


def run(chosen: argparse.Namespace) -> int:
    from django.utils import translation

    from gumruk.toolkit import clock
    from gumruk.trust import selectors as trust
    from gumruk.trust import services

    at = clock.now()
    with translation.override(chosen.language):
        person = trust.person_named(username=chosen.person, day=clock.law_day(at))
        if person is None:
            said = translation.gettext("There is no person %(name)s.") % {"name": chosen.person}
            print(f"gumruk: {said}", file=sys.stderr)
            return 2
        print(services.issue_token(user_id=person.id, label=chosen.label[:80], at=at, sandbox=chosen.sandbox))
        print(translation.gettext("Keep it: it is not shown again."), file=sys.stderr)
    return 0
