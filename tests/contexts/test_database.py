"""The embedded database is made, survives kill -9, and gives the program a role that owns nothing; the schema holds our rules."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest
from django.apps import apps

from gumruk.cli import main
from gumruk.toolkit import postgres
from gumruk.toolkit.environment import current
from gumruk.toolkit.rows import PartRow, RootRow


def test_it_starts_again_after_kill_9_and_keeps_what_was_committed(tmp_path: Path) -> None:
    cluster = postgres.open_cluster(tmp_path / "postgres")
    try:
        with psycopg.connect(cluster.url(postgres.OWNER)) as opened:
            opened.execute("CREATE TABLE kept (number int)")
            opened.execute("INSERT INTO kept VALUES (7)")
        os.kill(int((cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        time.sleep(0.2)
        again = postgres.open_cluster(tmp_path / "postgres")
        assert again.port == cluster.port
        with psycopg.connect(again.url(postgres.PROGRAM)) as opened:
            assert opened.execute("SELECT number FROM kept").fetchall() == [(7,)]
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                opened.execute("DROP TABLE kept")
        with psycopg.connect(again.url(postgres.PROGRAM)) as opened:
            row = opened.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
            assert row == (False, False)
    finally:
        postgres.stop(cluster)
    assert not postgres.is_up(cluster)


def test_every_row_of_an_aggregate_carries_root_office_and_month_and_its_unique_keys_the_month() -> None:
    rows = [model for model in apps.get_models() if issubclass(model, RootRow | PartRow)]
    assert len(rows) > 10
    allowed = {"source_counts_once"}  # a message of the bank counts once in all time, whatever its month
    for model in rows:
        assert {"office", "month"} <= {field.name for field in model._meta.get_fields()}
        for constraint in model._meta.constraints:
            fields = getattr(constraint, "fields", None)
            if fields and constraint.name not in allowed:
                assert "month" in fields, constraint.name


def test_stop_stops_what_runs_and_says_so_when_nothing_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUMRUK_STATE", str(tmp_path))
    current.cache_clear()
    try:
        assert main.main(["stop"]) == 0
        cluster = postgres.open_cluster(tmp_path / "postgres")
        assert main.main(["stop"]) == 0
        assert not postgres.is_up(cluster)
        assert main.main(["stop"]) == 0
    finally:
        current.cache_clear()
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "No embedded database is running here.",
        "The embedded database is stopped.",
        "No embedded database is running here.",
    ]


def test_an_installed_postgresql_is_named_when_it_is_used_and_its_lack_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUMRUK_POSTGRES", str(tmp_path))
    with pytest.raises(postgres.PostgresRefused, match="where there is no initdb"):
        postgres.binaries()
    with pytest.raises(postgres.PostgresRefused, match="apt-get install -y postgresql"):
        postgres.installed(tmp_path)
    for version in ("9.6", "14", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert postgres.installed(tmp_path) == tmp_path / "17" / "bin"
    monkeypatch.setenv("GUMRUK_POSTGRES", str(tmp_path / "15" / "bin"))
    assert postgres.binaries() == tmp_path / "15" / "bin"


@pytest.mark.full
def test_the_programs_of_an_installed_postgresql_are_started_the_same_way_and_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    programs = postgres.installed(Path("/usr/lib/postgresql"))
    monkeypatch.setenv("GUMRUK_POSTGRES", str(programs))
    cluster = postgres.open_cluster(tmp_path / "postgres", durable=False)
    try:
        with psycopg.connect(cluster.url(postgres.PROGRAM)) as opened:
            found = opened.execute("SHOW server_version_num").fetchone()
        assert found is not None
        assert int(found[0]) // 10000 == int(programs.parent.name)
    finally:
        postgres.stop(cluster)
        postgres.forget(tmp_path / "postgres")
    assert f"the database runs on {programs}" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(postgres.PostgresRefused, match="cannot be written"):
        postgres.open_cluster(tmp_path / "file" / "postgres")
