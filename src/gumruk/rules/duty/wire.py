"""An assessment as canonical JSON bytes, both ways: the same assessment gives the same bytes."""

from __future__ import annotations

import msgspec

from gumruk.rules.duty.types import Assessment

_ENCODER = msgspec.json.Encoder(decimal_format="string")
_DECODER = msgspec.json.Decoder(Assessment)


def to_json(assessment: Assessment) -> bytes:
    """Canonical bytes: fields in declared order, amounts as strings, no white space."""
    return _ENCODER.encode(assessment)


def from_json(data: bytes) -> Assessment:
    """The assessment that `to_json` wrote. Raises msgspec.ValidationError on anything else."""
    return _DECODER.decode(data)
