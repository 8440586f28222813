"""Who is told of events, and every delivery."""

from __future__ import annotations

from django.db import models

from core.public_id import new_public_id


class Webhook(models.Model):
    """An address of another system, told of an edition's `events`. `wrapped_secret` signs what is sent to it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.CharField("届", max_length=40, db_index=True)
    url = models.URLField("地址", max_length=300)
    events = models.JSONField("事件", default=list)
    wrapped_secret = models.TextField()
    created_at = models.DateTimeField("创建时间")
    created_by = models.CharField("创建人", max_length=60)
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="core_webhook_url", fields=["edition", "url"], condition=models.Q(ended_at__isnull=True)
            )
        ]


class WebhookDelivery(models.Model):
    """One event for one address. `queued` → `sent` | `failed` (given up after the last try)."""

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        SENT = "sent", "已送达"
        FAILED = "failed", "未送达"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField("事件", max_length=40)
    body = models.TextField("内容")
    state = models.CharField("状态", max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("已尝试次数", default=0)
    queued_at = models.DateTimeField("登记时间")
    due_at = models.DateTimeField("下次发送时间")
    sent_at = models.DateTimeField("送达时间", null=True, blank=True)
    last_error = models.CharField("上次错误", max_length=300, blank=True)

    class Meta:
        ordering = ["-queued_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="core_webhook_waiting")]
