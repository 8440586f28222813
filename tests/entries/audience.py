"""Who may open which page of entries (law 8): the applicant's side here, the examiner's and organiser's below."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.urls import reverse

from competitions.models import Group
from entries import states
from entries.joint_link import make_token
from entries.models import Attachment, Entry
from tests.cast import Cast
from tests.entries import audience_organizer
from tests.entries.conftest import picture_bytes
from tests.entries.returned import return_entry_with
from tests.factories import moments
from tests.factories.entries import (
    EntryApplicantFactory,
    EntryFactory,
    IPAssetFactory,
    JointInvitationFactory,
)

PUBLIC = frozenset(
    ["organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief", "operator", "auditor", "applicant", "rival", "stranger", "foreigner", "anonymous"]
)
LEAD = frozenset({"applicant"})
READERS = LEAD | {"organiser", "organiser2", "examiner", "auditor"}

AUDIENCE: dict[str, frozenset[str]] = {
    "entries:register": PUBLIC,
    "entries:joint": PUBLIC,
    "entries:joint-decline": PUBLIC - {"anonymous"},
    "entries:my-entry": READERS,
    "entries:filings": LEAD,
    "POST entries:filing-remove": LEAD,
    "entries:register-step": LEAD,
    "entries:patents-import": LEAD,
    "entries:patents-template": LEAD,
    "entries:patents-file": READERS,
    "entries:patents-faults": LEAD,
    "entries:patent-certificate": LEAD,
    "entries:entry-print": READERS,
    "entries:entry-recall": LEAD,
    "entries:entry-withdraw": LEAD,
    "POST entries:entry-resubmit": LEAD,
    "POST entries:attachment-upload": LEAD,
    "entries:cover-preview": READERS,
    "entries:attachment-download": READERS,
    "entries:attachment-view": READERS,
    "entries:attachment-replace": LEAD,
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
    returned.cover.save("cover.png", ContentFile(picture_bytes("PNG")))
    accepted = _entry(cast)
    Entry.objects.filter(pk=accepted.pk).update(state=states.ACCEPTED, number=900, group=Group.objects.filter(track=accepted.track).first())
    filing = IPAssetFactory(entry=accepted, number="X", is_core=False, added_after_registration=True)
    token = make_token(JointInvitationFactory(applicant__entry=returned).public_id)
    args = {
        "entries:register": [cast.edition.slug],
        "entries:joint": [token],
        "entries:joint-decline": [token],
        "entries:my-entry": [returned.public_id],
        "entries:filings": [accepted.public_id],
        "POST entries:filing-remove": [accepted.public_id, filing.pk],
        "entries:register-step": [returned.public_id, "project"],
        "entries:patents-import": [returned.public_id],
        "entries:patents-template": [returned.public_id],
        "entries:patents-file": [returned.public_id, "xlsx"],
        "entries:patents-faults": [returned.public_id],
        "entries:patent-certificate": [returned.public_id, 1],
        "entries:entry-print": [returned.public_id],
        "entries:entry-recall": [submitted.public_id],
        "entries:entry-withdraw": [submitted.public_id],
        "POST entries:entry-resubmit": [returned.public_id],
        "POST entries:attachment-upload": [returned.public_id],
        "entries:cover-preview": [returned.public_id, "wide"],
        "entries:attachment-download": [attachment.public_id],
        "entries:attachment-view": [attachment.public_id],
        "entries:attachment-replace": [attachment.public_id],
        "entries:attachment-remove": [attachment.public_id],
    }
    own = {key: reverse(key.removeprefix("POST "), args=value) for key, value in args.items()}
    return {**own, **audience_organizer.addresses(cast)}


def _entry(cast: Cast) -> Entry:
    entry = EntryFactory(edition=cast.edition, track=cast.edition.tracks.get(), created_by=cast.applicant)
    EntryApplicantFactory(entry=entry, organisation=cast.organisation)
    IPAssetFactory(entry=entry, position=1)
    return entry
