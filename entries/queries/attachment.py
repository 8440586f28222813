"""What files an entry may have, and who may read one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404

from core.files import DOCX, JPG, PDF, PNG, PPTX, XLSX
from entries.models import Attachment

SCANS = (PDF, JPG, PNG)
ACCEPTED = {
    Attachment.Kind.PROPOSAL: (PDF,),
    Attachment.Kind.CERTIFICATE: SCANS,
    Attachment.Kind.COMMITMENT: SCANS,
    Attachment.Kind.RECOMMENDATION: SCANS,
    Attachment.Kind.DECK: (PDF, PPTX),
    Attachment.Kind.OTHER: (*SCANS, DOCX, XLSX),
}


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
