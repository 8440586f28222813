"""Files of an entry that come in pieces, as the script of the page sends them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.uploads.models import UploadSession
from entries import states
from entries.models import Attachment, Entry
from tests.entries.conftest import pdf_bytes, stored_files
from tests.entries.returned import return_entry_with


def send(browser, content, *, purpose="entries.attachment", name="稿.pdf", **what):
    """Begins, sends in two pieces and finishes; the last answer."""
    data = {"purpose": purpose, "name": name, "size": len(content), "fingerprint": "f", **what}
    begun = browser.post(reverse("uploads:begin"), data)
    if begun.status_code != 201:
        return begun
    public_id, half = begun.json()["id"], len(content) // 2
    for start, part in ((0, content[:half]), (half, content[half:])):
        address = f"{reverse('uploads:chunk', args=[public_id])}?offset={start}"
        answer = browser.put(address, part, content_type="application/octet-stream")
        if answer.status_code != 200:
            return answer
    return browser.post(reverse("uploads:finish", args=[public_id]))


def test_a_file_in_pieces_is_listed_like_any_other(as_applicant, empty_draft, media):
    answer = send(as_applicant, pdf_bytes(), target=empty_draft.public_id, slot="deck")

    step = reverse("entries:register-step", args=[empty_draft.public_id, "files"])
    assert answer.json() == {"url": f"{step}#file-deck"}
    assert (empty_draft.attachments.get().kind, empty_draft.attachments.get().original_name) == ("deck", "稿.pdf")
    assert len(stored_files(media)) == 1


def test_a_replacement_in_pieces(as_applicant, draft):
    attached = draft.attachments.get()

    answer = send(as_applicant, pdf_bytes(), purpose="entries.replacement", target=attached.public_id)

    assert answer.status_code == 200
    assert (draft.attachments.get().pk, draft.attachments.get().version) == (attached.pk, 2)


def test_the_page_offers_to_go_on_with_what_was_begun(as_applicant, empty_draft):
    what = {"purpose": "entries.attachment", "target": empty_draft.public_id, "slot": "deck", "name": "大.pdf", "size": 9000}
    public_id = as_applicant.post(reverse("uploads:begin"), what).json()["id"]

    page = as_applicant.get(reverse("entries:register-step", args=[empty_draft.public_id, "files"])).content.decode()

    assert "“大.pdf”传到 0%" in page
    assert reverse("uploads:discard", args=[public_id]) in page


@pytest.mark.parametrize("who", ["rival", "stranger", "examiner", "judge"])
def test_others_cannot_even_begin(as_applicant, cast, draft, who):
    as_applicant.force_login(cast.people[who])

    for purpose, target in (("entries.attachment", draft), ("entries.replacement", draft.attachments.get())):
        assert send(as_applicant, pdf_bytes(), purpose=purpose, target=target.public_id, slot="deck").status_code == 404
    assert not UploadSession.objects.exists()


def test_a_kind_that_does_not_exist_is_not_there(as_applicant, empty_draft):
    assert send(as_applicant, pdf_bytes(), target=empty_draft.public_id, slot="poem").status_code == 404


@pytest.mark.parametrize(
    ("limits", "status", "words"),
    [
        ({"ATTACHMENT_MAX_COUNT": 0}, 409, "附件合计最多 0 个"),
        ({"ATTACHMENT_TOTAL_LIMIT": 100}, 409, "剩余空间只有"),
        ({"ATTACHMENT_SIZE_LIMITS": {"default": 100}}, 422, "超过上限"),
    ],
)
def test_quotas_are_checked_before_the_first_byte(as_applicant, empty_draft, settings, limits, status, words):
    for name, value in limits.items():
        setattr(settings, name, value)

    answer = send(as_applicant, pdf_bytes(), target=empty_draft.public_id, slot="deck")

    assert (answer.status_code, words in answer.json()["title"]) == (status, True)
    assert not UploadSession.objects.exists()


def test_an_entry_that_was_submitted_meanwhile_takes_no_file(as_applicant, empty_draft, media):
    what = {"purpose": "entries.attachment", "target": empty_draft.public_id, "slot": "deck", "name": "稿.pdf", "size": 9}
    public_id = as_applicant.post(reverse("uploads:begin"), what).json()["id"]
    put = f"{reverse('uploads:chunk', args=[public_id])}?offset=0"
    Entry.objects.update(state=states.SUBMITTED)

    assert as_applicant.put(put, b"%PDF-1.7\n", content_type="application/octet-stream").status_code == 409
    UploadSession.objects.update(received=9)
    assert as_applicant.post(reverse("uploads:finish", args=[public_id])).status_code == 409

    assert not Attachment.objects.exists()
    assert not UploadSession.objects.exists()


def test_a_returned_entry_takes_the_named_kind_only(as_applicant, cast, draft):
    review = return_entry_with(draft, cast, "file.commitment")
    review.due_at = review.due_at.replace(year=2100)
    review.save()

    assert send(as_applicant, pdf_bytes(), target=draft.public_id, slot="deck").status_code == 409
    assert send(as_applicant, pdf_bytes(), target=draft.public_id, slot="commitment").status_code == 200
