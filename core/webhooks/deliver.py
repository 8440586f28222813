"""Signs and sends deliveries, and tries again."""

from __future__ import annotations

import hashlib
import hmac
import http.client
from datetime import datetime, timedelta

from django.conf import settings

from core.errors import Refusal
from core.retries import Retries
from core.webhooks.models import WebhookDelivery
from core.webhooks.target import open_connection, read_target
from core.wrapping import unwrap

RETRIES = Retries(lease=timedelta(minutes=2), first_pause=timedelta(seconds=30), most=8, swept=100)  # a little over an hour
SECRET_LABEL = "webhook"


def signature(secret: str, moment: int, body: bytes) -> str:
    """What stands in `X-JGS-Signature`: the moment in seconds, and HMAC-SHA256 over `<moment>.<body>` in hexadecimal.

    The receiver computes the same, compares in constant time, and refuses moments older than some minutes.
    """
    code = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={code}"


def deliver_webhook(*, delivery_id: int, at: datetime) -> WebhookDelivery:
    """Sends one delivery; a try that fails is made again after a pause that doubles. Safe to run twice: a lease keeps two
    workers apart, and the receiver knows a repeat by `X-JGS-Delivery`."""
    delivery = WebhookDelivery.objects.select_related("webhook").get(pk=delivery_id)
    if RETRIES.claim(delivery, at) is None:
        return delivery
    fault = _post(delivery, at)
    if fault:
        RETRIES.note_fault(delivery, fault, at, is_hopeless=delivery.webhook.ended_at is not None)
    else:
        RETRIES.note_sent(delivery, at)
    return delivery


def waiting_webhooks(at: datetime) -> list[int]:
    """Deliveries that should be out by `at`; the sweep sends what a lost job left behind."""
    return RETRIES.waiting(WebhookDelivery, at)


def _post(delivery: WebhookDelivery, at: datetime) -> str:
    """Empty when the receiver answered 2xx, else a sentence that says what happened. Redirections are not followed."""
    hook, body = delivery.webhook, delivery.body.encode()
    try:
        secret = unwrap(hook.wrapped_secret, key=settings.KEY_WRAPPING_KEY, label=SECRET_LABEL).decode()
        parts = read_target(hook.url)
        connection = open_connection(parts)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "jianggaosai",
            "X-JGS-Event": delivery.event,
            "X-JGS-Delivery": delivery.public_id,
            "X-JGS-Signature": signature(secret, int(at.timestamp()), body),
        }
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, body, headers)
            status = connection.getresponse().status
        finally:
            connection.close()
    except Refusal as refusal:
        return refusal.text
    except (OSError, http.client.HTTPException, ValueError) as error:
        return f"连接不上对方系统（{error or type(error).__name__}）。"
    return "" if 200 <= status < 300 else f"对方系统回答 {status}，应回答 2xx。"
