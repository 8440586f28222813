"""An entry as an examiner returned it."""

from __future__ import annotations

from datetime import timedelta

from entries import states
from entries.models import Entry, FieldComment, FormalityReview
from tests.cast import Cast
from tests.factories import moments
from tests.factories.entries import FormalityReviewFactory


def return_entry_with(entry: Entry, cast: Cast, *fields: str) -> FormalityReview:
    """Sets `entry` returned with a comment on each of `fields`; three days are left from DURING_FORMALITY."""
    review = FormalityReviewFactory(
        entry=entry,
        examiner=cast.examiner,
        decision=FormalityReview.Decision.RETURN,
        decided_at=moments.DURING_FORMALITY,
        due_at=moments.DURING_FORMALITY + timedelta(days=3),
    )
    for field in fields:
        FieldComment.objects.create(review=review, field=field, message=f"请核对 {field}。")
    Entry.objects.filter(pk=entry.pk).update(state=states.RETURNED)
    entry.refresh_from_db()
    return review
