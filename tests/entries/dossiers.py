"""Entries on their way through the formality examination, as the tests of the organiser's side need them."""

from __future__ import annotations

from competitions.models import Edition
from entries import states
from entries.models import Attachment, Entry, Submission
from entries.queries.content import entry_content
from tests.cast import Cast
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, EntryFactory, IPAssetFactory

AT = moments.DURING_FORMALITY


def build_submitted_entry(cast: Cast, *, edition: Edition | None = None, **fields: object) -> Entry:
    """A submitted entry of 示例企业丁 with a core patent and one submission on file; no group before acceptance."""
    edition = edition or cast.edition
    entry = EntryFactory(
        edition=edition,
        track=edition.tracks.get(),
        created_by=cast.applicant,
        **{"state": states.SUBMITTED, "submitted_at": moments.DURING_REGISTRATION, **fields},
    )
    EntryApplicantFactory(entry=entry, organisation=cast.organisation)
    IPAssetFactory(entry=entry)
    file_submission(entry)
    return entry


def file_submission(entry: Entry, **fields: object) -> Submission:
    """One more submission with the entry's content as it is now."""
    sequence = entry.submissions.count() + 1
    content = entry_content(entry)
    known = {"receipt": f"T{entry.pk}-{sequence}", "at": moments.DURING_REGISTRATION, "content": content, "sha256": "0" * 64}
    return Submission.objects.create(entry=entry, sequence=sequence, **{**known, **fields})


def list_file(entry: Entry, kind: str = "proposal", name: str = "申报书.pdf") -> Attachment:
    """A file in the list of the entry; there are no bytes behind it."""
    return Attachment.objects.create(
        entry=entry,
        kind=kind,
        file=f"attachments/{name}",
        original_name=name,
        media_type="application/pdf",
        size=1_800_000,
        sha256="1" * 64,
        uploaded_at=moments.DURING_REGISTRATION,
        uploaded_by=entry.created_by,
    )
