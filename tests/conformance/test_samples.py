"""Files made elsewhere. `GUMRUK_SAMPLES` names a folder that holds any of: `asycuda/` (ASYCUDA World XML), `wco/` (WCO-DEC
messages), in any depth. Twins that this project wrote always run; docs/reference/conformance.md says what came of which.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from gumruk.exchange import asycuda, formats
from gumruk.exchange.types import MESSAGES, FileRefused
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import read, unknown_keys
from tests.conformance import twins

SAMPLES = os.environ.get("GUMRUK_SAMPLES", "")
SEGMENTS = (
    "Export_release", "Assessment_notice", "Global_taxes", "Property", "Identification", "Traders", "Declarant",
    "General_information", "Transport", "Financial", "Warehouse", "Transit", "Valuation",
)  # fmt: skip


def files(kind: str) -> list[Path]:
    if not SAMPLES:
        pytest.skip("GUMRUK_SAMPLES names no folder: only the twins were read")
    found = sorted(
        path for path in (Path(SAMPLES) / kind).rglob("*") if path.is_file() and path.suffix.lower() == ".xml"
    )
    if not found:
        pytest.skip(f"the folder that GUMRUK_SAMPLES names has nothing in {kind}/")
    return found


def asycuda_twins() -> Iterator[bytes]:
    yield from (twins.asycuda(seed=seed, items=items) for seed, items in ((1, 1), (2, 8), (3, 86), (4, 119)))
    yield twins.asycuda(seed=5, items=3, indent="")
    yield twins.asycuda(seed=6, items=2, indent="\t").replace(b"\n", b"\r\n")


def loses_nothing(data: bytes) -> None:
    """What a file must survive: out again as it was; with a change, everything else as it was; written anew, the same."""
    parsed = formats.parse(data)
    assert parsed.format == "asycuda"
    assert asycuda.write(parsed.content, parsed.residue) == data
    assert not list(unknown_keys(lawbook.form(), parsed.content))
    changed = {**parsed.content, "reference": "CHANGED-1"}
    back = asycuda.write(changed, parsed.residue)
    assert _leaves(back, but="Declarant/Reference/Number") == _leaves(data, but="Declarant/Reference/Number")
    assert asycuda.parse(back).content["reference"] == "CHANGED-1"
    assert asycuda.parse(asycuda.write(parsed.content)).content == parsed.content


def _leaves(data: bytes, *, but: str) -> list[tuple[str, str, str]]:
    """Every leaf in order: path, text, dialect when empty."""
    root = etree.fromstring(data)
    rows = []
    for leaf in root.iter("*"):
        path = "/".join([*[str(one.tag) for one in reversed(list(leaf.iterancestors()))][1:], str(leaf.tag)])
        if leaf.tag != "null" and but not in path and (not len(leaf) or leaf[0].tag == "null"):
            rows.append((path, " ".join("".join(leaf.itertext()).split()), "null" if len(leaf) else ""))
    return rows


@pytest.mark.parametrize("data", list(asycuda_twins()), ids=["1", "8", "86", "119", "flat", "crlf"])
def test_a_twin_of_an_asycuda_file_loses_nothing(data: bytes) -> None:
    loses_nothing(data)


def test_a_twin_of_a_wco_message_becomes_a_declaration() -> None:
    assert formats.parse(twins.wco()).content["reference"] == "DEMO-LRN-1"


def test_asycuda_files_made_elsewhere_lose_nothing() -> None:
    outcomes: Counter[str] = Counter()
    for path in files("asycuda"):
        try:
            loses_nothing(path.read_bytes())
            outcomes["taken"] += 1
        except FileRefused as refused:
            outcomes[refused.code] += 1
    print(f"ASYCUDA World: {dict(outcomes)}")  # noqa: T201 - the figures of docs/reference/conformance.md
    assert outcomes["taken"] > 0
    assert set(outcomes) <= {"taken", *MESSAGES}


def test_wco_messages_made_elsewhere_are_taken_or_refused_in_words() -> None:
    outcomes: Counter[str] = Counter()
    form = lawbook.form()
    for path in files("wco"):
        data = path.read_bytes()
        try:
            parsed = formats.parse(data)
        except FileRefused as refused:
            outcomes[refused.code] += 1
            continue
        outcomes["taken"] += 1
        assert parsed.residue == data
        assert not list(unknown_keys(form, parsed.content))
        outcomes["malformed fields"] += len(read(form, parsed.content).malformed)
        outcomes["values not used"] += len(parsed.unused)
        outcomes["items"] += len(parsed.content["items"])
        taken = etree.fromstring(data).findall(".//{*}GovernmentAgencyGoodsItem")
        assert len(taken) == len(parsed.content["items"])
    print(f"WCO-DEC: {dict(outcomes)}")  # noqa: T201
    assert outcomes["taken"] > 0
