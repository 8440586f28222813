"""Handing out forms to be filled in, and taking them back."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from competitions.models import Edition, FileTemplate
from competitions.pure.file_kinds import TEMPLATE_KINDS
from competitions.queries.locks import lock_edition
from core.audit import journal
from core.files import DOCX, PDF, PPTX, XLSX, check_upload

ALLOWED = (DOCX, PDF, XLSX, PPTX)
LARGEST = 20 * 1024 * 1024


def save_file_template(*, edition: Edition, kind: str, upload: UploadedFile, actor: User, at: datetime) -> FileTemplate:
    """Hands out `upload` as the form for `kind` (one of TEMPLATE_KINDS); another one for the kind gives way.

    At any time, also while entries come in: what was sent in on an older form stays as it is. Refuses what core.files
    refuses; what is refused leaves no file behind.
    """
    if kind not in TEMPLATE_KINDS:
        raise ValueError(f"no form is handed out for {kind}")
    checked = check_upload(upload, allowed=ALLOWED, max_size=LARGEST)
    made = FileTemplate(
        edition=edition,
        kind=kind,
        original_name=checked.original_name,
        media_type=checked.media_type,
        size=checked.size,
        sha256=checked.sha256,
        uploaded_at=at,
        uploaded_by=actor,
    )
    try:
        with transaction.atomic():
            gone = _taken_back(edition, kind)
            made.file = checked.stored()
            made.save()
            journal.record(
                verb="competitions.template.saved",
                obj=edition,
                actor=actor,
                at=at,
                edition=edition.slug,
                before=_summary(gone),
                after=_summary(made),
            )
    except BaseException:
        if made.file.name:
            made.file.storage.delete(made.file.name)
        raise
    return made


@transaction.atomic
def remove_file_template(*, edition: Edition, kind: str, actor: User, at: datetime) -> None:
    """Takes the form for `kind` back; nothing happens when there is none."""
    gone = _taken_back(edition, kind)
    if gone is not None:
        journal.record(
            verb="competitions.template.removed", obj=edition, actor=actor, at=at, edition=edition.slug, before=_summary(gone)
        )


def _taken_back(edition: Edition, kind: str) -> FileTemplate | None:
    """Deletes the present form, its bytes once that is certain."""
    found = FileTemplate.objects.filter(edition=lock_edition(edition), kind=kind).first()
    if found is not None:
        storage, name = found.file.storage, str(found.file.name)
        transaction.on_commit(lambda: storage.delete(name))
        found.delete()
    return found


def _summary(template: FileTemplate | None) -> dict[str, object]:
    return {"kind": template.kind, "name": template.original_name, "sha256": template.sha256} if template else {}
