"""Settings are typed; an unknown or wrong one is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from gumruk.toolkit.environment import SettingsRefused, read


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(SettingsRefused, match="GUMRUK_PROT"):
        read({"GUMRUK_PROT": "80"})


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUMRUK_PORT", "many")
    with pytest.raises(SettingsRefused, match="GUMRUK_PORT"):
        read({"GUMRUK_PORT": "many"})


def test_a_key_is_made_once_and_kept_to_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUMRUK_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("GUMRUK_SECRET_KEY", raising=False)
    settings = read({})
    key = settings.key()
    assert len(key) > 40
    assert settings.key() == key
    assert (tmp_path / "state" / "secret.key").stat().st_mode & 0o777 == 0o600
