"""What a file is, is found from its bytes; a name is cleaned; whatever is thrown at the door ends in an answer."""

from __future__ import annotations

import unicodedata
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.documents.files.naming import ENDINGS, LONGEST, clean_name
from gumruk.documents.files.sniffing import recognised
from gumruk.documents.files.types import JPEG, PDF, PNG, TEXT, XLSX, XML, Caution, Found

from .papers_made import jpeg, pdf, png, xlsx

PACKED = b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>\nstream\r\n" + zlib.compress(
    b"<</S/JavaScript/JS(app.alert(1))>>"
) + b"\nendstream\n%%EOF"  # fmt: skip


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pdf("INVOICE"), Found(PDF)),
        (png(), Found(PNG, (), 64)),
        (jpeg(30, 20), Found(JPEG, (), 600)),
        (xlsx(), Found(XLSX)),
        (xlsx("xl/vbaProject.bin"), Found(XLSX, (Caution.SCRIPT,))),
        ("<?xml version='1.0'?><invoice>ҷ</invoice>".encode(), Found(XML)),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", Found(XML, (Caution.SCRIPT,))),
        ("Шартнома № 7\r\nҳамагӣ 12\tқуттӣ".encode(), Found(TEXT)),
        (pdf("x", extra=b"/OpenAction<</S/JavaScript/JS(1)>>"), Found(PDF, (Caution.SCRIPT,))),
        (pdf("x", extra=b"/AA<</O<</S/J#61vaScript>>>>"), Found(PDF, (Caution.SCRIPT,))),
        (PACKED, Found(PDF, (Caution.SCRIPT,))),
        (pdf("x", extra=b"/Names<</EmbeddedFiles 9 0 R>>"), Found(PDF, (Caution.ATTACHMENT,))),
        (pdf("x").replace(b"/Size", b"/Encrypt 9 0 R/Size"), Found(PDF, (Caution.ENCRYPTED,))),
        (pdf("x")[:-40], Found(PDF, (Caution.BROKEN,))),
        (png()[:-4], Found(PNG, (Caution.BROKEN,), 64)),
        (b"II*\x00rest", Found("image/tiff")),
        (b"GIF89a rest", Found("image/gif")),
        (b"MZ\x90\x00", Found("application/x-msdownload")),
        (b"PK\x03\x04 no archive", Found("application/zip")),
        (b"<html><body>x</body></html>", Found("text/html")),
    ],
)
def test_content_says_what_a_file_is(data: bytes, found: Found) -> None:
    assert recognised(data) == found


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02", b"<p>not closed", b"%PDF", b" %PDF-1.4", b"\xff\xd8\xff\xe0", png()[:20], png(0, 5), jpeg(0, 5),
     "Шартнома".encode("cp1251"), b"bell \x07", b"<!DOCTYPE html><p>x", png().replace(b"IHDR\x00\x00\x00\x08", b"IHDR\x00\x00\x00\x09")],
)  # fmt: skip
def test_what_is_nothing_known_is_not_guessed(data: bytes) -> None:
    assert recognised(data) is None


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{layers}]><x>&e11;</x>'.encode()
    assert recognised(bomb) in (Found(XML), None)
    away = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'
    assert recognised(away) == Found(XML)


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", *[make()[:40] for make in (pdf, png, jpeg, xlsx)], b"<?xml ", b"%PDF-1.7 /ObjStm stream\n"]),
)
def test_no_bytes_stop_the_door(data: bytes, start: bytes) -> None:
    found = recognised(start + data)
    assert found is None or found.media_type


@pytest.mark.parametrize(
    ("said", "kind", "kept"),
    [
        ("invoice.pdf", PDF, "invoice.pdf"),
        ("../../etc/passwd", TEXT, "passwd.txt"),
        (r"C:\Docs\Шартнома №7.PDF", PDF, "Шартнома №7.PDF"),
        ("photo.jpeg.exe", JPEG, "photo.jpeg.exe.jpg"),
        ("in\u202efdp.exe", PDF, "infdp.exe.pdf"),
        ('a"b<c>|d;.png', PNG, "a_b_c__d_.png"),
        ("  two\u00a0\u3000words \n.pdf", PDF, "two words.pdf"),
        ("", PDF, "document.pdf"),
        (".pdf", PDF, "pdf.pdf"),
        ("x" * 300 + ".pdf", PDF, "x" * 116 + ".pdf"),
    ],
)
def test_a_hostile_name_is_cleaned(said: str, kind: str, kept: str) -> None:
    assert clean_name(said, kind) == kept


@given(st.text(max_size=300), st.sampled_from(sorted(ENDINGS)))
def test_every_name_is_short_plain_and_ends_as_its_content(said: str, kind: str) -> None:
    name = clean_name(said, kind)
    assert 5 <= len(name) <= LONGEST
    assert name.lower().endswith(ENDINGS[kind])
    assert not set(name) & set('/\\<>:"|?*%;\r\n\x00')
    assert all(unicodedata.category(letter)[0] != "C" for letter in name)
    assert clean_name(name, kind) == name
