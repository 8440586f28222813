"""Messages: what was sent to whom and what became of it; addresses are masked and texts left out."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.pure.identity import mask_identity
from competitions.models import Edition
from core.outbox.kinds import kind_of
from core.outbox.listing import messages_of
from core.outbox.models import Message
from core.table_export import Field, Table

FIELDS: list[Field[Message]] = [
    Field("subject", "标题", 44, lambda one: one.subject),
    Field("kind", "种类", 20, lambda one: kind_of(one.kind).name if one.kind else ""),
    Field("channel", "渠道", 10, lambda one: one.get_channel_display()),
    Field("recipient", "收件人", 24, lambda one: mask_identity(one.recipient)),
    Field("queued_at", "登记时间", 20, lambda one: one.queued_at),
    Field("state", "状态", 12, lambda one: one.get_state_display()),
    Field("sent_at", "发送时间", 20, lambda one: one.sent_at),
    Field("attempts", "已试次数", 10, lambda one: one.attempts),
    Field("last_error", "失败原因", 40, lambda one: one.last_error),
]


def messages_table(edition: Edition, rows: QuerySet[Message] | None = None) -> Table[Message]:
    """Every mail and short message of the edition, newest first, or the given ones."""
    return Table(f"{edition.short_name}消息", FIELDS, messages_of(edition.slug) if rows is None else rows)
