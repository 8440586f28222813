"""Rounds that have been scored, ready to be computed, and results on every step of their way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from competitions.models import Edition, Group, Round
from core.canonical import canonical_json
from entries.models import Entry
from judging.models import PanelSeat
from judging.states import RECUSED
from results.actions.approval import approve_result
from results.actions.certificate import issue_certificates
from results.actions.computation import compute_round
from results.actions.publication import publish_result
from results.models import Certificate, NoticeClosing, PublicitySettings, RoundResult
from tests.cast import Cast
from tests.factories import moments
from tests.factories.entries import build_accepted_entry
from tests.factories.judging import AssignmentFactory, PanelFactory, PanelSeatFactory, lock_sheet_at
from voting.models import LedgerLeaf

Totals = Sequence[str | None]
AFTER_PRELIMINARY = moments.PRELIMINARY_CLOSES + timedelta(hours=1)
AFTER_FINAL = moments.FINAL_CLOSES + timedelta(hours=1)
PRELIMINARY = {
    1: ("startup", ("90", "88", "86")),
    2: ("startup", ("80", "82", "84")),
    3: ("startup", ("70", "72", "74")),
    11: ("growth", ("91", "89", "87")),
    12: ("growth", ("81", "83", "85")),
}
VOTES = {"001": 500, "002": 1000, "003": 0, "011": 300, "012": 600}
FINAL = {
    1: ("88.5", "91", "86.5", "90", "92.5"),
    2: ("90", "90", "90", "90", "90"),
    3: ("70", "71", "72", "73", "74"),
    11: ("89", "89", "89", "70", "95"),
    12: ("80", "81", "82", "83", "84"),
}


def seat_panel(round: Round, count: int) -> list[PanelSeat]:
    panel = PanelFactory(round=round, name=f"{round.name}评审组")
    return [PanelSeatFactory(panel=panel, number=number) for number in range(1, count + 1)]


def mark_entry(seats: Sequence[PanelSeat], entry: Entry, totals: Totals) -> None:
    """One sheet a seat with this total over the criteria A (60) and B (40); None is a recusal."""
    for seat, total in zip(seats, totals, strict=True):
        if total is None:
            AssignmentFactory(seat=seat, entry=entry, state=RECUSED, reason="亲属关系")
            continue
        first = min(Decimal(total), Decimal(60))
        lock_sheet_at(AssignmentFactory(seat=seat, entry=entry), {"A": str(first), "B": str(Decimal(total) - first)})


def finalise_votes(edition: Edition, tally: Mapping[str, int]) -> LedgerLeaf:
    body = canonical_json({"approved": 2, "at": "2026-10-01T00:00Z", "t": "final", "tally": dict(tally), "v": 1})
    return LedgerLeaf.objects.create(edition=edition, index=0, kind="final", body=body.decode(), leaf_hash="0" * 64)


def build_preliminary(
    edition: Edition, marks: Mapping[int, tuple[str, Totals]] = PRELIMINARY, votes: Mapping[str, int] | None = VOTES
) -> Round:
    """The scored preliminary: `marks` maps entry numbers to their group and the judges' totals."""
    round_ = edition.rounds.select_related("stage", "edition").get(kind="preliminary")
    seats = seat_panel(round_, max(len(totals) for _, totals in marks.values()))
    for number, (code, totals) in marks.items():
        group = Group.objects.get(track__edition=edition, code=code)
        mark_entry(seats, build_accepted_entry(edition, number, group=group), totals)
    if votes is not None:
        finalise_votes(edition, votes)
    return round_


def approve_and_publish(result: RoundResult, cast: Cast, at: datetime) -> RoundResult:
    confirmed = {"judge_totals_confirmed_at": at, "judge_totals_confirmed_by": cast.organiser}
    PublicitySettings.objects.get_or_create(edition=result.round.edition, defaults=confirmed)
    approve_result(result=result, actor=cast.organiser, at=at)
    approve_result(result=result, note="已核对。", actor=cast.organiser2, at=at)
    return publish_result(result=result, actor=cast.organiser, at=at)


def publish_preliminary(cast: Cast, **changes: object) -> RoundResult:
    """The preliminary scored, computed and published; the final's panel has five seats before."""
    round_ = build_preliminary(cast.edition, **changes)
    seat_panel(cast.edition.rounds.get(kind="final"), 5)
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    return approve_and_publish(result, cast, AFTER_PRELIMINARY)


def score_final(edition: Edition, marks: Mapping[int, Totals] = FINAL) -> Round:
    """Locks the sheets of the finalists who were invited."""
    round_ = edition.rounds.select_related("stage", "edition").get(kind="final")
    for seat in PanelSeat.objects.filter(panel__round=round_):
        for assignment in seat.assignments.select_related("entry"):
            total = marks[assignment.entry.number][seat.number - 1]
            if total is None:
                assignment.state, assignment.reason = RECUSED, "亲属关系"
                assignment.save()
                continue
            first = min(Decimal(total), Decimal(60))
            lock_sheet_at(assignment, {"A": str(first), "B": str(Decimal(total) - first)})
    return round_


def publish_final(cast: Cast, marks: Mapping[int, Totals] = FINAL) -> RoundResult:
    """Both rounds scored, computed and published."""
    publish_preliminary(cast)
    result = compute_round(round=score_final(cast.edition, marks), actor=cast.organiser, at=AFTER_FINAL)
    return approve_and_publish(result, cast, AFTER_FINAL)


def end_notice(result: RoundResult, cast: Cast, at: datetime = AFTER_FINAL) -> RoundResult:
    """The notice of a published result is over and closed, whatever the time."""
    NoticeClosing.objects.create(notice=result.notices.get(), by=cast.organiser, at=at)
    return result


def certify(result: RoundResult, cast: Cast, at: datetime = AFTER_FINAL) -> list[Certificate]:
    """The certificates of a result whose notice is over."""
    return issue_certificates(result=end_notice(result, cast, at), actor=cast.organiser, at=at)
