"""Messages written to many: one row each, with how much of it went out."""

from __future__ import annotations

from django.db.models import Count, Q

from competitions.models import Edition
from core.outbox.models import Broadcast, Message
from core.table_export import Field, Table

FIELDS: list[Field[Broadcast]] = [
    Field("subject", "标题", 44, lambda one: one.subject),
    Field("audience", "收件范围", 30, lambda one: one.audience_words),
    Field("sent_at", "发出时间", 20, lambda one: one.sent_at),
    Field("sent_by", "发出人", 14, lambda one: one.sent_by),
    Field("people", "人数", 8, lambda one: one.count),
    Field("sent", "已发送", 10, lambda one: one.sent),  # type: ignore[attr-defined]
    Field("failed", "失败", 8, lambda one: one.failed),  # type: ignore[attr-defined]
    Field("body", "正文", 80, lambda one: one.body),
]


def broadcasts_table(edition: Edition) -> Table[Broadcast]:
    """Everything the committee wrote to many, newest first."""
    state = Message.State
    rows = Broadcast.objects.filter(edition=edition.slug).annotate(
        sent=Count("messages", filter=Q(messages__state=state.SENT)),
        failed=Count("messages", filter=Q(messages__state=state.FAILED)),
    )
    return Table(f"{edition.short_name}群发记录", FIELDS, rows)
