"""`gumruk token`: a secret that works, shown once and kept as a hash; the example client of the tutorial runs as written."""

from __future__ import annotations

import argparse
import json
import re
import urllib.request
from pathlib import Path
from typing import Any, Self

import pytest
from django.test import Client

from gumruk.cli import demo, token
from gumruk.declarations.models import Declaration
from gumruk.risk.models import LaneShare
from gumruk.toolkit import clock
from gumruk.trust import selectors as trust
from gumruk.trust.models import ApiToken

ROOT = Path(__file__).parent.parent.parent
NOW = clock.now()


@pytest.fixture
def people(db: None) -> None:
    demo.enter_rates(clock.law_day(NOW), NOW)
    demo.add_people(clock.law_day(NOW), NOW)
    LaneShare.objects.all().delete()  # no lane is drawn by chance


def made(*words: str) -> int:
    parser = argparse.ArgumentParser()
    token.add_arguments(parser)
    return token.run(parser.parse_args(words))


@pytest.mark.parametrize(("more", "label"), [((), "console"), (("--sandbox", "--label", "trial"), "trial")])
def test_the_secret_works_and_only_its_hash_is_kept(
    people: None, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], label: str
) -> None:
    assert made("--as", "broker", *more) == 0
    said = capsys.readouterr()
    secret = said.out.strip()
    assert "not shown again" in said.err
    held = trust.token_holder(secret=secret, at=clock.now())
    assert held is not None
    assert (held[0].username, held[1].sandbox) == ("broker", bool(more))
    row = ApiToken.objects.get()
    assert secret not in row.hash
    assert row.label == label


def test_nobody_gets_no_token(people: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert made("--as", "nobody", "--language", "tg") == 2
    assert capsys.readouterr().err == "gumruk: Шахс бо номи nobody нест.\n"
    assert ApiToken.objects.count() == 0


def test_the_client_of_the_tutorial_files_the_example_as_written(
    people: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made("--as", "broker") == 0
    secret = capsys.readouterr().out.strip()
    [program] = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs/tutorials/api-client.md").read_text("utf-8"), re.DOTALL
    )

    class Answer:
        def __init__(self, body: bytes) -> None:
            self.body = body

        def read(self) -> bytes:
            return self.body

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing to close."""

    def through_django(request: urllib.request.Request) -> Any:
        """The site in this process in place of the network."""
        answer = Client().generic(
            request.get_method(), request.selector, request.data or b"",  # type: ignore[arg-type]
            content_type="application/json", headers=dict(request.header_items()),
        )  # fmt: skip
        assert answer.status_code < 300, answer.content
        return Answer(answer.content)

    monkeypatch.setattr(urllib.request, "urlopen", through_django)
    monkeypatch.setenv("TOKEN", secret)
    monkeypatch.chdir(ROOT)
    exec(compile(program, "api-client.md", "exec"), {"__name__": "__main__"})  # noqa: S102 - our own page
    row = Declaration.objects.get()
    assert row.registration in capsys.readouterr().out
    assert row.reference == json.loads((ROOT / "examples/import.json").read_text("utf-8"))["reference"]
