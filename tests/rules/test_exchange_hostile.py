"""Hostile and broken files: every reader refuses in words, nothing else ever escapes, nothing outside is touched."""

from __future__ import annotations

import json
import random
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.cli.demo_content import content as demo
from gumruk.exchange import formats, json_files, sheets, xml_door
from gumruk.exchange.limits import PROVED
from gumruk.exchange.sheets.types import FAULTS
from gumruk.exchange.types import MESSAGES, NOTES, FileRefused
from gumruk.law.types import Words
from tests.conformance import twins
from tests.rules.test_exchange_asycuda import DAY


def code_of(data: bytes) -> str:
    """Why a file is refused; "taken" when it is not."""
    try:
        formats.parse(data)
    except FileRefused as refused:
        for language in ("tg", "ru", "en"):
            assert FileRefused.worded(refused.code, language, refused.values)
        return refused.code
    return "taken"


def fields(words: Words) -> list[set[str]]:
    return [
        {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (words.tg, words.ru, words.en)
    ]


@pytest.mark.parametrize("table", [MESSAGES, NOTES, FAULTS], ids=["refusals", "notes", "faults"])
def test_every_sentence_stands_in_three_languages_with_the_same_values(table: dict[str, Words]) -> None:
    for code, words in table.items():
        assert all((words.tg, words.ru, words.en)), code
        assert len({words.tg, words.ru, words.en}) == 3, code
        assert fields(words) == [fields(words)[2]] * 3, code


BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><ASYCUDA>&c;</ASYCUDA>'
)
OUTSIDE = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><ASYCUDA/>'
FILE_ENTITY = b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><ASYCUDA>&f;</ASYCUDA>'
XINCLUDE = (
    b'<ASYCUDA xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd" parse="text"/></ASYCUDA>'
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BILLION_LAUGHS, "hostile_xml"),
        (BILLION_LAUGHS.decode().encode("utf-16"), "hostile_xml"),
        (OUTSIDE, "hostile_xml"),
        (FILE_ENTITY, "hostile_xml"),
        (XINCLUDE, "outside_reference"),
        (b'<?xml-stylesheet href="http://127.0.0.1/x.xsl"?><ASYCUDA/>', "outside_reference"),
        (b"<ASYCUDA><Item><?php system('x') ?></Item></ASYCUDA>", "outside_reference"),
        (b"<ASYCUDA><a>&undeclared;</a></ASYCUDA>", "not_xml"),
        (b"<ASYCUDA>" + b"<a>" * 100 + b"</a>" * 100 + b"</ASYCUDA>", "too_deep"),
        (b"<ASYCUDA>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</ASYCUDA>", "too_deep"),
        (b"<ASYCUDA>" + b"<a/>" * 2_000_001 + b"</ASYCUDA>", "too_many_elements"),
        (b"<ASYCUDA " + b" ".join(b'xmlns:a%d="u"' % n for n in range(3000)) + b"/>", "too_many_elements"),
        (b"<ASYCUDA><a>" + b"x" * 10_000_001 + b"</a></ASYCUDA>", "not_xml"),
        (b"<ASYCUDA>" + b"x" * 30_000_001, "too_large"),
        (b"<ASYCUDA><Item><Free_text_1>a&#x202E;b</Free_text_1></Item></ASYCUDA>", "control_character"),
        ("<ASYCUDA><Item note='\u0085'/></ASYCUDA>".encode(), "control_character"),
        (b"<ASYCUDA><!-- \xe2\x80\xae --></ASYCUDA>", "control_character"),
        (b"<ASYCUDA><a>&#0;</a></ASYCUDA>", "not_xml"),
        (b"<ASYCUDA><a>\x00</a></ASYCUDA>", "not_xml"),
        (b'<ASYCUDA xmlns="urn:other"/>', "wrong_root"),
        (b'<x:ASYCUDA xmlns:x="urn:other"/>', "wrong_root"),
        (b"<ASYCUDA>" + b"<Item/>" * 2000 + b"</ASYCUDA>", "too_many_items"),
        (b"\xff\xfe\x00\x00" + "<ASYCUDA/>".encode("utf-32-le"), "unknown_encoding"),
        (b'<?xml version="1.0" encoding="utf-7"?><ASYCUDA/>', "unknown_encoding"),
        (b'<?xml version="1.0" encoding="nonsense"?><ASYCUDA/>', "unknown_encoding"),
        (b'<?xml version="1.0" encoding="utf-8"?><ASYCUDA>\xd2\xe5\xf1\xf2</ASYCUDA>', "wrong_encoding"),
        ('<?xml version="1.0" encoding="windows-1251"?><ASYCUDA>Тест</ASYCUDA>'.encode(), "encoding_conflict"),
        ('<?xml version="1.0" encoding="windows-1251"?><ASYCUDA/>'.encode("utf-16"), "encoding_conflict"),
        (b'<?xml version="1.0" encoding="utf-16"?><ASYCUDA/>', "encoding_conflict"),
        (b'\xef\xbb\xbf<?xml version="1.0" encoding="windows-1251"?><ASYCUDA/>', "encoding_conflict"),
    ],
)
def test_hostile_xml_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert code_of(data) == code


@pytest.mark.parametrize(
    "data",
    [
        '<?xml version="1.0" encoding="windows-1251"?><ASYCUDA><Item><Free_text_1>Тест</Free_text_1></Item></ASYCUDA>'.encode(
            "cp1251"
        ),
        '<?xml version="1.0" encoding="UTF-16"?><ASYCUDA><Item><Free_text_1>Тест</Free_text_1></Item></ASYCUDA>'.encode(
            "utf-16"
        ),
        '<?xml version="1.0" encoding="UTF-16"?><ASYCUDA><Item><Free_text_1>Тест</Free_text_1></Item></ASYCUDA>'.encode(
            "utf-16-be"
        ),
        "\ufeff<ASYCUDA><Item><Free_text_1>Тест</Free_text_1></Item></ASYCUDA>".encode(),
        "<ASYCUDA><Item><Free_text_1><![CDATA[Тест]]></Free_text_1></Item></ASYCUDA>".encode(),
        "<ASYCUDA xmlns:x='urn:x'><Item><x:Free_text_1>no</x:Free_text_1><Free_text_1>Те<!-- c -->ст</Free_text_1></Item></ASYCUDA>".encode(),
    ],
    ids=["cp1251", "utf-16", "utf-16 without mark", "mark", "cdata", "namespace"],
)
def test_honest_encodings_are_read(data: bytes) -> None:
    assert formats.parse(data).content["items"][0]["additional_information"] == "Тест"


def test_text_comes_in_one_unicode_form() -> None:
    decomposed = "и\u0306"
    data = f"<ASYCUDA><Item><Free_text_1>{decomposed}</Free_text_1></Item></ASYCUDA>".encode()
    assert formats.parse(data).content["items"][0]["additional_information"] == "й"
    assert json_files.checked({"reference": decomposed}) == {"reference": "й"}


def test_the_place_of_a_forbidden_character_is_named() -> None:
    with pytest.raises(FileRefused) as refused:
        formats.parse(b"<ASYCUDA><Item/><Item><Free_text_1>&#x202E;</Free_text_1></Item></ASYCUDA>")
    assert refused.value.values == {"where": "Item[2]/Free_text_1", "character": "U+202E"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a":' * 100_000, "too_deep"),
        (b'{"office": "a", "office": "b"}', "duplicate_key"),
        (b'{"items": [{"price": "1", "price": "2"}]}', "duplicate_key"),
        (b'{"price": ' + b"9" * 100_000 + b"}", "not_text"),
        (b'{"price": 1e999999}', "not_text"),
        (b'{"price": NaN}', "not_text"),
        (b'{"price": true}', "not_text"),
        (b'{"reference": "\\ud800"}', "control_character"),
        (b'{"reference": "a\\u0000b"}', "control_character"),
        (b'{"items": [{"documents": [{"number": "\\u202e"}]}]}', "control_character"),
        (b'{"reference": "\xff"}', "wrong_encoding"),
        (b'{"\\ud800": "x"}', "unknown_field"),
        (b'{"items": [[]]}', "not_text"),
        (b'{"items": [{"documents": [5]}]}', "not_text"),
        (b'{"items": [' + b"{}," * 1999 + b"{}]}", "too_many_items"),
        (b'{"reference": "' + b"x" * 8_000_001, "too_large"),
        (b'{"reference": "a\nb"}', "not_json"),
    ],
)
def test_hostile_json_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_json_goes_in_as_it_is() -> None:
    ours = demo(seed=3, items=2, day=DAY)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert formats.parse(json.dumps(ours, ensure_ascii=False).encode(encoding)).content == ours


@pytest.mark.parametrize(
    "data", [b"<" * 500_000, b"{" * 500_000, b";" * 500_000, b"\n" * 500_000 + b"x", b'"' * 500_001]
)
def test_large_files_of_nothing_are_refused(data: bytes) -> None:
    assert code_of(data) != "taken"


SEEDS = [
    twins.asycuda(seed=1, items=2),
    twins.wco(),
    json.dumps(demo(seed=1, items=2, day=DAY), ensure_ascii=False).encode(),
    "№;Код ТН ВЭД;Вес брутто;Цена\n1;0207120000;10,5;100\n".encode("cp1251"),
    sheets.template("en"),
]  # fmt: skip


@st.composite
def mutated(draw: Any) -> bytes:
    """A good file with bytes changed, cut out, doubled or put in."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311
    for _ in range(draw(st.integers(1, 12))):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randrange(1, 40)]
            case 2:
                data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))
            case _:
                data[at:at] = data[at : at + chance.randrange(1, 200)]
        if not data:
            break
    return bytes(data)


def only_refusals_escape(data: bytes) -> None:
    try:
        parsed = formats.parse(data)
    except FileRefused as refused:
        assert refused.code in MESSAGES
        assert all(isinstance(value, str) and value.isprintable() for value in refused.values.values())
        return
    assert isinstance(parsed.content.get("items", []), list)
    json.dumps(parsed.content).encode()
    if parsed.format == "asycuda":
        from gumruk.exchange import asycuda

        assert asycuda.write(parsed.content, parsed.residue) == data


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | mutated())
def test_whatever_bytes_come_only_a_refusal_escapes(data: bytes) -> None:
    only_refusals_escape(data)


@pytest.mark.full
@settings(max_examples=6000, deadline=None)
@given(mutated() | st.builds(lambda a, b: a[: len(b)] + b, st.sampled_from(SEEDS), st.binary(max_size=300)))
def test_whatever_bytes_come_only_a_refusal_escapes_at_length(data: bytes) -> None:
    only_refusals_escape(data)


@given(st.text(max_size=60))
def test_text_that_passes_the_door_has_no_forbidden_character(text: str) -> None:
    from gumruk.exchange.texts import FORBIDDEN, checked

    try:
        passed = checked(text, "here")
    except FileRefused as refused:
        assert refused.code == "control_character"
    else:
        assert not FORBIDDEN.search(passed)


def test_limits_leave_room_for_the_largest_declaration() -> None:
    one = twins.asycuda(seed=1, items=1, indent="")
    assert one.count(b"<") * PROVED < xml_door.MAX_TAGS
    assert len(one) * PROVED < xml_door.MAX_BYTES
