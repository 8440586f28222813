"""Who may open which page of entries (law 8): the applicant's side here, the examiner's and organiser's below."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.urls import reverse

from entries import states
from entries.models import Attachment, Entry
from tests.cast import Cast
from tests.entries import audience_organizer
from tests.entries.returned import return_entry_with
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, EntryFactory, IPAssetFactory

PUBLIC = frozenset(
    ["organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief", "operator", "auditor", "applicant", "rival", "stranger", "foreigner", "anonymous"]
)
LEAD = frozenset({"applicant"})
READERS = LEAD | {"organiser", "organiser2", "examiner", "auditor"}

AUDIENCE: dict[str, frozenset[str]] = {
    "entries:register": PUBLIC,
    "entries:my-entry": READERS,
    "entries:register-step": LEAD,
    "entries:entry-recall": LEAD,
    "entries:entry-withdraw": LEAD,
    "POST entries:entry-resubmit": LEAD,
    "POST entries:attachment-upload": LEAD,
    "entries:attachment-download": READERS,
    "entries:attachment-remove": LEAD,
    **audience_organizer.AUDIENCE,
}


def addresses(cast: Cast) -> dict[str, str]:
    """A real address for each name. The entry is returned with years to mend it, so that it is open at any moment
    of the sweep; the one to recall is submitted."""
    returned, submitted = _entry(cast), _entry(cast)
    review = return_entry_with(returned, cast, "summary", "files")
    review.due_at = review.due_at.replace(year=2100)
    review.save()
    Entry.objects.filter(pk=submitted.pk).update(state=states.SUBMITTED)
    attachment = Attachment(
        entry=returned,
        kind="proposal",
        original_name="申报书.pdf",
        media_type="application/pdf",
        size=5,
        sha256="0" * 64,
        uploaded_at=moments.DURING_REGISTRATION,
        uploaded_by=cast.applicant,
    )
    attachment.file.save("for-the-sweep.pdf", ContentFile(b"%PDF-"))
    args = {
        "entries:register": [cast.edition.slug],
        "entries:my-entry": [returned.public_id],
        "entries:register-step": [returned.public_id, "project"],
        "entries:entry-recall": [submitted.public_id],
        "entries:entry-withdraw": [submitted.public_id],
        "POST entries:entry-resubmit": [returned.public_id],
        "POST entries:attachment-upload": [returned.public_id],
        "entries:attachment-download": [attachment.public_id],
        "entries:attachment-remove": [attachment.public_id],
    }
    own = {key: reverse(key.removeprefix("POST "), args=value) for key, value in args.items()}
    return {**own, **audience_organizer.addresses(cast)}


def _entry(cast: Cast) -> Entry:
    entry = EntryFactory(edition=cast.edition, track=cast.edition.tracks.get(), created_by=cast.applicant)
    EntryApplicantFactory(entry=entry, organisation=cast.organisation)
    IPAssetFactory(entry=entry, position=1)
    return entry
