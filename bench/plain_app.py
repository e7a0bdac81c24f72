"""The peer of `bench.load`: bare Django and django-ninja that take ten items and write the rows that a lodging writes.

No sign-in, no rules, no payments, no states: a schema, one transaction, one `bulk_create` a table. The rows come from a
real lodging (the file that PLAIN_ROWS names) and get new keys on each request.
"""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.plain_settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()  # first: the rows of the site are models, and need their registry

from django.apps import apps
from django.db import connection, models, transaction
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI, Schema

from gumruk.toolkit.rows import new_id

api = NinjaAPI(title="plain")

_JOB = """
SELECT procrastinate_defer_jobs_v1(
  ARRAY[ROW('default', 'outbox.deliver', 0, NULL, NULL, %s::jsonb, NULL)::procrastinate_job_to_defer_v1])
"""


class Part(Schema):
    """A package or a document of an item."""

    kind: str
    number: str = ""
    count: str = ""
    date: str = ""


class Item(Schema):
    """One goods item."""

    item_number: str
    description: str
    goods_code: str
    item_origin_country: str
    gross_mass: str
    net_mass: str
    price: str
    procedure: str
    packages: list[Part] = []
    documents: list[Part] = []


class Said(Schema):
    """What is posted."""

    office: str
    reference: str
    consignee_name: str
    items: list[Item]


_ROWS: list[tuple[type[models.Model], list[dict[str, Any]]]] = []


def rows() -> list[tuple[type[models.Model], list[dict[str, Any]]]]:
    """The rows of one lodging, read once."""
    if not _ROWS:
        for label, found in json.loads(Path(os.environ["PLAIN_ROWS"]).read_text(encoding="utf-8")):
            model = apps.get_model(label)
            fields = {field.attname: field for field in model._meta.concrete_fields}
            _ROWS.append(
                (model, [{name: fields[name].to_python(value) for name, value in row.items()} for row in found])
            )
    return _ROWS


def made(model: type[models.Model], row: dict[str, Any], root: uuid.UUID, office: str) -> models.Model:
    """The row under new keys."""
    fresh = dict(row)
    for name, value in (("id", new_id()), ("root", root), ("office", office)):
        if name in fresh:
            fresh[name] = value
    for constraint in model._meta.constraints:
        for name in getattr(constraint, "fields", ()):
            if name in ("reference", "source", "holder") or (name == "number" and isinstance(row[name], str)):
                fresh[name] = f"{str(row[name])[:7]}{root.hex}"
            elif name == "registration_number":
                fresh[name] = root.int % 2_000_000_000
    if model._meta.label == "declarations.Declaration":
        fresh["id"] = root
    return model(**fresh)


@api.post("/lodge")
def lodge(request: HttpRequest, said: Said) -> dict[str, object]:
    """Write the rows."""
    root = new_id()
    with transaction.atomic():
        for model, found in rows():
            model.objects.bulk_create([made(model, row, root, said.office) for row in found])  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            cursor.execute(_JOB, [json.dumps({"event": str(root), "request": ""})])
    return {"id": str(root), "items": len(said.items), "reference": said.reference}


urlpatterns: list[URLPattern | URLResolver] = [path("api/", api.urls)]
