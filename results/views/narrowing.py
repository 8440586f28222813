"""The filters of the pages a list is exported from: the file holds what the page shows, in its order.

A page passes its own address on (templates/components/export.html); what a list does not know is ignored, as on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from competitions.models import Edition
from core.outbox.kinds import KINDS
from core.outbox.listing import messages_of
from core.outbox.models import Message
from core.table_export import Table
from entries.forms.formality import EntryFilterForm
from entries.queries.entry_list import examiner_loads, listed_entries, narrowed, ordered
from entries.queries.organisations import VIEWS, listed_organisations, narrowed_organisations
from results.exports.lists import ExportList
from results.models import Objection
from results.states import OBJECTION
from voting.models import VoteCaseBallot
from voting.queries.case_list import CASE_STATES, cases_of

Narrow = Callable[[QueryDict, Edition, datetime], QuerySet[Any] | None]
ENTRY_FILTERS = ("q", "state", "group", "district", "industry", "examiner", "overdue", "bucket")


def narrowed_table(one: ExportList, query: QueryDict, edition: Edition, at: datetime) -> tuple[Table[Any], bool]:
    """The list as the page with this `query` shows it, and whether that is less than the whole; its title says so."""
    rows = NARROW[one.key](query, edition, at) if one.key in NARROW else None
    if rows is None:
        return one.build(edition), False
    table = one.build(edition, rows)
    return replace(table, title=f"{table.title}（按筛选）"), True


def _entries(query: QueryDict, edition: Edition, at: datetime) -> QuerySet[Any] | None:
    values = EntryFilterForm(query, edition=edition, loads=examiner_loads(edition), sort="number").values()
    if not any(values.get(name) for name in ENTRY_FILTERS):
        return None
    if values.get("overdue"):
        values["overdue"] = at
    return ordered(narrowed(listed_entries(edition), values), values["sort"])


def _organisations(query: QueryDict, edition: Edition, at: datetime) -> QuerySet[Any] | None:
    view, words = query.get("view", ""), query.get("q", "")[:60]
    return narrowed_organisations(listed_organisations(edition), view, words) if view in VIEWS else None


def _objections(query: QueryDict, edition: Edition, at: datetime) -> QuerySet[Any] | None:
    state = query.get("state", "")
    return Objection.objects.filter(edition=edition, state=state) if state in OBJECTION.labels else None


def _messages(query: QueryDict, edition: Edition, at: datetime) -> QuerySet[Any] | None:
    known = {"state": Message.State.values, "kind": KINDS, "channel": Message.Channel.values}
    wanted = {name: value for name, values in known.items() if (value := query.get(name, "")) in values}
    wanted["q"] = query.get("q", "").strip()[:254]
    return messages_of(edition.slug, **wanted) if any(wanted.values()) else None


def _cases(query: QueryDict, edition: Edition, at: datetime) -> QuerySet[Any] | None:
    state = query.get("state", "")
    return cases_of(edition, state) if state in CASE_STATES else None


def _case_ballots(query: QueryDict, edition: Edition, at: datetime) -> QuerySet[Any] | None:
    return VoteCaseBallot.objects.filter(case__edition=edition, case__public_id=query["case"]) if "case" in query else None


NARROW: dict[str, Narrow] = {
    "entries": _entries,
    "organisations": _organisations,
    "cases": _cases,
    "case-ballots": _case_ballots,
    "objections": _objections,
    "messages": _messages,
}
