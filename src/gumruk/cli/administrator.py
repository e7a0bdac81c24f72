"""`gumruk administrator USERNAME`: the first administrator of a site, or one more when those there are cannot get in."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help="sign-in name; a person who is there already only gets the right")
    parser.add_argument("--name", default="", help="name as it stands on acts (the sign-in name)")
    parser.add_argument("--email", default="", help="e-mail address")
    parser.add_argument("--language", choices=["tg", "ru", "en"], default="tg", help="language of pages (tg)")


def run(chosen: argparse.Namespace) -> int:
    from django.db import transaction

    from gumruk.exchange.refusals import refusal_sentence
    from gumruk.toolkit import clock
    from gumruk.trust import selectors, services
    from gumruk.trust.types import TrustRefused

    at, secret = clock.now(), ""
    try:
        with transaction.atomic():
            found = selectors.person_named(username=chosen.username, day=clock.law_day(at))
            if found is None:
                user, secret = services.add_person(
                    username=chosen.username, name=chosen.name or chosen.username, email=chosen.email,
                    language=chosen.language, by=None, at=at,
                )  # fmt: skip
            else:
                user = found.id
            services.appoint_first(user_id=user, at=at)
    except TrustRefused as refused:
        print(f"gumruk: {refusal_sentence(refused.code, 'en', refused.values)} ({refused.code})", file=sys.stderr)
        return 2
    if secret:
        print(secret)
        print(
            "This is the first password: it is not shown again, and opens the page where another is chosen.",
            file=sys.stderr,
        )
    print(f"{chosen.username} administers the whole service from now on. It is in the record of acts.", file=sys.stderr)
    return 0
