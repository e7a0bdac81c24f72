"""Settings are typed; an unknown or wrong one is refused by name; the page about them says what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from gumruk.toolkit.environment import Environment, SettingsRefused, read, variable

ROOT = Path(__file__).parent.parent.parent


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(SettingsRefused, match="GUMRUK_PROT"):
        read({"GUMRUK_PROT": "80"})


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUMRUK_PORT", "many")
    with pytest.raises(SettingsRefused, match="GUMRUK_PORT"):
        read({"GUMRUK_PORT": "many"})


@pytest.mark.parametrize("said", ["mysql://somebody@127.0.0.1/gumruk", "postgresql://somebody@127.0.0.1", "gumruk"])
def test_an_address_that_is_not_of_a_postgresql_database_is_refused(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", said)
    with pytest.raises(SettingsRefused, match=r"DATABASE_URL.*postgresql://USER:PASSWORD@HOST:PORT/DATABASE"):
        read({})


def test_every_setting_has_one_name_and_it_is_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [variable(field) for field in Environment.model_fields]
    assert len(names) == len(set(names))
    assert "DATABASE_URL" in names
    for name in names:
        monkeypatch.delenv(name, raising=False)
    assert read(dict.fromkeys(names, "")).port == 8000
    with pytest.raises(SettingsRefused, match="GUMRUK_DATABASE_URL"):
        read({"GUMRUK_DATABASE_URL": "postgresql://u@h/d"})


def test_a_key_is_made_once_and_kept_to_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUMRUK_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("GUMRUK_SECRET_KEY", raising=False)
    settings = read({})
    key = settings.key()
    assert len(key) > 40
    assert settings.key() == key
    assert (tmp_path / "state" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_the_page_about_settings_says_what_the_code_says() -> None:
    place = ROOT / "scripts" / "settings_page.py"
    spec = importlib.util.spec_from_file_location("settings_page", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), "run: make docs"
