"""`gumruk sign`: signs a statement with a key file, and nothing but a statement. The key never leaves this machine."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from gumruk.toolkit import clock

PASSWORD = "GUMRUK_KEY_PASSWORD"  # noqa: S105 - the name of a variable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("statement", type=Path, help="the statement as the service gave it")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE.p12", help="key file (PKCS#12)")
    parser.add_argument("--out", type=Path, help="where to write the signature (STATEMENT with the ending p7s)")
    parser.add_argument("--language", choices=["tg", "ru", "en"], default="en", help="language of the answer")
    parser.epilog = f"The password is asked, or read from {PASSWORD}."


def run(chosen: argparse.Namespace) -> int:
    from gumruk.trust.signing import statement as statements
    from gumruk.trust.signing.keys import open_p12
    from gumruk.trust.signing.refusing import SignatureRefused
    from gumruk.trust.signing.wording import sentence

    try:
        raw, data = chosen.statement.read_bytes(), chosen.key.read_bytes()
    except OSError as failed:
        print(f"gumruk: {failed.filename}: {failed.strerror}", file=sys.stderr)
        return 2
    password = os.environ.get(PASSWORD)
    try:
        said = statements.read(raw)
        key = open_p12(data, password if password is not None else getpass.getpass(f"{chosen.key}: "))
        made = key.sign(raw, at=clock.now(), approval=said.role != "broker")
    except SignatureRefused as refused:
        print(f"gumruk: {sentence(refused.code, refused.values, chosen.language)}", file=sys.stderr)
        return 1
    out: Path = chosen.out or chosen.statement.with_suffix(".p7s")
    out.write_bytes(made)
    print(f"{said.act} ({said.role}) {said.lrn} {said.version} -> {out}")
    return 0
