"""Rows of every table as JSON lines, and back.

A line is the list of a row's values in the order of the model's columns. Values are written in a form that does not depend
on the database, so that an archive of the embedded mode can be restored into PostgreSQL and the other way round.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import BinaryField, Field, JSONField, Model

# Sessions end with a restore. Buckets of the throttle hold addresses for minutes and are worth nothing later.
LEFT_OUT = frozenset({"sessions.session", "core.bucket"})
# What `migrate` writes by itself into an empty database; a restore puts the archive's rows in their place.
MADE_BY_MIGRATE = ("auth.permission", "contenttypes.contenttype")
BATCH = 1000


def kept_models() -> list[type[Model]]:
    """Every model whose table is in a backup, in the order of the tables' names."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    kept = [model for model in found if model._meta.label_lower not in LEFT_OUT]
    return sorted(kept, key=lambda model: model._meta.db_table)


def columns(model: type[Model]) -> list[str]:
    """The columns of a table, as they stand in the manifest and in each line."""
    return [str(field.column) for field in model._meta.concrete_fields]


def lines(model: type[Model]) -> Iterator[bytes]:
    """One JSON line a row, by primary key."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=BATCH):
        values = [_plain(field, value) for field, value in zip(fields, row, strict=True)]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(field: Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, JSONField):
        return value
    if isinstance(field, BinaryField):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value


def insert(model: type[Model], rows: Iterable[bytes]) -> int:
    """Inserts the lines of a table as they are, past `save()`; returns how many. Triggers stay on: they allow inserts."""
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    marks = ", ".join(["%s"] * len(fields))
    names = ", ".join(quote(str(field.column)) for field in fields)
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"
    count = 0
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            values = [[_stored(field, value) for field, value in zip(fields, json.loads(line), strict=True)] for line in batch]
            cursor.executemany(statement, values)
            count += len(batch)
    return count


def _stored(field: Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, BinaryField):
        return field.get_db_prep_save(base64.b64decode(value), connection)
    return field.get_db_prep_save(value if isinstance(field, JSONField) else field.to_python(value), connection)


def _batches(rows: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def clear_made_by_migrate() -> None:
    """Removes what `migrate` wrote, before the archive's rows take the same identifiers."""
    for label in MADE_BY_MIGRATE:
        apps.get_model(label)._base_manager.all().delete()


def tables_in_use() -> list[str]:
    """Tables that hold rows of somebody: a restore wants none."""
    ours = [model for model in kept_models() if model._meta.label_lower not in MADE_BY_MIGRATE]
    return [model._meta.db_table for model in ours if model._base_manager.exists()]


def continue_counting() -> None:
    """Lets PostgreSQL's sequences go on behind the identifiers that were inserted."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)
