"""What the database's planner knows of its tables."""

from __future__ import annotations

from django.db import connection


def learn_sizes() -> None:
    """After many rows were written in one go: PostgreSQL looks at its tables by itself only now and then, and until it has, it takes
    them for as empty as they were. The marks of a round then take it 13 seconds instead of a few milliseconds, each row joined with
    all others. SQLite plans without it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
