"""A later end of a term for one applicant (个别延期): who granted it, why, and until when. Rows are never changed."""

from __future__ import annotations

from django.db import models

from accounts.models import Organisation, User
from competitions.models import Edition
from core.append_only import AppendOnly
from entries.models.entry import Entry


class DeadlineExtension(AppendOnly):
    """For the registration of an organisation (every entry it leads), or for one entry's correction or supplements. The
    latest row of a kind counts."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", "报名"
        CORRECTION = "correction", "补正"
        SUPPLEMENT = "supplement", "通过后补充附件和新增专利"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="extensions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="extensions", null=True, blank=True)
    kind = models.CharField("期限", max_length=12, choices=Kind)
    until = models.DateTimeField("延至")
    reason = models.CharField("理由", max_length=200)
    granted_at = models.DateTimeField("准许时间")
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "个别延期"
        ordering = ["granted_at", "pk"]
