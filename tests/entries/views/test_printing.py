from __future__ import annotations

import io

from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Consent
from entries.actions.entry import save_entry
from entries.actions.submission import recall_entry, submit_entry
from tests.factories import moments

AT = moments.DURING_REGISTRATION


def text_of(client, entry) -> str:
    answer = client.get(reverse("entries:entry-print", args=[entry.public_id]))
    assert answer["Content-Type"] == "application/pdf"
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_a_draft_is_printed_as_a_draft_with_the_commitment(as_applicant, draft):
    text = text_of(as_applicant, draft)

    assert "草稿，尚未提交" in text and "承诺书" in text and "202210000101.3" in text
    assert draft.title in text.replace("\n", "").replace(" ", "")


def test_what_is_filed_bears_its_receipt_and_hash(as_applicant, cast, draft):
    submit_entry(entry=draft, actor=cast.applicant, at=AT)
    submission = draft.submissions.get()

    text = text_of(as_applicant, draft)
    assert submission.receipt in text and submission.sha256 in text.replace("\n", "")


def test_what_is_agreed_to_is_kept_with_its_version_and_withdrawn_again(cast, draft):
    draft = save_entry(entry=draft, version=draft.version, values={"is_sharing_consented": True}, actor=cast.applicant, at=AT)
    submit_entry(entry=draft, actor=cast.applicant, at=AT)
    kept = Consent.objects.filter(subject=draft.public_id, withdrawn_at=None)
    assert sorted(kept.values_list("document", "version")) == [
        ("is_display_consented:jgs2026", 1),
        ("is_sharing_consented:jgs2026", 1),
        ("is_truth_declared:jgs2026", 2),
    ]

    draft = recall_entry(entry=draft, actor=cast.applicant, at=AT)
    draft = save_entry(entry=draft, version=draft.version, values={"is_sharing_consented": False}, actor=cast.applicant, at=AT)
    submit_entry(entry=draft, actor=cast.applicant, at=AT)
    assert kept.count() == 2
