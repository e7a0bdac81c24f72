"""The statement that is signed: one spelling, strictly read. The vectors are written for this project."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.trust.signing import canonical, statement
from gumruk.trust.signing.refusing import Reason, SignatureRefused
from gumruk.trust.signing.statement import Link, Named, Payload, Statement

HASH = "0f" * 32
MADE = Statement(
    act="release", role="officer", aud="office:ZZ001", lrn="26ZZBRK0001000123", version=3,
    payload=Payload("application/vnd.customs.decl+json;v=1", HASH, 3363), policy="urn:customs:sigpolicy:1",
    iat=datetime(2026, 11, 22, 4, tzinfo=UTC), nonce="00112233445566778899aabbccddeeff",
    attachments=(Named("ҳуҷҷат.pdf", HASH, 48211),), prev=(Link(HASH, "a1" * 32),), decision="RELEASED",
)  # fmt: skip
# What the other language, whoever writes it, must produce as well.
VECTOR = (
    '{"act":"release","attachments":[{"name":"ҳуҷҷат.pdf","sha256":"' + HASH + '","size":48211}],'
    '"aud":"office:ZZ001","decision":"RELEASED","iat":"2026-11-22T04:00:00Z","lrn":"26ZZBRK0001000123",'
    '"nonce":"00112233445566778899aabbccddeeff","payload":{"mediaType":"application/vnd.customs.decl+json;v=1",'
    '"sha256":"' + HASH + '","size":3363},"policy":"urn:customs:sigpolicy:1",'
    '"prev":[{"signature":"' + "a1" * 32 + '","statement":"' + HASH + '"}],"role":"officer",'
    '"typ":"customs-sig-statement/1","version":3}'
).encode()


def refused(raw: bytes) -> Reason:
    with pytest.raises(SignatureRefused) as caught:
        statement.read(raw)
    return caught.value.code


def test_the_statement_has_these_bytes_and_reads_back() -> None:
    assert MADE.to_bytes() == VECTOR
    assert statement.read(VECTOR) == MADE


@pytest.mark.parametrize(
    ("value", "bytes_"),
    [
        ({"b": 1, "a": [True, False, None]}, b'{"a":[true,false,null],"b":1}'),
        ({"a": '\u20ac$\u000f\nA\'B"\\\\"/'}, '{"a":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()),
        ({"": "empty", "1": 0, "10": 1, "2": 2}, b'{"":"empty","1":0,"10":1,"2":2}'),
        ([2**53 - 1, -(2**53) + 1], b"[9007199254740991,-9007199254740991]"),
        ("\x7f\u2028ӯ😂", '"\x7f\u2028ӯ😂"'.encode()),
        ("\b\t\f\r\x1f", b'"\\b\\t\\f\\r\\u001f"'),
        ([[], {}, [{}]], b"[[],{},[{}]]"),
    ],
)
def test_a_value_has_one_spelling(value: object, bytes_: bytes) -> None:
    assert canonical.bytes_of(value) == bytes_
    assert canonical.value_of(bytes_) == value


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (VECTOR.replace(b'"act":"release"', b'"act":"release","act":"lodge"'), Reason.STATEMENT_KEY_TWICE),
        (VECTOR.replace(b"3363", b"3363.0"), Reason.STATEMENT_NUMBER),
        (VECTOR.replace(b"3363", b"1e3"), Reason.STATEMENT_NUMBER),
        (VECTOR.replace(b"3363", b"NaN"), Reason.STATEMENT_NUMBER),
        (VECTOR.replace(b"3363", b"9007199254740992"), Reason.STATEMENT_NUMBER),
        (VECTOR.replace(b"3363", b"1" * 5000), Reason.STATEMENT_NUMBER),
        (VECTOR.replace(b"3363", b"-0"), Reason.STATEMENT_NOT_CANONICAL),
        (VECTOR.replace(b"3363", b"-1"), Reason.STATEMENT_FIELD),
        (VECTOR.replace(b"3363", b"true"), Reason.STATEMENT_FIELD),
        (VECTOR.replace(b',"aud"', b', "aud"'), Reason.STATEMENT_NOT_CANONICAL),
        (VECTOR.replace(b"release", b"rel\\u0065ase"), Reason.STATEMENT_NOT_CANONICAL),
        (b"\xef\xbb\xbf" + VECTOR, Reason.STATEMENT_NOT_JSON),
        (VECTOR + b"\n", Reason.STATEMENT_NOT_CANONICAL),
        (VECTOR + b"{}", Reason.STATEMENT_NOT_JSON),
        (VECTOR.replace(b"RELEASED", b"\\ud800"), Reason.STATEMENT_NOT_JSON),
        (VECTOR.replace(b"RELEASED", b"\xff"), Reason.STATEMENT_NOT_JSON),
        (VECTOR.replace(b'"act":"release",', b""), Reason.STATEMENT_FIELD),
        (VECTOR.replace(b'"version":3', b'"version":3,"zone":"a"'), Reason.STATEMENT_FIELD),
        (VECTOR.replace(b'"version":3', b'"version":0'), Reason.STATEMENT_FIELD),
        (VECTOR.replace(b'"version":3', b'"version":true'), Reason.STATEMENT_FIELD),
        (VECTOR.replace(b'"version":3', '"version":3,"я":"a"'.encode()), Reason.STATEMENT_FIELD),
        (VECTOR.replace(b"statement/1", b"statement/2"), Reason.STATEMENT_FIELD),
        (VECTOR.replace(b"2026-11-22T", b"2026-13-22T"), Reason.STATEMENT_FIELD),
        (VECTOR.replace(b"0f0f", b"0F0F", 1), Reason.STATEMENT_FIELD),
        (VECTOR.replace("ҳуҷҷат".encode(), b"../a"), Reason.STATEMENT_FIELD),
        (VECTOR.replace(b"office:ZZ001", b"ZZ001"), Reason.STATEMENT_FIELD),
        (b"[" * 60000, Reason.STATEMENT_NOT_JSON),
        (b"[" * 40 + b"]" * 40, Reason.STATEMENT_NOT_JSON),
        (b'"' + b"a" * 70000 + b'"', Reason.STATEMENT_TOO_LARGE),
        (b"", Reason.STATEMENT_NOT_JSON),
        (b"null", Reason.STATEMENT_FIELD),
    ],
)  # fmt: skip
def test_anything_else_is_refused_by_name(raw: bytes, reason: Reason) -> None:
    assert refused(raw) is reason


def test_a_name_may_stand_once_among_the_attachments() -> None:
    one = b'{"name":"a","sha256":"' + HASH.encode() + b'","size":1}'
    listed = VECTOR[: VECTOR.index(b"[{") + 1] + one + b"," + one + VECTOR[VECTOR.index(b'],"aud"') :]
    assert refused(listed) is Reason.STATEMENT_FIELD


def test_a_statement_out_of_shape_is_never_written() -> None:
    with pytest.raises(SignatureRefused):
        Statement(
            act="Release!", role="officer", aud="office:ZZ001", lrn="x", version=1, policy="urn:x:1",
            payload=Payload("a/b", HASH, 1), iat=datetime(2026, 1, 1, tzinfo=UTC), nonce="0" * 32,
        ).to_bytes()  # fmt: skip


whole = st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
text = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(max_codepoint=126))
values = st.recursive(
    st.none() | st.booleans() | whole | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_what_is_written_is_read_as_it_was(value: object) -> None:
    assert canonical.value_of(canonical.bytes_of(value)) == value


@given(values)
def test_another_spelling_is_refused(value: object) -> None:
    other = json.dumps(value, ensure_ascii=True, indent=1).encode()
    if other != canonical.bytes_of(value):
        with pytest.raises(SignatureRefused):
            canonical.value_of(other)


@given(st.integers(0, len(VECTOR) - 1), st.integers(0, 255))
def test_a_changed_byte_is_refused_or_another_statement(place: int, byte: int) -> None:
    changed = VECTOR[:place] + bytes([byte]) + VECTOR[place + 1 :]
    try:
        found = statement.read(changed)
    except SignatureRefused:
        return
    assert found.to_bytes() == changed
    assert (found == MADE) is (changed == VECTOR)


@given(st.binary(max_size=200))
def test_the_reader_knows_refusals_only(raw: bytes) -> None:
    with pytest.raises(SignatureRefused):
        statement.read(raw)
