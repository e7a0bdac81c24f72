"""The only way an XML file comes in: size, encoding, no DTD, no entities, no references outside, limited depth.

What is refused is refused before a tree is built wherever that is possible. Nothing is ever loaded from outside.
"""

from __future__ import annotations

import codecs
import re

from lxml import etree

from gumruk.exchange.texts import FORBIDDEN, printable
from gumruk.exchange.types import FileRefused

Element = etree._Element  # noqa: SLF001 - lxml calls its element type so

MAX_BYTES = 30_000_000
MAX_DEPTH = 40
MAX_TAGS = 2_000_000  # opening and closing; 1,999 full ASYCUDA items have 1.3 million
MAX_NAMESPACES = 2_000

_DECLARED = re.compile(r"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]{0,300}?\?>")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings that are taken, as Python names them, and those of one byte a letter, where a wrong name would be silent.
_ONE_BYTE = {"cp1251", "cp1252", "iso8859-1", "iso8859-5", "koi8-r"}
_TAKEN = {"utf-8", "ascii", "utf-16", "utf-16-le", "utf-16-be", *_ONE_BYTE}
_XINCLUDE = "{http://www.w3.org/2001/XInclude}"


def root_of(data: bytes) -> etree._Element:
    """The root element of a file that may be read. Raises FileRefused."""
    if len(data) > MAX_BYTES:
        raise FileRefused("too_large", limit=f"{MAX_BYTES // 1_000_000} MB")
    text = decoded(data)
    _look_before(text)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=False,
        remove_pis=False,
        strip_cdata=False,
    )
    try:
        root = etree.fromstring(_DECLARATION.sub("", text, count=1).encode(), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as wrong:
        if "depth" in str(wrong):
            raise FileRefused("too_deep", limit=str(MAX_DEPTH)) from wrong
        raise FileRefused("not_xml", detail=printable(" ".join(str(wrong).split()), 160)) from wrong
    _look_after(root)
    return root


def decoded(data: bytes) -> str:
    """The text of XML bytes by their byte order mark or declaration. Raises FileRefused when they lie."""
    mark, encoding = next(((bom, name) for bom, name in _MARKS if data.startswith(bom)), (b"", None))
    if encoding == "":
        raise FileRefused("unknown_encoding", encoding="UTF-32")
    body = data[len(mark) :]
    if encoding is None and body[:4] in (b"<\x00?\x00", b"\x00<\x00?"):
        encoding = "utf-16-le" if body[:1] == b"<" else "utf-16-be"
    head = body[:400].decode(encoding or "latin-1", "ignore")
    declared = _DECLARED.match(head.lstrip())
    said = _known(declared.group(1)) if declared else "utf-8"
    real = encoding or said
    if encoding is not None and declared and not _same(said, encoding):
        raise FileRefused("encoding_conflict", encoding=said, real=encoding)
    if encoding is None and said.startswith("utf-16"):
        raise FileRefused("encoding_conflict", encoding=said, real="one byte a letter")
    try:
        text = body.decode(real)
    except UnicodeDecodeError as wrong:
        raise FileRefused("wrong_encoding", encoding=real, at=str(wrong.start + len(mark))) from wrong
    if real in _ONE_BYTE and not body.isascii() and _is_utf8(body):
        raise FileRefused("encoding_conflict", encoding=real, real="utf-8")
    return text


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except LookupError as wrong:
        raise FileRefused("unknown_encoding", encoding=name) from wrong
    if found not in _TAKEN:
        raise FileRefused("unknown_encoding", encoding=name)
    return found


def _same(said: str, real: str) -> bool:
    return said == real or (said == "utf-16" and real.startswith("utf-16")) or (said == "ascii" and real == "utf-8")


def _is_utf8(body: bytes) -> bool:
    """A text in a one-byte encoding with letters beyond ASCII is practically never valid UTF-8 by chance."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _look_before(text: str) -> None:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise FileRefused("hostile_xml")
    if text.count("<") > MAX_TAGS or text.count("xmlns") > MAX_NAMESPACES:
        raise FileRefused("too_many_elements", limit=str(MAX_TAGS // 2))


def _look_after(root: etree._Element) -> None:
    tree = root.getroottree()
    around = (*root.itersiblings(etree.PI, preceding=True), *root.itersiblings(etree.PI), *root.iter(etree.PI))
    for node in around:
        raise FileRefused("outside_reference", where=printable(f"<?{(node.text or '')[:40]}?>"))
    for element in root.iter(f"{_XINCLUDE}*"):
        raise FileRefused("outside_reference", where=printable(place_of(element)))
    if next(root.iter(etree.Entity), None) is not None:
        raise FileRefused("hostile_xml")
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise FileRefused("too_deep", limit=str(MAX_DEPTH))
    if FORBIDDEN.search(etree.tostring(tree, encoding="unicode")):
        _name_forbidden(root)


def _name_forbidden(root: etree._Element) -> None:
    """Refuse, naming the element that holds the character."""
    for node in root.iter():
        attributes = (
            [*map(str, node.attrib.keys()), *map(str, node.attrib.values())] if isinstance(node.tag, str) else []
        )
        for text in (node.text, node.tail, *attributes):
            found = FORBIDDEN.search(text or "")
            if found:
                where = place_of(node) if isinstance(node.tag, str) else "<!-- -->"
                raise FileRefused("control_character", where=printable(where), character=f"U+{ord(found.group()):04X}")
    raise FileRefused("control_character", where="<!-- -->", character="?")


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def place_of(element: etree._Element) -> str:
    """A readable path such as `Item[2]/Tarification/HScode`; the root is left out, items are counted from 1."""
    parts: list[str] = []
    node: etree._Element | None = element
    while node is not None and (parent := node.getparent()) is not None:
        name = local(node)
        same = [child for child in parent if isinstance(child.tag, str) and child.tag == node.tag]
        parts.append(f"{name}[{same.index(node) + 1}]" if len(same) > 1 else name)
        node = parent
    return "/".join(reversed(parts)) or local(element)


def own_text(element: etree._Element) -> str:
    """The text of a leaf, with comments inside it left out, as one line in NFC-ready form."""
    parts = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join("".join(parts).split())
