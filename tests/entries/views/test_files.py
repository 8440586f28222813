from __future__ import annotations

import pytest
from django.urls import reverse

from entries import states
from entries.models import Attachment, Entry
from tests.entries.conftest import pdf_bytes, stored_files, upload
from tests.entries.dossiers import file_submission


def upload_url(entry: Entry) -> str:
    return reverse("entries:attachment-upload", args=[entry.public_id])


def test_a_file_is_uploaded_by_the_form_and_listed(as_applicant, empty_draft):
    answer = as_applicant.post(upload_url(empty_draft), {"kind": "certificate", "file": upload("证书.pdf")}, follow=True)

    page = answer.content.decode()
    assert "已上传“证书.pdf”。" in page
    assert reverse("entries:attachment-download", args=[empty_draft.attachments.get().public_id]) in page


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ({"kind": "proposal", "file": b"no pdf"}, "的内容不是可以接收的格式"),
        ({"kind": "proposal", "file": b""}, "是空文件"),
        ({"kind": "proposal"}, "请先选择文件"),
        ({"kind": "poem", "file": b"x"}, "poem"),
    ],
)
def test_a_refusal_is_said_and_leaves_nothing(as_applicant, empty_draft, media, data, part):
    posted = {**data, "file": upload("申报书.pdf", data["file"])} if "file" in data else data

    answer = as_applicant.post(upload_url(empty_draft), posted)

    assert answer.status_code == 422
    assert part in answer.content.decode()
    assert not Attachment.objects.exists()
    assert stored_files(media) == []


def test_a_download_is_an_attachment_nobody_guesses_at(as_applicant, draft):
    attached = draft.attachments.get()

    answer = as_applicant.get(reverse("entries:attachment-download", args=[attached.public_id]))

    assert answer.content[:5] == b"%PDF-"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%94%B3")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("asked", "status", "content_range", "length"),
    [
        ("bytes=0-3", 206, "bytes 0-3/{size}", 4),
        ("bytes=-2", 206, "bytes {size-2}-{size-1}/{size}", 2),
        ("bytes=99999999-", 416, "bytes */{size}", 0),
        ("bytes=5-2", 416, "bytes */{size}", 0),
        ("bytes=0-1,3-4", 200, None, None),
        ("lines=1-2", 200, None, None),
    ],
)
def test_a_reader_gets_the_part_it_asks_for(as_applicant, draft, asked, status, content_range, length):
    attached = draft.attachments.get()
    whole = attached.file.open("rb").read()
    size = len(whole)

    answer = as_applicant.get(
        reverse("entries:attachment-download", args=[attached.public_id]), headers={"Range": asked}
    )

    assert answer.status_code == status
    assert answer["Accept-Ranges"] == "bytes"
    if length is None:
        assert answer.content == whole
        return
    assert len(answer.content) == length
    assert answer["Content-Disposition" if length else "Content-Range"]
    assert answer["Content-Range"] == content_range.replace("{size-2}", str(size - 2)).replace(
        "{size-1}", str(size - 1)
    ).replace("{size}", str(size))


def test_a_part_of_another_version_is_not_mixed_in(as_applicant, draft):
    address = reverse("entries:attachment-download", args=[draft.attachments.get().public_id])

    answer = as_applicant.get(address, headers={"Range": "bytes=0-3", "If-Range": '"another"'})

    assert answer.status_code == 200


def test_a_pdf_has_a_page_that_shows_it_and_a_spreadsheet_has_none(as_applicant, draft):
    attached = draft.attachments.get()
    page = as_applicant.get(reverse("entries:attachment-view", args=[attached.public_id]))

    assert reverse("entries:attachment-download", args=[attached.public_id]) in page.content.decode()
    Attachment.objects.update(media_type="application/zip")
    assert as_applicant.get(reverse("entries:attachment-view", args=[attached.public_id])).status_code == 404


def test_a_file_is_replaced_by_the_plain_form(as_applicant, draft):
    attached = draft.attachments.get()
    address = reverse("entries:attachment-replace", args=[attached.public_id])
    assert "替换“申报书.pdf”" in as_applicant.get(address).content.decode()

    answer = as_applicant.post(address, {"file": upload("新申报书.pdf")}, follow=True)

    assert "已替换为“新申报书.pdf”（第 2 版）。" in answer.content.decode()
    assert as_applicant.post(address, {"file": upload("坏.pdf", b"no")}).status_code == 422
    assert as_applicant.post(address).status_code == 422
    assert draft.attachments.get().original_name == "新申报书.pdf"


@pytest.mark.parametrize("who", ["rival", "stranger", "foreigner", "judge"])
def test_the_file_does_not_exist_for_others(client, cast, draft, who):
    client.force_login(cast.people[who])

    assert client.get(reverse("entries:attachment-download", args=[draft.attachments.get().public_id])).status_code == 404


def test_the_stored_file_has_no_address_of_its_own(as_applicant, draft):
    name = draft.attachments.get().file.name

    assert as_applicant.get(f"/media/{name}").status_code == 404
    assert as_applicant.get(f"/public/{name}").status_code == 404


def test_removing_asks_first(as_applicant, draft, media, django_capture_on_commit_callbacks):
    address = reverse("entries:attachment-remove", args=[draft.attachments.get().public_id])
    assert "删除“申报书.pdf”？" in as_applicant.get(address).content.decode()
    assert draft.attachments.count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        as_applicant.post(address)

    assert not draft.attachments.exists()
    assert stored_files(media) == []


def test_after_submission_files_stay_as_they_are(as_applicant, draft):
    Entry.objects.filter(pk=draft.pk).update(state=states.SUBMITTED)
    address = reverse("entries:attachment-remove", args=[draft.attachments.get().public_id])

    assert as_applicant.post(upload_url(draft), {"kind": "deck", "file": upload()}).status_code == 409
    assert as_applicant.get(address).status_code == 409
    assert as_applicant.post(address).status_code == 409
    assert draft.attachments.count() == 1


def test_the_next_step_follows_the_files(as_applicant, draft):
    step = reverse("entries:register-step", args=[draft.public_id, "files"])

    assert as_applicant.post(step, {"action": "next"})["Location"].endswith("/edit/review/")


def test_a_pdf_with_a_password_is_refused_with_a_sentence(as_applicant, empty_draft):
    answer = as_applicant.post(
        upload_url(empty_draft), {"kind": "proposal", "file": upload("密码.pdf", pdf_bytes("x"))}
    )

    assert "“密码.pdf”设有密码，评审无法打开。请去掉密码后重新上传。" in answer.content.decode()


def test_staff_find_what_was_there_before(as_applicant, client, cast, draft):
    file_submission(draft)
    as_applicant.post(
        reverse("entries:attachment-replace", args=[draft.attachments.get().public_id]), {"file": upload("二稿.pdf")}
    )
    client.force_login(cast.examiner)

    page = client.get(reverse("entries:entry-inspect", args=[cast.edition.slug, draft.public_id])).content.decode()

    old = draft.retired_attachments.get()
    address = reverse("entries:retired-download", args=[cast.edition.slug, old.public_id])
    assert address in page and "申报书.pdf" in page
    assert client.get(address).content[:5] == b"%PDF-"
    client.force_login(cast.applicant)
    assert client.get(address).status_code == 404
