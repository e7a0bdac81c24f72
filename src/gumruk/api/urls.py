"""The API and its addresses."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from gumruk.api import control, declarations, files, lists
from gumruk.api.access import Token
from gumruk.api.pages import reference
from gumruk.api.problems import answer_refusals

PROBLEM = "#/components/schemas/Problem"


class Interface(NinjaAPI):
    """The API; its description says under which media type problems come (RFC 9457)."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        described = super().get_openapi_schema(**given)
        for operations in described["paths"].values():
            for operation in operations.values():
                for answer in operation["responses"].values():
                    _name_problems(answer.get("content", {}))
        return described


def _name_problems(content: dict[str, Any]) -> None:
    said = content.get("application/json", {}).get("schema", {})
    if said == {"$ref": PROBLEM}:
        content["application/problem+json"] = content.pop("application/json")
    elif any(one.get("$ref") == PROBLEM for one in said.get("anyOf", ())):
        content["application/problem+json"] = {"schema": {"$ref": PROBLEM}}


api = Interface(
    title="Gumruk", version="1", auth=Token(), docs_url=None, description="Open interface of the customs platform."
)
answer_refusals(api)
for router in (declarations.router, files.router, control.router, lists.router):
    api.add_router("", router)

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/docs", reference(api), name="api-reference"),
    path("v1/", api.urls),
]
