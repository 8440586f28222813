"""Deliveries to other systems that are told of events: one row each, without the secret and the text."""

from __future__ import annotations

from competitions.models import Edition
from core.table_export import Field, Table
from core.webhooks.models import WebhookDelivery

FIELDS: list[Field[WebhookDelivery]] = [
    Field("delivery", "标识", 16, lambda one: one.public_id),
    Field("event", "事件", 20, lambda one: one.event),
    Field("url", "地址", 50, lambda one: one.webhook.url),
    Field("queued_at", "登记时间", 20, lambda one: one.queued_at),
    Field("state", "状态", 12, lambda one: one.get_state_display()),
    Field("sent_at", "送达时间", 20, lambda one: one.sent_at),
    Field("attempts", "已试次数", 10, lambda one: one.attempts),
    Field("last_error", "失败原因", 40, lambda one: one.last_error),
]


def deliveries_table(edition: Edition) -> Table[WebhookDelivery]:
    """Every delivery of the edition, newest first, also to addresses that were ended since."""
    rows = WebhookDelivery.objects.filter(webhook__edition=edition.slug).select_related("webhook").defer("body", "webhook__wrapped_secret")
    return Table(f"{edition.short_name}数据推送", FIELDS, rows)
