"""The planner learns of rows that were written a moment ago."""

from __future__ import annotations

import pytest
from django.db import connection

from core.planner import learn_sizes
from core.throttle.models import Bucket
from tests.factories import moments

pytestmark = pytest.mark.django_db
ROWS = 300


def known_rows() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Bucket._meta.db_table])
        return cursor.fetchone()[0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans without it")
def test_what_was_written_in_this_transaction_is_known() -> None:
    Bucket.objects.bulk_create(Bucket(key=str(number), tokens=1, updated_at=moments.SET_UP) for number in range(ROWS))
    before = known_rows()
    learn_sizes()
    assert before < ROWS == known_rows()


def test_it_may_be_called_on_either_database() -> None:
    learn_sizes()
