"""Papers of demonstration declarations: a PDF of one page that says of itself that it is no document."""

from __future__ import annotations

import uuid
from datetime import datetime

from gumruk.declarations import files
from gumruk.documents.files.types import Paper, Upload
from gumruk.rules.form import Content
from gumruk.trust.types import Person


def pdf(*words: str, extra: bytes = b"") -> bytes:
    """A PDF of one page that says `words`, one a line."""
    lines = b" ".join(b"(%s) Tj T*" % word.encode() for word in words)
    content = b"BT /F1 18 Tf 60 760 Td 24 TL " + lines + b" ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R" + extra + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    return made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)


def first_paper(content: Content) -> Paper | None:
    """The document that the first row of box 44 names."""
    return next((paper for paper, _items in files.papers_of(content).values()), None)


def attach(declaration: uuid.UUID, paper: Paper, name: str, by: Person, at: datetime) -> uuid.UUID:
    """A demonstration PDF for one document."""
    data = pdf("DEMO", "This is no document.", f"{paper.kind} {paper.number}".strip(), str(paper.dated or ""))
    return files.attach(declaration=declaration, upload=Upload(name, data, paper), by=by, at=at).id
