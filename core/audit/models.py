"""The audit journal: who did what, when. Details that must be deletable stand in a side table, tied by a commitment."""

from __future__ import annotations

from django.db import models

from core.append_only import AppendOnly


class AuditEntry(AppendOnly):
    """One act. Never changed; the details behind `commitment` may be erased without breaking the chain."""

    at = models.DateTimeField("时间", db_index=True)
    actor = models.CharField("操作人", max_length=40, db_index=True)
    verb = models.CharField("动作", max_length=60, db_index=True)
    object_type = models.CharField("对象类型", max_length=60)
    object_id = models.CharField("对象", max_length=60)
    edition = models.CharField("届", max_length=40, blank=True, db_index=True)
    request_id = models.CharField(max_length=24, blank=True)
    commitment = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"], name="core_auditentry_object")]


class AuditDetail(models.Model):
    """Salt, names, address and before/after values of an act. Deletable for privacy."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.CASCADE, related_name="detail", primary_key=True)
    salt = models.CharField(max_length=64)
    content = models.JSONField(default=dict)


class AuditSeal(AppendOnly):
    """Chains a batch of entries: SHA-256 over the previous seal and the entries from `first` to `last`."""

    at = models.DateTimeField()
    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField(unique=True)
    count = models.IntegerField()
    digest = models.CharField(max_length=64)
