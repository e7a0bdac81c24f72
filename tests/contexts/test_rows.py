"""The rows of one act are written together: all in one statement, at the end of the block, and none after an error."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gumruk.toolkit import outbox, rows
from gumruk.toolkit.models import Delivery, IdempotencyKey, OutboxEvent
from gumruk.toolkit.rows import new_id

from .conftest import NOON

pytestmark = pytest.mark.django_db


def key(name: str) -> IdempotencyKey:
    return IdempotencyKey(client="c", key=name, answer={"said": ["ҷ", None, 1]}, made_at=NOON)


def test_rows_of_several_tables_are_one_statement_and_read_back_as_they_were() -> None:
    kept = key("one")
    with CaptureQueriesContext(connection) as asked, rows.gathered():
        rows.add(kept, key("two"))
        rows.add(Delivery(event=new_id(), listener="x", at=NOON))
        outbox.add("nobody.listens", office="PRV-R01", at=NOON, amount="1.00")
        assert len(asked) == 0
    assert len(asked) == 1
    again = IdempotencyKey.objects.get(key="one")
    assert (again.id, again.answer, again.made_at, again.status) == (kept.id, {"said": ["ҷ", None, 1]}, NOON, None)
    assert OutboxEvent.objects.get().payload == {"amount": "1.00"}
    assert Delivery.objects.count() == 1
    again.status = 200
    again.save()
    kept.status = 201
    kept.save()  # a row that was added counts as stored
    assert IdempotencyKey.objects.get(key="one").status == 201


def test_outside_of_a_block_they_are_written_at_once() -> None:
    rows.add(key("one"))
    assert IdempotencyKey.objects.count() == 1
    rows.add()
    with rows.gathered():
        pass


def test_a_block_inside_a_block_waits_for_the_outer_one() -> None:
    with rows.gathered():
        with rows.gathered():
            rows.add(key("one"))
        assert IdempotencyKey.objects.count() == 0
    assert IdempotencyKey.objects.count() == 1


def test_an_error_leaves_nothing_and_the_next_block_is_clean() -> None:
    with pytest.raises(RuntimeError), rows.gathered():
        rows.add(key("one"))
        raise RuntimeError
    with rows.gathered():
        rows.add(key("two"))
    assert [row.key for row in IdempotencyKey.objects.all()] == ["two"]


def test_what_the_database_refuses_is_refused_with_all_that_came_along() -> None:
    rows.add(key("one"))
    with pytest.raises(IntegrityError), transaction.atomic(), rows.gathered():
        rows.add(Delivery(event=new_id(), listener="x", at=NOON))
        rows.add(key("one"))
    assert Delivery.objects.count() == 0
