from __future__ import annotations

import pytest
from django.urls import reverse

from entries import states
from entries.models import Attachment, Entry
from tests.entries.conftest import pdf_bytes, stored_files, upload

SCRIPT = {"X-Upload": "1"}


def upload_url(entry: Entry) -> str:
    return reverse("entries:attachment-upload", args=[entry.public_id])


def test_a_file_is_uploaded_by_the_form_and_listed(as_applicant, empty_draft):
    answer = as_applicant.post(upload_url(empty_draft), {"kind": "certificate", "file": upload("证书.pdf")}, follow=True)

    page = answer.content.decode()
    assert "已上传“证书.pdf”。" in page
    assert reverse("entries:attachment-download", args=[empty_draft.attachments.get().public_id]) in page


def test_the_script_gets_the_address_of_the_list(as_applicant, empty_draft):
    answer = as_applicant.post(upload_url(empty_draft), {"kind": "deck", "file": upload()}, headers=SCRIPT)

    step = reverse("entries:register-step", args=[empty_draft.public_id, "files"])
    assert answer.json() == {"url": f"{step}#file-deck"}


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ({"kind": "proposal", "file": b"no pdf"}, "的内容不是可以接收的格式"),
        ({"kind": "proposal", "file": b""}, "是空文件"),
        ({"kind": "proposal"}, "请先选择文件"),
        ({"kind": "video", "file": b"x"}, "video"),
    ],
)
def test_a_refusal_is_said_to_both_and_leaves_nothing(as_applicant, empty_draft, media, data, part):
    def posted() -> dict:
        return {**data, "file": upload("申报书.pdf", data["file"])} if "file" in data else data

    plain = as_applicant.post(upload_url(empty_draft), posted())
    scripted = as_applicant.post(upload_url(empty_draft), posted(), headers=SCRIPT)

    assert (plain.status_code, scripted.status_code) == (422, 422)
    assert part in plain.content.decode() and part in scripted.json()["message"]
    assert not Attachment.objects.exists()
    assert stored_files(media) == []


def test_a_download_is_an_attachment_nobody_guesses_at(as_applicant, draft):
    attached = draft.attachments.get()

    answer = as_applicant.get(reverse("entries:attachment-download", args=[attached.public_id]))

    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%94%B3")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"


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
        upload_url(empty_draft), {"kind": "proposal", "file": upload("密码.pdf", pdf_bytes("x"))}, headers=SCRIPT
    )

    assert answer.json()["message"] == "“密码.pdf”设有密码，评审无法打开。请去掉密码后重新上传。"
