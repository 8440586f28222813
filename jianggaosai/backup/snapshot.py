"""One consistent moment to read the database from, while people go on working."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside shows the database as it was at the first read; nobody waits for it.

    PostgreSQL: a REPEATABLE READ, READ ONLY transaction. SQLite: a deferred transaction by hand, because ours begin as
    IMMEDIATE, which would make every voter wait for the backup; in WAL mode a reader holds nobody up.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
