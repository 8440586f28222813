"""The ballots a case of suspected vote rigging concerns: one row a ballot, with what the page of the case shows of it."""

from __future__ import annotations

from django.db.models import QuerySet

from competitions.models import Edition
from core.table_export import Field, Table
from voting.models import VoteCaseBallot

TAG_SHOWN = 8
FIELDS: list[Field[VoteCaseBallot]] = [
    Field("case", "处理标识", 16, lambda one: one.case.public_id),
    Field("verb", "处理", 12, lambda one: one.case.get_verb_display()),
    Field("reason", "原因代码", 10, lambda one: one.case.reason),
    Field("leaf", "账本序号", 12, lambda one: one.ballot.ledger_leaf.index),  # type: ignore[attr-defined]
    Field("entry", "项目编号", 10, lambda one: one.ballot.entry.code),
    Field("cast_at", "投票时间", 20, lambda one: one.ballot.cast_at),
    Field("voter", "选民（前 8 位）", 16, lambda one: one.ballot.voter_tag[:TAG_SHOWN]),
]


def case_ballots_table(edition: Edition, chosen: QuerySet[VoteCaseBallot] | None = None) -> Table[VoteCaseBallot]:
    """The ballots of every case of the edition, or the `chosen` ones alone, by case and place in the ledger."""
    found = VoteCaseBallot.objects.filter(case__edition=edition) if chosen is None else chosen
    rows = found.select_related("case", "ballot__entry", "ballot__ledger_leaf")
    return Table(f"{edition.short_name}异常处理的选票", FIELDS, rows.order_by("case__proposed_at", "case_id", "ballot_id"))
