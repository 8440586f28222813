"""The optional facts of an entry in words, for whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.figures import wan
from entries.models import ApplicantProfile, Attachment, Entry, EntryApplicant, EntryDetails, Transaction
from entries.models.details import EMERGING_CLASSES
from entries.queries.details import stored_details

WORDS: Mapping[str, Mapping[Any, Any]] = {
    "layout_work": dict(EntryDetails.LayoutWork.choices),
    "need_kinds": dict(EntryDetails.Need.choices),
    "titles": dict(ApplicantProfile.Title.choices),
    "kind": dict(Transaction.Kind.choices),
    "emerging_class": dict(EMERGING_CLASSES),
}
FIGURES = {"sales": "销售额", "profit": "利润", "tax": "纳税", "exports": "出口"}


@dataclass(frozen=True, slots=True)
class Row:
    """A field with its value in words. `name` is what a comment calls it, empty when nobody can comment on it."""

    name: str
    label: str
    value: str
    is_mono: bool = False
    file: Attachment | None = None


def detail_rows(entry: Entry, applicants: list[EntryApplicant]) -> dict[str, list[Row]]:
    """By block of BLOCKS the facts that were given; blocks without any are left out."""
    stored = stored_details(entry)
    names = {one.pk: one.organisation.name for one in applicants}
    found = {
        "profiles": [
            Row("", f"{names[pk]}：{_label(ApplicantProfile, name)}", _words(name, value))
            for pk, facts in stored["profiles"].items()
            if pk in names
            for name, value in facts.items()
        ],
        "details": [Row("", _label(EntryDetails, name), _words(name, value)) for name, value in stored["details"].items()],
        "figures": [
            Row("", f"{one['year']} 年", "，".join(f"{FIGURES[name]} {wan(value)}" for name, value in one.items() if name in FIGURES))
            for one in stored["figures"]
        ],
        "transactions": [Row("", _words("kind", one["kind"]), _line(one, "year", "amount", "partner")) for one in stored["transactions"]],
        "members": [Row("", one["name"], _line(one, "role", "degree", "field")) for one in stored["members"]],
    }
    return {name: rows for name, rows in found.items() if rows}


def _line(facts: dict[str, Any], *names: str) -> str:
    return "，".join(_words(name, facts[name]) for name in names if name in facts) or "—"


def _label(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name).removesuffix("（元）")


def _words(name: str, value: Any) -> str:
    if isinstance(value, Decimal):
        return wan(value)
    if isinstance(value, list):
        return "、".join(str(WORDS.get(name, {}).get(one, one)) for one in value)
    return str(WORDS.get(name, {}).get(value, value))
