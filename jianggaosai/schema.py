"""The OpenAPI schema, the same whatever database it is made on."""

from __future__ import annotations

from typing import Any

from entries import states as entries
from judging import states as judging


def without_column_ranges(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Drops the ranges of integer columns, which differ between SQLite and PostgreSQL and say nothing to a caller."""
    for schema in result.get("components", {}).get("schemas", {}).values():
        for field in schema.get("properties", {}).values():
            if field.get("type") == "integer":
                field.pop("minimum", None)
                field.pop("maximum", None)
                field.pop("format", None)
    return result


def entry_states() -> list[tuple[str, str]]:
    """The choices of an entry's state, so that the schema can name them."""
    return list(entries.LABELS.items())


def sheet_states() -> list[tuple[str, str]]:
    """The choices of a score sheet's state."""
    return list(judging.SHEET.labels.items())
