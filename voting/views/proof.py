"""Before a device gets its token: proof of work (ALTCHA, from our own files), or, without JavaScript, a form that waited.

Both are used once. Limits are against load and never on an address alone: the slow way has one bucket for the whole edition.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta

import altcha
from django.conf import settings
from django.core import signing

from competitions.models import Edition
from core.errors import TooManyRequests
from core.throttle.bucket import take
from voting.errors import NotAVoter, ProofRefused

ALGORITHM = "PBKDF2/SHA-256"
LIFETIME = timedelta(minutes=20)
WAIT = timedelta(seconds=5)
PLAIN_A_MINUTE = 60
_SALT = "voting.plain-form"


def new_challenge(edition: Edition, at: datetime) -> dict:
    """A challenge for the widget: about 256 tries of VOTE_PROOF_COST iterations."""
    return altcha.create_challenge(
        ALGORITHM,
        settings.VOTE_PROOF_COST,
        data={"edition": edition.slug, "issued": int(at.timestamp())},
        hmac_secret=_secret(),
    ).to_dict()


def plain_form(edition: Edition, at: datetime) -> str:
    """The hidden field of a form that works without JavaScript: when it was made, signed."""
    body = {"edition": edition.slug, "issued": int(at.timestamp()), "nonce": secrets.token_hex(8)}
    return signing.dumps(body, salt=_SALT)


def check_proof(edition: Edition, payload: str, plain: str, at: datetime) -> str:
    """Accepts either proof and returns which: "work" or "plain". Refuses (ProofRefused) a wrong, old or used one, somebody who
    sent none (NotAVoter), and more plain forms than the edition's bucket holds (TooManyRequests)."""
    if payload:
        _check_work(edition, payload, at)
        return "work"
    if plain:
        _check_plain(edition, plain, at)
        return "plain"
    raise NotAVoter


def _check_work(edition: Edition, payload: str, at: datetime) -> None:
    if len(payload) > 4096 or not altcha.verify_solution(payload, _secret()).verified:
        raise ProofRefused(reason="验证结果不正确")
    challenge = json.loads(base64.b64decode(payload))["challenge"]
    _check_age(edition, challenge["parameters"].get("data") or {}, at)
    _use_once(challenge["signature"], at)


def _check_plain(edition: Edition, plain: str, at: datetime) -> None:
    try:
        body = signing.loads(plain, salt=_SALT)
    except signing.BadSignature:
        raise ProofRefused(reason="页面已失效") from None
    _check_age(edition, body, at)
    if at - datetime.fromtimestamp(body["issued"], at.tzinfo) < WAIT:
        raise ProofRefused(reason=f"提交得太快，请在页面上等待 {int(WAIT.total_seconds())} 秒")
    take(key=f"plain:{edition.slug}", capacity=PLAIN_A_MINUTE, seconds=60, at=at)
    _use_once(body["nonce"], at)


def _check_age(edition: Edition, data: dict, at: datetime) -> None:
    issued = data.get("issued", 0)
    if data.get("edition") != edition.slug or not 0 <= at.timestamp() - issued + 60 < LIFETIME.total_seconds():
        raise ProofRefused(reason="验证已过期")


def _use_once(name: str, at: datetime) -> None:
    try:
        take(key=f"proof:{name}", capacity=1, seconds=10 * int(LIFETIME.total_seconds()), at=at)
    except TooManyRequests:
        raise ProofRefused(reason="验证已使用过") from None


def _secret() -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), b"altcha", hashlib.sha256).hex()
