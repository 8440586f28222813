"""The assignments of a round as lists and results count them: a few words each, for there are thousands."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from competitions.models import Round
from core.once import once
from entries.pure.entry_code import entry_code
from judging import states
from judging.models import Assignment, ScoreSheetVersion
from judging.pure.seat import seat_label


class RoundRow(NamedTuple):
    """An assignment that stands or was recused: `code` names the entry, `label` the seat, and `word` is what
    `judging.states.sheet_word` says of it."""

    pk: int
    public_id: str
    entry_id: int
    seat_id: int
    is_present: bool
    code: str
    label: str
    state: str
    word: str


class CountingVersion(NamedTuple):
    """The submitted version of a sheet that counts: its number among the versions, its exact total and its digest."""

    pk: int
    number: int
    total: Decimal
    digest: str


def round_rows(round: Round) -> list[RoundRow]:
    """The rows of the round by seat and entry number, read once a page."""

    def ask() -> list[RoundRow]:
        rows = Assignment.objects.filter(seat__panel__round=round).exclude(state=states.WITHDRAWN)
        fields = rows.values_list(
            *("pk", "public_id", "entry_id", "seat_id", "seat__is_present"),
            *("entry__number", "seat__number", "state", "sheet__state"),
        )
        return [
            RoundRow(pk, public_id, entry, seat, is_there, entry_code(code), seat_label(number), state, states.sheet_word(state, sheet))
            for pk, public_id, entry, seat, is_there, code, number, state, sheet in fields.order_by("seat__number", "entry__number")
        ]

    return once(("assignments", round.pk), ask)


def counting_versions(round: Round) -> dict[int, CountingVersion]:
    """assignment pk → the version that counts: the last one of a locked sheet of an assignment that stands."""

    def ask() -> dict[int, CountingVersion]:
        versions = ScoreSheetVersion.objects.filter(
            sheet__state=states.LOCKED, sheet__assignment__state=states.ASSIGNED, sheet__assignment__seat__panel__round=round
        )
        fields = versions.order_by("number").values_list("sheet__assignment_id", "pk", "number", "total", "digest")
        return {assignment: CountingVersion(pk, number, total, digest) for assignment, pk, number, total, digest in fields}

    return once(("versions", round.pk), ask)
