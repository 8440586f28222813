"""The outbox: a mail or short message is a row before it is sent, so that none is lost and each can be seen."""

from __future__ import annotations

from django.db import models

from core.public_id import new_public_id


class Message(models.Model):
    """One message to one address. `queued` → `sent` | `failed` (given up after the last try)."""

    class Channel(models.TextChoices):
        MAIL = "mail", "邮件"
        SMS = "sms", "短信"

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "发送失败"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    channel = models.CharField("渠道", max_length=8, choices=Channel)
    recipient = models.CharField("收件人", max_length=254)
    subject = models.CharField("标题", max_length=200, blank=True)
    body = models.TextField("正文")
    edition = models.CharField("届", max_length=40, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("已尝试次数", default=0)
    queued_at = models.DateTimeField("登记时间")
    due_at = models.DateTimeField("下次发送时间")
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    last_error = models.CharField("上次错误", max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="core_message_waiting")]
