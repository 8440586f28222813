"""Who may open which page of the formality examiner and of the organiser (law 8)."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.actions import claim_ownership
from entries import states
from entries.models import Entry, RetiredAttachment
from tests.accounts.licences import licence
from tests.cast import Cast
from tests.entries.dossiers import build_submitted_entry
from tests.factories import moments
from tests.factories.entries import FormalityReviewFactory, build_accepted_entry

ORGANISERS = frozenset({"organiser", "organiser2"})
EXAMINERS = ORGANISERS | {"examiner"}
OVERSEERS = EXAMINERS | {"auditor"}

AUDIENCE: dict[str, frozenset[str]] = {
    "entries:formality-queue": EXAMINERS,
    "POST entries:formality-assign": ORGANISERS,
    "entries:formality-bulk": EXAMINERS,
    "entries:entry-extend": ORGANISERS,
    "entries:entry-correct": ORGANISERS,
    "entries:extension-list": ORGANISERS,
    "entries:formality-review": EXAMINERS,
    "POST entries:formality-pick-up": EXAMINERS,
    "POST entries:formality-release": EXAMINERS,
    "POST entries:formality-comment": EXAMINERS,
    "POST entries:formality-comment-drop": EXAMINERS,
    "entries:formality-decide": EXAMINERS,
    "entries:retired-download": OVERSEERS,
    "entries:organisation-list": EXAMINERS,
    "entries:organisation-check": EXAMINERS,
    "POST entries:organisation-verify": EXAMINERS,
    "entries:organisation-licence": EXAMINERS,
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
    claim = claim_ownership(
        organisation=cast.organisation, statement="", licence=licence(), actor=cast.applicant, at=moments.SET_UP
    )
    accepted = build_accepted_entry(cast.edition, 47, created_by=cast.applicant)
    ends = {
        "entries:formality-queue": [slug],
        "POST entries:formality-assign": [slug],
        "entries:formality-bulk": [slug],
        "entries:entry-extend": [slug, accepted.public_id],
        "entries:extension-list": [slug],
        "entries:entry-correct": [slug, accepted.public_id],
        "entries:formality-review": [slug, examined.public_id],
        "POST entries:formality-pick-up": [slug, waiting.public_id],
        "POST entries:formality-release": [slug, examined.public_id],
        "POST entries:formality-comment": [slug, examined.public_id],
        "POST entries:formality-comment-drop": [slug, examined.public_id],
        "entries:formality-decide": [slug, examined.public_id, "accept"],
        "entries:retired-download": [slug, _retired(cast, accepted).public_id],
        "entries:organisation-list": [slug],
        "entries:organisation-check": [slug, cast.organisation.public_id],
        "POST entries:organisation-verify": [slug, cast.organisation.public_id],
        "entries:organisation-licence": [slug, cast.organisation.public_id, claim.public_id],
        "entries:entry-list": [slug],
        "entries:entry-inspect": [slug, accepted.public_id],
        "POST entries:entry-contacts": [slug, accepted.public_id],
        "entries:entry-regroup": [slug, accepted.public_id],
        "entries:entry-disqualify": [slug, accepted.public_id],
        "entries:entry-reinstate": [slug, accepted.public_id],
    }
    return {key: reverse(key.removeprefix("POST "), args=args) for key, args in ends.items()}


def _retired(cast: Cast, entry: Entry) -> RetiredAttachment:
    old = RetiredAttachment(
        entry=entry,
        attachment_id_then="0",
        kind="deck",
        version=1,
        original_name="旧稿.pdf",
        media_type="application/pdf",
        size=5,
        sha256="0" * 64,
        uploaded_at=moments.DURING_REGISTRATION,
        uploaded_by=cast.applicant,
        retired_at=moments.DURING_FORMALITY,
        retired_by=cast.applicant,
    )
    old.file.save("old-for-the-sweep.pdf", ContentFile(b"%PDF-"))
    return old
