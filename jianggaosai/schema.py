"""The OpenAPI schema, the same whatever database it is made on."""

from __future__ import annotations

from typing import Any


def without_column_ranges(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Drops the ranges of integer columns, which differ between SQLite and PostgreSQL and say nothing of a read-only API."""
    for schema in result.get("components", {}).get("schemas", {}).values():
        for field in schema.get("properties", {}).values():
            if field.get("type") == "integer":
                field.pop("minimum", None)
                field.pop("maximum", None)
                field.pop("format", None)
    return result
