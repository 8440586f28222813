"""Who may open which page of the formality examiner and of the organiser (law 8)."""

from __future__ import annotations

from django.urls import reverse

from entries import states
from tests.cast import Cast
from tests.entries.dossiers import build_submitted_entry
from tests.factories import moments
from tests.factories.entries import FormalityReviewFactory, build_accepted_entry

ORGANISERS = frozenset({"organiser", "organiser2"})
EXAMINERS = ORGANISERS | {"examiner"}
OVERSEERS = EXAMINERS | {"auditor"}

AUDIENCE: dict[str, frozenset[str]] = {
    "entries:formality-queue": EXAMINERS,
    "entries:formality-review": EXAMINERS,
    "POST entries:formality-pick-up": EXAMINERS,
    "POST entries:formality-release": EXAMINERS,
    "POST entries:formality-comment": EXAMINERS,
    "POST entries:formality-comment-drop": EXAMINERS,
    "entries:formality-decide": EXAMINERS,
    "entries:entry-list": OVERSEERS,
    "entries:entry-inspect": OVERSEERS,
    "POST entries:entry-contacts": EXAMINERS,
    "entries:entry-regroup": ORGANISERS,
    "entries:entry-disqualify": ORGANISERS,
    "entries:entry-reinstate": ORGANISERS,
}


def addresses(cast: Cast) -> dict[str, str]:
    """A real address for each name: one entry waits, one is examined by 甄敏, one was accepted."""
    slug, waiting = cast.edition.slug, build_submitted_entry(cast)
    examined = build_submitted_entry(cast, state=states.UNDER_REVIEW)
    FormalityReviewFactory(entry=examined, examiner=cast.examiner, picked_at=moments.DURING_FORMALITY)
    accepted = build_accepted_entry(cast.edition, 47, created_by=cast.applicant)
    ends = {
        "entries:formality-queue": [slug],
        "entries:formality-review": [slug, examined.public_id],
        "POST entries:formality-pick-up": [slug, waiting.public_id],
        "POST entries:formality-release": [slug, examined.public_id],
        "POST entries:formality-comment": [slug, examined.public_id],
        "POST entries:formality-comment-drop": [slug, examined.public_id],
        "entries:formality-decide": [slug, examined.public_id, "accept"],
        "entries:entry-list": [slug],
        "entries:entry-inspect": [slug, accepted.public_id],
        "POST entries:entry-contacts": [slug, accepted.public_id],
        "entries:entry-regroup": [slug, accepted.public_id],
        "entries:entry-disqualify": [slug, accepted.public_id],
        "entries:entry-reinstate": [slug, accepted.public_id],
    }
    return {key: reverse(key.removeprefix("POST "), args=args) for key, args in ends.items()}
