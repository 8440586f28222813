from __future__ import annotations

import pytest

from core import files
from core.audit.models import AuditEntry
from entries import states
from entries.actions import attachment as module
from entries.actions.attachment import attach_file, remove_file, replace_file
from entries.errors import EntryNotEditable, FieldLocked, StorageFull
from entries.models import Attachment, Entry, RetiredAttachment
from tests.entries.conftest import pdf_bytes, picture_bytes, stored_files, upload
from tests.entries.dossiers import file_submission
from tests.entries.returned import return_entry_with
from tests.factories import moments

AT = moments.DURING_REGISTRATION


def attach(cast, entry, kind="proposal", file=None, at=AT):
    return attach_file(entry=entry, kind=kind, upload=file or upload(), actor=cast.applicant, at=at)


def test_a_file_is_kept_under_a_random_name_with_its_hash(cast, empty_draft, media):
    attached = attach(cast, empty_draft)

    stored = stored_files(media)
    assert len(stored) == 1 and "申报书" not in stored[0].name
    content = stored[0].read_bytes()
    assert (attached.original_name, attached.media_type, attached.size) == ("申报书.pdf", "application/pdf", len(content))
    assert content[:5] == b"%PDF-"
    assert AuditEntry.objects.get().verb == "entries.attachment.added"


@pytest.mark.parametrize(
    ("kind", "name", "content", "fault"),
    [
        ("proposal", "空.pdf", b"", files.FileEmpty),
        ("proposal", "照片.pdf", picture_bytes(), files.FileKindRefused),
        ("proposal", "密码.pdf", pdf_bytes("secret"), files.FileEncrypted),
        ("proposal", "半个.pdf", pdf_bytes()[:100], files.FileBroken),
        ("certificate", "程序.jpg", b"MZ\x90\x00", files.FileKindRefused),
    ],
)
def test_a_refused_file_leaves_nothing_behind(cast, empty_draft, media, kind, name, content, fault):
    with pytest.raises(fault):
        attach(cast, empty_draft, kind, upload(name, content))

    assert not Attachment.objects.exists()
    assert stored_files(media) == []
    assert not AuditEntry.objects.exists()


def test_a_file_too_large_for_its_kind_is_refused(cast, empty_draft, media, settings):
    settings.ATTACHMENT_SIZE_LIMITS = {"default": 10, "deck": 1_000_000}

    with pytest.raises(files.FileTooLarge):
        attach(cast, empty_draft)
    attach(cast, empty_draft, "deck")

    assert len(stored_files(media)) == 1


@pytest.mark.parametrize("limits", [{"ATTACHMENT_MAX_COUNT": 1}, {"ATTACHMENT_TOTAL_LIMIT": 1500}])
def test_a_full_store_refuses_and_keeps_nothing_of_the_file(cast, empty_draft, media, settings, limits):
    attach(cast, empty_draft)
    settings.ATTACHMENT_TOTAL_LIMIT = 10_000
    for name, value in limits.items():
        setattr(settings, name, Attachment.objects.get().size * 2 - 1 if name.endswith("LIMIT") else value)

    with pytest.raises(StorageFull):
        attach(cast, empty_draft)

    assert Attachment.objects.count() == 1
    assert len(stored_files(media)) == 1


def test_a_failure_after_the_file_was_written_removes_it(cast, empty_draft, media, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(module, "close_edit", fail)

    with pytest.raises(RuntimeError):
        attach(cast, empty_draft)

    assert not Attachment.objects.exists()
    assert stored_files(media) == []


def test_a_submitted_entry_takes_no_file_and_gives_none_away(cast, draft, media):
    Entry.objects.filter(pk=draft.pk).update(state=states.SUBMITTED)

    with pytest.raises(EntryNotEditable):
        attach(cast, draft)
    with pytest.raises(EntryNotEditable):
        remove_file(attachment=draft.attachments.get(), actor=cast.applicant, at=AT)

    assert draft.attachments.count() == 1
    assert len(stored_files(media)) == 1


def test_a_removed_file_goes_from_the_disk_too(cast, draft, media, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(attachment=draft.attachments.get(), actor=cast.applicant, at=AT)

    assert not draft.attachments.exists()
    assert stored_files(media) == []
    assert AuditEntry.objects.filter(verb="entries.attachment.removed").count() == 1


def test_a_replacement_keeps_the_address_and_drops_what_nobody_saw(
    cast, draft, media, django_capture_on_commit_callbacks
):
    attached = draft.attachments.get()

    with django_capture_on_commit_callbacks(execute=True):
        new = replace_file(
            attachment=attached, upload=upload("二稿.pdf", pdf_bytes() + b"%%EOF"), actor=cast.applicant, at=AT
        )

    kept = draft.attachments.get()
    assert (kept.public_id, kept.version, kept.original_name) == (attached.public_id, 2, "二稿.pdf")
    assert kept.sha256 == new.sha256 != attached.sha256
    assert [path.name for path in stored_files(media)] == [kept.file.name.rsplit("/", 1)[-1]]
    assert not RetiredAttachment.objects.exists()
    assert AuditEntry.objects.filter(verb="entries.attachment.replaced").count() == 1


def test_after_a_submission_staff_keep_what_was_there_before(cast, draft, media, django_capture_on_commit_callbacks):
    file_submission(draft)
    attached = draft.attachments.get()

    with django_capture_on_commit_callbacks(execute=True):
        replace_file(attachment=attached, upload=upload("二稿.pdf"), actor=cast.applicant, at=AT)
        remove_file(attachment=draft.attachments.get(), actor=cast.applicant, at=AT)

    old = RetiredAttachment.objects.order_by("version")
    assert [(one.version, one.original_name, one.attachment_id_then) for one in old] == [
        (1, "申报书.pdf", attached.public_id),
        (2, "二稿.pdf", attached.public_id),
    ]
    assert len(stored_files(media)) == 2
    assert not draft.attachments.exists()


def test_a_refused_replacement_changes_nothing(cast, draft, media, settings):
    attached = draft.attachments.get()
    settings.ATTACHMENT_TOTAL_LIMIT = 10

    with pytest.raises(files.FileBroken):
        replace_file(attachment=attached, upload=upload("坏.pdf", pdf_bytes()[:99]), actor=cast.applicant, at=AT)
    with pytest.raises(StorageFull):
        replace_file(attachment=attached, upload=upload(), actor=cast.applicant, at=AT)

    assert draft.attachments.get().version == 1
    assert len(stored_files(media)) == 1


def test_a_returned_entry_takes_files_of_the_named_kind_only(cast, draft):
    review = return_entry_with(draft, cast, "file.commitment")

    with pytest.raises(FieldLocked):
        attach(cast, draft, "proposal", at=review.decided_at)
    attach(cast, draft, "commitment", at=review.decided_at)

    assert sorted(draft.attachments.values_list("kind", flat=True)) == ["commitment", "proposal"]
    assert review.comments.get().is_mended
