"""Tables whose rows are never changed or removed, held by the database itself on both dialects.

A model says so by subclassing `AppendOnly`. `frozen_when` is an SQL condition on `OLD`; rows for which it is false (drafts)
may still change. Triggers are installed anew after every `migrate`, because SQLite drops them silently when Django rebuilds
a table; PostgreSQL guards TRUNCATE too.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models


class AppendOnly(models.Model):
    """Rows are inserted and then stay as they are."""

    frozen_when = ""

    class Meta:
        abstract = True


def append_only_models() -> list[type[AppendOnly]]:
    """Every append-only model of the project, in table order."""
    found = [m for m in apps.get_models() if issubclass(m, AppendOnly)]
    return sorted(found, key=lambda m: m._meta.db_table)


def trigger_names(model: type[AppendOnly], vendor: str) -> list[str]:
    table = model._meta.db_table
    events = ["update", "delete"] + (["truncate"] if vendor == "postgresql" else [])
    return [f"{table}_no_{event}" for event in events]


def _sqlite(model: type[AppendOnly]) -> list[str]:
    table, when = model._meta.db_table, model.frozen_when
    condition = f"WHEN {when} " if when else ""
    statements = []
    for event in ("update", "delete"):
        statements.append(f'DROP TRIGGER IF EXISTS "{table}_no_{event}"')
        statements.append(
            f'CREATE TRIGGER "{table}_no_{event}" BEFORE {event.upper()} ON "{table}" {condition}'
            f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
        )
    return statements


def _postgresql(model: type[AppendOnly]) -> list[str]:
    table, when = model._meta.db_table, model.frozen_when
    condition = f"WHEN ({when}) " if when else ""
    statements = [
        ("CREATE OR REPLACE FUNCTION jgs_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$")
    ]
    for event in ("update", "delete"):
        statements.append(f'DROP TRIGGER IF EXISTS "{table}_no_{event}" ON "{table}"')
        statements.append(
            f'CREATE TRIGGER "{table}_no_{event}" BEFORE {event.upper()} ON "{table}" '
            f"FOR EACH ROW {condition}EXECUTE FUNCTION jgs_append_only()"
        )
    statements.append(f'DROP TRIGGER IF EXISTS "{table}_no_truncate" ON "{table}"')
    statements.append(
        f'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION jgs_append_only()"
    )
    return statements


def install_triggers(sender: Any = None, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Installs every trigger whose table exists. Connected to `post_migrate`; safe to run again."""
    if sender is not None and sender.label != "core":
        return  # post_migrate fires once an app; after the last table is made any one call is enough
    connection = connections[using]
    build = _postgresql if connection.vendor == "postgresql" else _sqlite
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in append_only_models():
            if model._meta.db_table in tables:
                for statement in build(model):
                    cursor.execute(statement)


def remove_triggers(using: str = DEFAULT_DB_ALIAS) -> None:
    """Lifts every trigger; tests do so around the flush, and the erasure drill of a restored backup."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in append_only_models():
            table = model._meta.db_table
            target = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            for name in trigger_names(model, connection.vendor):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{target}')
