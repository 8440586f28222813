"""The outbox: a mail or short message is a row before it is sent, so that none is lost and each can be seen."""

from __future__ import annotations

from django.db import models

from core.public_id import new_public_id


class Broadcast(models.Model):
    """A message of an organiser to many: what was written, to whom, by whom. Kept as it was sent."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.CharField("届", max_length=40)
    audience = models.CharField("收件范围", max_length=40)
    audience_words = models.CharField("收件范围（当时的名称）", max_length=60)
    subject = models.CharField("标题", max_length=120)
    body = models.TextField("正文")
    by_mail = models.BooleanField("发邮件", default=True)
    by_sms = models.BooleanField("发短信", default=False)
    count = models.PositiveIntegerField("收件人数")
    sent_at = models.DateTimeField("发出时间")
    sent_by = models.CharField("发出人", max_length=60)

    class Meta:
        ordering = ["-sent_at", "-pk"]


class Message(models.Model):
    """One message to one address. `queued` → `sent` | `failed` (given up after the last try). By the way `site` nothing is
    sent: the row is the message, found by whoever has confirmed the address.

    `kind` is a code of core.outbox.kinds. `read_at` is when its reader opened it among their messages on the site.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", "邮件"
        SMS = "sms", "短信"
        SITE = "site", "站内"

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "发送失败"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField("种类", max_length=60, blank=True)
    channel = models.CharField("渠道", max_length=8, choices=Channel)
    recipient = models.CharField("收件人", max_length=254, db_index=True)
    subject = models.CharField("标题", max_length=200, blank=True)
    body = models.TextField("正文")
    params = models.JSONField("短信模板参数", default=dict, blank=True)
    edition = models.CharField("届", max_length=40, blank=True)
    broadcast = models.ForeignKey(
        Broadcast, on_delete=models.PROTECT, related_name="messages", null=True, blank=True, verbose_name="群发"
    )
    state = models.CharField("状态", max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("已尝试次数", default=0)
    queued_at = models.DateTimeField("登记时间")
    due_at = models.DateTimeField("下次发送时间")
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    last_error = models.CharField("上次错误", max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="core_message_waiting")]
        constraints = [
            models.UniqueConstraint(
                name="core_message_once_a_broadcast",
                fields=["broadcast", "channel", "recipient"],
                condition=models.Q(broadcast__isnull=False),
            )
        ]


class MessageSetting(models.Model):
    """What an edition's organiser decided about one kind of message: switched off, with a paragraph of their own, or in
    words of their own (`subject` and `body`, both empty for the platform's; core/outbox/own_wording.py)."""

    edition = models.CharField("届", max_length=40)
    kind = models.CharField("种类", max_length=60)
    is_off = models.BooleanField("不发送", default=False)
    note = models.CharField("补充说明", max_length=500, blank=True)
    subject = models.CharField("标题", max_length=120, blank=True)
    body = models.TextField("正文", max_length=4000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="core_message_setting_once", fields=["edition", "kind"])]
