"""The API keeps to its own description: whatever is sent, answers are described ones and never a server error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from gumruk.cli.demo import add_people
from gumruk.site.wsgi import application
from gumruk.toolkit import clock
from gumruk.trust import selectors as trust
from gumruk.trust import services as tokens

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
CHECKS = (not_a_server_error, response_schema_conformance, content_type_conformance)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


def asking(token: str) -> dict[str, str]:
    """The headers of a call; its answer comes as it is, for the client in this process unpacks nothing."""
    return {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}


@pytest.fixture
def token(db: None) -> Iterator[str]:
    """A broker's token. Requests come from outside Django's client: they must not close the test's connection."""
    at = clock.now()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    add_people(clock.law_day(at), at)
    person = trust.person_named(username="broker", day=clock.law_day(at))
    assert person is not None
    yield tokens.issue_token(user_id=person.id, label="fuzz", at=at)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=5, deadline=None, suppress_health_check=QUIET, derandomize=True)
def test_every_endpoint_keeps_to_its_description(case: schemathesis.Case, token: str) -> None:
    case.call_and_validate(checks=CHECKS, auth=None, headers=asking(token))


@pytest.mark.full
@schema.parametrize()
@settings(max_examples=30, deadline=None, suppress_health_check=QUIET, derandomize=True)
def test_every_endpoint_keeps_to_its_description_for_long(case: schemathesis.Case, token: str) -> None:
    case.call_and_validate(checks=CHECKS, auth=None, headers=asking(token))
