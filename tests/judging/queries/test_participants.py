"""Who takes part in a later round."""

from judging.actions.assignment import withdraw_assignment
from judging.queries.participants import participants
from tests.cast import Cast
from tests.factories import moments
from tests.factories.finals import build_final


def test_a_finalist_stays_when_one_judge_is_taken_off(cast: Cast) -> None:
    final = build_final(cast.edition, judges=2, entries=2)
    withdraw_assignment(assignment=final.assignment(0, 0), reason="换人", actor=cast.organiser, at=moments.DURING_FINAL)
    assert list(participants(final.round)) == final.entries


def test_a_finalist_nobody_judges_any_more_is_out(cast: Cast) -> None:
    final = build_final(cast.edition, judges=2, entries=2)
    for seat in (0, 1):
        withdraw_assignment(assignment=final.assignment(seat, 0), reason="换人", actor=cast.organiser, at=moments.DURING_FINAL)
    assert list(participants(final.round)) == final.entries[1:]
