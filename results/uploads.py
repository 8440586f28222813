"""Files of an objection arrive in pieces (core.uploads) while it is being written, also from people without an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.http import Http404
from django.urls import reverse

from core.dates import deadline, moment
from core.files import DOCX, JPG, PDF, PNG, CheckedFile
from core.uploads.purposes import Allowance, Purpose
from results.actions.material import keep_material
from results.errors import ObjectionNotYet, ObjectionTooLate
from results.models import Notice, ObjectionFile, ObjectionMaterial

MAX_SIZE = 10 * 1024 * 1024
ROOM = 1024 * 1024 * 1024  # of one notice, for files nobody has filed yet
SCANS, EVIDENCE = (PDF, JPG, PNG), (PDF, JPG, PNG, DOCX)
SIGNED = ObjectionFile.Kind.SIGNED.value
EVIDENCE_FIELDS = ("evidence_1", "evidence_2", "evidence_3")


def allow_material(user: Any, target: str, slot: str, at: datetime) -> Allowance:
    """`target` is the public id of a published notice, `slot` a field of the form. Refuses what comes outside the notice's period,
    except from the committee, which enters letters."""
    notice = _notice(target)
    if slot != SIGNED and slot not in EVIDENCE_FIELDS:
        raise Http404
    if not user.has_perm("results.handle_objection", notice.edition):
        if at < notice.opens_at:
            raise ObjectionNotYet(opens=moment(notice.opens_at))
        if at >= notice.closes_at:
            raise ObjectionTooLate(title=notice.title, closes=deadline(notice.closes_at), came=moment(at))
    kept = ObjectionMaterial.objects.filter(notice=notice).aggregate(total=Sum("size"))["total"] or 0
    return Allowance(SCANS if slot == SIGNED else EVIDENCE, MAX_SIZE, max(ROOM - kept, 0))


def take_material(user: Any, target: str, slot: str, checked: CheckedFile, at: datetime) -> str:
    notice = _notice(target)
    keep_material(notice=notice, slot=slot, checked=checked, actor=user, at=at)
    return reverse("results:objection-new", args=[notice.edition.slug, notice.public_id])


def _notice(public_id: str) -> Notice:
    found = Notice.objects.filter(public_id=public_id, published_at__isnull=False, edition__published_at__isnull=False)
    notice = found.select_related("edition").first()
    if notice is None:
        raise Http404
    return notice


MATERIAL = Purpose("results.objection", allow_material, take_material, takes_visitors=True, is_inline=True)
