"""Scoring tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.actions.confirmation import confirm_changed
from competitions.errors import RubricInvalid
from competitions.models import Criterion, Round, Rubric, Track
from competitions.pure.rubric import CriterionRow, full_mark, rubric_faults, sum_faults
from competitions.queries.freeze import require_round_unopened
from competitions.queries.locks import lock_round
from core.audit import journal


@transaction.atomic
def save_rubric(
    *, round: Round, rows: Sequence[CriterionRow], name: str, track: Track | None = None, actor: User, at: datetime
) -> Rubric:
    """Replaces the rubric of a round (of one track, when `track` is given).

    Refuses once the round's stage has opened (judges may have sheets from then on), rows that do not fit together and,
    when the edition is public, a sum other than 100.
    """
    locked = lock_round(round)
    require_round_unopened(locked, what="评分标准", at=at)
    faults = rubric_faults(rows) or (sum_faults(rows) if locked.edition.is_published else [])
    if faults:
        raise RubricInvalid(faults="".join(faults))
    rubric, _ = Rubric.objects.update_or_create(round=locked, track=track, defaults={"name": name.strip()})
    rubric.criteria.all().delete()
    write_criteria(rubric, rows)
    journal.record(
        verb="competitions.rubric.saved", obj=rubric, actor=actor, at=at, edition=locked.edition.slug,
        after={"name": rubric.name, "rows": [[row.code, row.name, row.max_score] for row in rows], "full": full_mark(rows)},
    )  # fmt: skip
    confirm_changed(edition=locked.edition, keys=[f"{locked.kind}_rubric"], actor=actor, at=at)
    return rubric


def write_criteria(rubric: Rubric, rows: Sequence[CriterionRow]) -> None:
    """Writes the rows of a rubric that has none; first-level rows come before those that name them as parent."""
    made: dict[str, Criterion] = {}
    for position, row in sorted(enumerate(rows, start=1), key=lambda pair: bool(pair[1].parent)):
        made[row.code] = Criterion.objects.create(
            rubric=rubric,
            parent=made.get(row.parent),
            code=row.code,
            name=row.name,
            guidance=row.guidance,
            bands=row.bands,
            max_score=row.max_score,
            step=row.step,
            weight=row.weight,
            position=position,
        )
