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


PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457). `title` is a sentence in Chinese that says what is wrong and how to mend it.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "errors": {"description": "Bad input: the sentences of each field."},
        "reasons": {
            "type": "array",
            "description": "A blocked step: everything that stands in its way.",
            "items": {
                "type": "object",
                "properties": {"code": {"type": "string"}, "detail": {"type": "string"}, "field": {"type": "string"}},
                "required": ["code", "detail", "field"],
            },
        },
    },
    "required": ["type", "title", "status"],
}
METHODS = ("get", "put", "post", "patch", "delete")


def with_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Adds to every operation how it says no, and to every GET the empty answer to a caller who has it already."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    body = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result.get("paths", {}).values():
        for method in METHODS:
            if method not in operations:
                continue
            answers = operations[method]["responses"]
            if method == "get":
                answers["304"] = {"description": "Unchanged since the ETag in If-None-Match."}
            answers["4XX"] = {"description": "Refused.", "content": body}
    return result


def entry_states() -> list[tuple[str, str]]:
    """The choices of an entry's state, so that the schema can name them."""
    return list(entries.LABELS.items())


def sheet_states() -> list[tuple[str, str]]:
    """The choices of a score sheet's state."""
    return list(judging.SHEET.labels.items())
