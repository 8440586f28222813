"""Before a device gets its token: proof of work (ALTCHA, from our own files); without JavaScript the characters in a picture; for
those who cannot see it, a form that waited.

Each is used once. Limits are against load and never on an address alone: each way has one bucket for the whole edition (ADR 16).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import altcha
from django.conf import settings
from django.core import signing

from competitions.models import Edition
from core.errors import TooManyRequests
from core.throttle.bucket import take, was_taken
from voting.actions.image_challenge import new_image_challenge, use_image_challenge
from voting.errors import NotAVoter, ProofRefused

ALGORITHM = "PBKDF2/SHA-256"
LIFETIME = timedelta(minutes=20)
WAIT = timedelta(seconds=5)
PLAIN_A_MINUTE = 60
IMAGES_A_MINUTE = 600
WORK_A_MINUTE = 6_000
WORK, IMAGE, PLAIN = "work", "image", "plain"
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


def proof_fields(edition: Edition, way: str, at: datetime) -> dict[str, Any]:
    """What the form shows for one way (work, image or plain): the way, and the picture's key or the signed waiting form."""
    if way == IMAGE:
        take(key=f"image:{edition.slug}", capacity=IMAGES_A_MINUTE, seconds=60, at=at)
        return {"way": way, "image_key": new_image_challenge(at=at)}
    return {"way": way, "plain": plain_form(edition, at)} if way == PLAIN else {"way": WORK}


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that holds: the way, what is its own (`seed`, secret between the browser and us), whether it was used before."""

    way: str
    seed: str
    is_used: bool


def check_proof(edition: Edition, posted: Mapping[str, Any], at: datetime) -> Proof:
    """Accepts one of the three. Refuses (ProofRefused) a wrong or old one, somebody who sent none (NotAVoter), and more waiting
    forms than the edition's bucket holds (TooManyRequests). Whoever asks decides what a used one is good for."""
    if payload := posted.get("altcha", ""):
        return _check_work(edition, payload, at)
    if key := posted.get("image_key", ""):
        return _check_image(key, posted.get("image_text", ""), at)
    if plain := posted.get("plain", ""):
        return _check_plain(edition, plain, at)
    raise NotAVoter


def _check_work(edition: Edition, payload: str, at: datetime) -> Proof:
    take(key=f"work:{edition.slug}", capacity=WORK_A_MINUTE, seconds=60, at=at)
    if len(payload) > 4096 or not altcha.verify_solution(payload, _secret()).verified:
        raise ProofRefused(reason="验证结果不正确")
    challenge = json.loads(base64.b64decode(payload))["challenge"]
    _check_age(edition, challenge["parameters"].get("data") or {}, at)
    return _used_once(WORK, challenge["signature"], at)


def _check_image(key: str, typed: str, at: datetime) -> Proof:
    """The answer is kept under the key; once it is gone, the key itself still tells a repeated submission."""
    if use_image_challenge(key=key, typed=typed, at=at):
        return _used_once(IMAGE, key, at)
    if was_taken(key=f"proof:{key}"):
        return Proof(IMAGE, key, is_used=True)
    raise ProofRefused(reason="输入的字符与图片不符，或图片已过期")


def _check_plain(edition: Edition, plain: str, at: datetime) -> Proof:
    try:
        body = signing.loads(plain, salt=_SALT)
    except signing.BadSignature:
        raise ProofRefused(reason="页面已失效") from None
    _check_age(edition, body, at)
    if at - datetime.fromtimestamp(body["issued"], at.tzinfo) < WAIT:
        raise ProofRefused(reason=f"提交得太快，请在页面上等待 {int(WAIT.total_seconds())} 秒")
    if not was_taken(key=f"proof:{body['nonce']}"):
        take(key=f"plain:{edition.slug}", capacity=PLAIN_A_MINUTE, seconds=60, at=at)
    return _used_once(PLAIN, body["nonce"], at)


def _check_age(edition: Edition, data: dict, at: datetime) -> None:
    issued = data.get("issued", 0)
    if data.get("edition") != edition.slug or not 0 <= at.timestamp() - issued + 60 < LIFETIME.total_seconds():
        raise ProofRefused(reason="验证已过期")


def _used_once(way: str, name: str, at: datetime) -> Proof:
    try:
        take(key=f"proof:{name}", capacity=1, seconds=10 * int(LIFETIME.total_seconds()), at=at)
    except TooManyRequests:
        return Proof(way, name, is_used=True)
    return Proof(way, name, is_used=False)


def _secret() -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), b"altcha", hashlib.sha256).hex()
