"""The optional facts of an entry as they are stored, and as plain values for its canonical content."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entries.models import ApplicantProfile, Entry, EntryApplicant, EntryDetails

DETAIL_FIELDS = tuple(one.name for one in EntryDetails._meta.fields if one.name not in ("id", "entry"))
PROFILE_FIELDS = tuple(one.name for one in ApplicantProfile._meta.fields if one.name not in ("id", "applicant"))
FIGURE_FIELDS = ("year", "sales", "profit", "tax", "exports")
TRANSACTION_FIELDS = ("kind", "year", "amount", "partner")
MEMBER_FIELDS = ("name", "role", "degree", "field")
BLOCKS = {"details": "项目补充信息", "profiles": "主体概况", "figures": "近三年数据", "transactions": "专利交易", "members": "团队成员"}
YEARS = 3


def stored_details(entry: Entry) -> dict[str, Any]:
    """What is stored, by block of BLOCKS, as `save_details` takes it; empty facts are left out. Six queries."""
    details = EntryDetails.objects.filter(entry=entry).first()
    profiles = ApplicantProfile.objects.filter(applicant__entry=entry).order_by("applicant_id")
    return {
        "details": facts(details, DETAIL_FIELDS) if details else {},
        "profiles": {one.applicant_id: found for one in profiles if (found := facts(one, PROFILE_FIELDS))},
        "figures": [facts(one, FIGURE_FIELDS) for one in entry.figures.all()],
        "transactions": [facts(one, TRANSACTION_FIELDS) for one in entry.transactions.all()],
        "members": [facts(one, MEMBER_FIELDS) for one in entry.members.all()],
    }


def facts(obj: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of `obj` that say something."""
    return {name: value for name in names if (value := getattr(obj, name)) not in (None, "", [])}


def details_content(entry: Entry, applicants: list[EntryApplicant]) -> dict[str, Any]:
    """The same for the canonical content: amounts in yuan as text, applicants by their place, empty blocks left out."""
    stored = stored_details(entry)
    places = {one.pk: str(place) for place, one in enumerate(applicants, start=1)}
    stored["profiles"] = {places[pk]: found for pk, found in stored["profiles"].items() if pk in places}
    return {name: plain(block) for name, block in stored.items() if block}


def plain(value: Any) -> Any:
    """Text, numbers, lists and mappings only."""
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def figure_years(entry: Entry) -> list[int]:
    """The years asked for: the three before the edition's, the latest first."""
    return [entry.edition.year - back for back in range(1, YEARS + 1)]

