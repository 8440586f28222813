"""The rubric an entry is scored with."""

from __future__ import annotations

from competitions.models import Criterion, Round
from core.once import once
from core.rounding import exact_decimal
from entries.models import Entry
from judging.pure import marks


def scored_criteria(round: Round, entry: Entry) -> list[Criterion]:
    """The leaves of the entry's rubric in order, parents loaded: the one of its track, else the one for all tracks.

    Empty when the round has no rubric for the entry.
    """
    rubrics = {rubric.track_id: rubric for rubric in once(("rubrics", round.pk), lambda: list(round.rubrics.all()))}
    rubric = rubrics.get(entry.track_id) or rubrics.get(None)
    if rubric is None:
        return []
    criteria = list(rubric.criteria.select_related("parent").order_by("parent__position", "position", "pk"))
    parents = {criterion.parent_id for criterion in criteria}
    leaves = [criterion for criterion in criteria if criterion.pk not in parents]
    return sorted(leaves, key=_place)


def _place(criterion: Criterion) -> tuple[int, int, int, int]:
    head = criterion.parent or criterion
    return head.position, head.pk, criterion.position, criterion.pk


def as_pure(criteria: list[Criterion]) -> list[marks.Criterion]:
    """The criteria as the arithmetic takes them."""
    return [
        marks.Criterion(
            one.code, one.name, exact_decimal(one.max_score), exact_decimal(one.step), exact_decimal(one.weight)
        )
        for one in criteria
    ]
