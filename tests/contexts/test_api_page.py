"""The API's page of itself, and refusals that the framework would have made in its own form."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gumruk.api.urls import api

pytestmark = pytest.mark.django_db


def page(language: str = "en") -> str:
    answer = Client().get("/api/v1/docs", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_names_every_operation_and_field_and_needs_no_script() -> None:
    seen = page()
    described = api.get_openapi_schema(path_prefix="/api/v1")
    for path, methods in described["paths"].items():
        for method in methods:
            assert f"<code>{method.upper()} {path}</code>" in seen
    for name, said in described["components"]["schemas"].items():
        assert f'id="schema-{name}"' in seen
        for field in said.get("properties", {}):
            assert f"<code>{field}</code>" in seen
    assert "<script" not in seen
    assert "style=" not in seen
    assert "//cdn" not in seen
    assert 'href="/api/v1/openapi.json"' in seen


def test_the_page_shows_how_to_call_and_every_link_in_it_has_its_place() -> None:
    seen = page()
    assert "curl -X POST http://testserver/api/v1/declarations " in seen
    assert "--data-binary @examples/import.json" in seen
    ids = re.findall(r'id="([^"]+)"', seen)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', seen)) <= set(ids)


def test_every_field_is_described() -> None:
    described = api.get_openapi_schema(path_prefix="/api/v1")
    silent = [
        f"{name}.{field}"
        for name, said in described["components"]["schemas"].items()
        for field, one in said.get("properties", {}).items()
        if not one.get("description")
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("language", "title", "problem"),
    [
        ("tg", "Тавсифи API", "Чунин рақами пардохт нест."),
        ("ru", "Описание API", "Такого номера начисления нет."),
        ("en", "Description of the API", "There is no charge with this reference."),
    ],
)
def test_the_page_speaks_the_language_and_says_every_problem_code(language: str, title: str, problem: str) -> None:
    seen = page(language)
    assert f'<h1 class="gm-title">{title}' in seen
    assert problem in seen
    for code in ("charge_unknown", "idempotency_key_reused", "path_unknown", "method_not_allowed"):
        assert f"<code>{code}</code>" in seen


@pytest.mark.parametrize(
    ("language", "words"),
    [("tg", "Дар API нишонаи /api/v1/none нест."), ("ru", "В API нет адреса /api/v1/none."), ("en", "The API has no address /api/v1/none.")],
)  # fmt: skip
def test_an_unknown_address_is_a_problem(language: str, words: str) -> None:
    answer = Client().get("/api/v1/none", headers={"Accept-Language": language})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert (answer.json()["code"], answer.json()["status"]) == ("path_unknown", 404)
    assert answer.json()["detail"].startswith(words)
    assert Client().get("/api/").json()["code"] == "path_unknown"


def test_a_wrong_method_is_a_problem_and_says_what_is_allowed() -> None:
    answer = Client().delete("/api/v1/check", headers={"Accept-Language": "ru"})
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, "application/problem+json", "POST")
    assert answer.json()["code"] == "method_not_allowed"
    assert answer.json()["detail"] == "У адреса /api/v1/check нет метода DELETE. Можно: POST."


def test_pages_outside_the_api_keep_their_own_form() -> None:
    answer = Client().get("/none-of-this")
    assert answer.status_code in (302, 404)
    assert "problem" not in answer.get("Content-Type", "")
