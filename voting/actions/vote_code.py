"""The six digits that go to a voter's mobile phone. Nothing is stored but the message: the form carries a signed ticket back.

Limits: one message a minute and ten a day for a number, a bucket for the edition (load and cost), five tries a ticket.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction

from competitions.models import Edition
from core.errors import TooManyRequests
from core.outbox.send import queue_message
from core.throttle.bucket import take
from voting.errors import CodeRefused, MobileRefused
from voting.pure.voter import BadIdentity, mobile_identity

LIFETIME = timedelta(minutes=10)
TRIES = 5
A_DAY = 10
EDITION_A_MINUTE = 600
_SALT = "voting.vote-code"
_KEPT = 10 * int(LIFETIME.total_seconds())


@transaction.atomic
def send_vote_code(*, edition: Edition, mobile: str, at: datetime) -> str:
    """Sends a code to `mobile` (however typed) and returns the ticket to be posted back with it.

    Refuses a number that cannot be one (MobileRefused) and more messages than the limits let through (TooManyRequests).
    """
    try:
        identity = mobile_identity(mobile)
    except BadIdentity as fault:
        raise MobileRefused(fault=str(fault)) from None
    take(key=f"vote-sms:{edition.slug}", capacity=EDITION_A_MINUTE, seconds=60, at=at)
    take(key=f"vote-sms:{edition.slug}:{identity}", capacity=1, seconds=60, at=at)
    take(key=f"vote-sms-day:{edition.slug}:{identity}", capacity=A_DAY, seconds=86_400, at=at)
    code, nonce = f"{secrets.randbelow(10**6):06d}", secrets.token_hex(8)
    context = {"code": code, "minutes": LIFETIME // timedelta(minutes=1), "edition": edition.short_name}
    queue_message(
        channel="sms", recipient=identity.partition(":")[2], template="vote_code", context=context, at=at, edition=edition.slug
    )
    body = {"e": edition.slug, "m": identity, "n": nonce, "c": _check(nonce, code), "t": int(at.timestamp())}
    return signing.dumps(body, salt=_SALT)


def ticket_mobile(ticket: str) -> str:
    """The number a ticket was made for (E.164); empty for a ticket that is not ours."""
    try:
        return str(signing.loads(ticket, salt=_SALT)["m"]).partition(":")[2]
    except signing.BadSignature:
        return ""


def check_vote_code(*, edition: Edition, ticket: str, code: str, at: datetime) -> tuple[str, bool]:
    """Returns the canonical identity behind a ticket and code, and whether they were used before.

    Refuses (CodeRefused) a ticket of elsewhere, an old one, a wrong code, and the sixth try.
    """
    try:
        body = signing.loads(ticket, salt=_SALT)
    except signing.BadSignature:
        raise CodeRefused(reason="请先获取验证码") from None
    if body["e"] != edition.slug or not 0 <= at.timestamp() - body["t"] < LIFETIME.total_seconds():
        raise CodeRefused(reason="验证码已过期，请重新获取")
    if not _take(f"vote-code:{body['n']}", TRIES, at):
        raise CodeRefused(reason="输错次数太多，请重新获取验证码")
    if not hmac.compare_digest(body["c"], _check(body["n"], "".join(code.split())[:12])):
        raise CodeRefused(reason="验证码不正确，请对照短信核对")
    return body["m"], not _take(f"vote-code-used:{body['n']}", 1, at)


def _take(key: str, capacity: int, at: datetime) -> bool:
    try:
        take(key=key, capacity=capacity, seconds=_KEPT * capacity, at=at)
    except TooManyRequests:
        return False
    return True


def _check(nonce: str, code: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), f"vote code\n{nonce}\n{code}".encode(), hashlib.sha256).hex()
