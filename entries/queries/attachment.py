"""What files an entry may have, and who may read one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count, Sum
from django.http import Http404

from core.files import DOCX, JPG, MP4, PDF, PNG, PPTX, XLSX
from entries.models import Attachment, Entry, RetiredAttachment

SCANS = (PDF, JPG, PNG)
ACCEPTED = {
    Attachment.Kind.PROPOSAL: (PDF,),
    Attachment.Kind.ANONYMISED: (PDF,),
    Attachment.Kind.CERTIFICATE: SCANS,
    Attachment.Kind.COMMITMENT: SCANS,
    Attachment.Kind.RECOMMENDATION: SCANS,
    Attachment.Kind.COVER: (JPG, PNG),
    Attachment.Kind.DECK: (PDF, PPTX),
    Attachment.Kind.VIDEO: (MP4,),
    Attachment.Kind.OTHER: (*SCANS, DOCX, XLSX),
}


COVER_SIZE = (640, 320)  # the least width and height, in pixels: what lists show on a sharp screen


def size_limit(kind: str) -> int:
    """How many bytes a file of this kind may have (settings.ATTACHMENT_SIZE_LIMITS)."""
    limits = settings.ATTACHMENT_SIZE_LIMITS
    return limits.get(kind, limits["default"])


def accept_attribute(kind: str) -> str:
    """The suffixes for the file field of the browser; the check is made by content."""
    return ",".join(f".{one}" for one in ACCEPTED[Attachment.Kind(kind)])


def get_attachment_for(user: Any, public_id: str, *, to: str) -> Attachment:
    """The file with its entry when `user` has the permission `to` on the entry; 404 otherwise."""
    found = Attachment.objects.filter(public_id=public_id).select_related("entry__edition").first()
    if found is None or not user.has_perm(to, found.entry):
        raise Http404
    return found


def get_retired_for(user: Any, public_id: str, *, to: str) -> RetiredAttachment:
    """A file of before, when `user` has the permission `to` on its entry; 404 otherwise."""
    found = RetiredAttachment.objects.filter(public_id=public_id).select_related("entry__edition").first()
    if found is None or not user.has_perm(to, found.entry):
        raise Http404
    return found


def used_storage(entry: Entry) -> tuple[int, int]:
    """Bytes and number of the entry's current files; what staff keep of before costs the applicant nothing."""
    used = entry.attachments.aggregate(size=Sum("size"), count=Count("pk"))
    return used["size"] or 0, used["count"]


def kind_hint(kind: str) -> str:
    """What may be uploaded, in words: PDF、PPTX，单个不超过 100 MB."""
    return f"{'、'.join(one.upper() for one in ACCEPTED[Attachment.Kind(kind)])}，单个不超过 {size_limit(kind) // 1024**2} MB"
