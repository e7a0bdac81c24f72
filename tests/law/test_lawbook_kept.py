"""Results that were kept come out the same to the last byte, for as long as the engine is the one that made them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gumruk.clearance.replaying import differences
from gumruk.lawbook.snapshot import Snapshot
from gumruk.rules.duty import ENGINE_VERSION, from_json, to_json
from tests.law import keep


@pytest.mark.parametrize("folder", keep.folders(), ids=lambda folder: folder.name)
def test_a_kept_result_is_computed_again_byte_for_byte_or_shown_with_its_differences(folder: Path) -> None:
    known, seen = Snapshot(1, keep.entries(folder)), 0
    for kept in keep.results(folder):
        stored, now = kept["result"].encode(), keep.computed(known, kept)
        old, new = from_json(stored), from_json(now)
        seen += 1
        if folder.name == f"engine-{ENGINE_VERSION}":
            assert now == stored
            assert differences(old, new) == ()
        else:  # a newer engine may say more or otherwise; what was stored stays readable and every change has a name
            assert old.engine != new.engine
            assert old.total == new.total or differences(old, new)
        assert old.change_set == new.change_set == 1
    assert seen == 30


def test_the_engine_of_today_has_a_kept_set() -> None:
    """Raise ENGINE_VERSION and keep a new set: `python -m tests.law.keep`."""
    assert keep.KEPT / f"engine-{ENGINE_VERSION}" in keep.folders()


def test_what_was_kept_is_readable_and_was_written_by_its_engine() -> None:
    for folder in keep.folders():
        for kept in keep.results(folder):
            old = from_json(kept["result"].encode())
            assert f"engine-{old.engine}" == folder.name
            assert old.complete
            if old.engine == ENGINE_VERSION:
                assert to_json(old) == kept["result"].encode()


def test_one_changed_rate_in_the_kept_law_changes_the_bytes_and_is_named() -> None:
    """The comparison can fail: the same declarations under a law with another VAT rate differ line by line."""
    folder = keep.KEPT / f"engine-{ENGINE_VERSION}"
    dearer = [
        keep.standing(keep.replaced(entry, {**entry.body, "rate": "15%"}))
        if entry.body.get("id") == "VAT-2024"
        else entry
        for entry in keep.entries(folder)
    ]
    known = Snapshot(1, dearer)
    changed = 0
    for kept in keep.results(folder):
        found = differences(from_json(kept["result"].encode()), from_json(keep.computed(known, kept)))
        in_time = date(2024, 1, 1) <= date.fromisoformat(kept["day"]) < date(2027, 1, 1)
        assert {one.kind for one in found} == ({"vat"} if in_time else set())
        changed += bool(found)
    assert changed == 15
