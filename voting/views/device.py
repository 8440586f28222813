"""Who stands behind a request: signed tokens in cookies, one a step of the identity ladder, and no row in a database.

A token of step 0 carries the device's id; a token of step 1 (WeChat) or 2 (text message) carries the voter's tag, which only the
platform can derive from an openid or a number. The key ring's audience names edition and step, so that no token serves for another.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from competitions.models import Edition
from voting.models import Ballot
from voting.pure.device_token import ID_BYTES, BadDeviceToken, DeviceKey, DeviceToken, KeyRing, issue, read
from voting.pure.voter import device_identity, voter_tag
from voting.queries.campaign import Campaign

DEVICE, WECHAT, SMS = Ballot.Identity.DEVICE, Ballot.Identity.WECHAT, Ballot.Identity.SMS
COOKIE = "jgs_voter"
COOKIES: dict[int, str] = {DEVICE: COOKIE, WECHAT: "jgs_voter_wechat", SMS: "jgs_voter_sms"}
LADDER = (SMS, WECHAT, DEVICE)
"""The steps, surest first."""


@dataclass(frozen=True, slots=True)
class Voter:
    """Who votes: the tag in the ledger (None before the vote has opened), how surely it is known, the device.

    `token_id` is what the token carries; `renew`: it was signed with a retired key or is past half its life.
    """

    tag: str | None
    level: int
    device_id: str
    token_id: str = ""
    renew: bool = False


def key_ring(slug: str, level: int = DEVICE) -> KeyRing:
    """The keys of one edition's tokens of one step, derived from SECRET_KEY; those of retired keys are honoured for their grace."""
    return _key_ring(slug, level, settings.SECRET_KEY, tuple(settings.RETIRED_SECRET_KEYS))


@lru_cache(maxsize=64)
def _key_ring(slug: str, level: int, secret_key: str, retired: tuple[tuple[str, datetime], ...]) -> KeyRing:
    audience = slug if level == DEVICE else f"{slug} step {int(level)}"
    return KeyRing(audience, (_key(secret_key, None), *(_key(secret, at) for secret, at in retired)))


def _key(secret_key: str, retired_at: datetime | None) -> DeviceKey:
    secret = hmac.digest(secret_key.encode(), b"device tokens", hashlib.sha256)
    return DeviceKey(hashlib.sha256(secret).hexdigest()[:8], secret, retired_at)


def identify(request: HttpRequest, edition: Edition, campaign: Campaign | None, at: datetime) -> Voter | None:
    """The voter behind a request, by the surest step that the edition counts; None for somebody new.

    Before the vote has opened only the device is known, which orders the gallery.
    """
    counted = campaign.admission.levels(is_in_wechat(request)) if campaign else {DEVICE}
    device = _token(request, edition, DEVICE, at)
    for level in LADDER:
        token = device if level == DEVICE else _token(request, edition, level, at) if level in counted else None
        if token is not None and level in counted:
            return _voter(level, token, device, campaign, at, edition)
    return None


def is_in_wechat(request: HttpRequest) -> bool:
    """Whether the browser says that it is WeChat's own."""
    return "MicroMessenger" in request.META.get("HTTP_USER_AGENT", "")


def new_device(campaign: Campaign | None, token_id: str = "", *, renew: bool = False) -> Voter:
    """A device nobody has seen (32 hex digits, random when missing); its token still has to be set with `set_token`."""
    token_id = token_id or secrets.token_hex(ID_BYTES)
    tag = voter_tag(campaign.key, device_identity(token_id)) if campaign else None
    return Voter(tag, DEVICE, token_id, token_id, renew)


def known_person(tag: str, level: int, request: HttpRequest, edition: Edition, at: datetime) -> Voter:
    """Somebody whose openid or number was checked just now; the token still has to be set with `set_token`."""
    device = _token(request, edition, DEVICE, at)
    return Voter(tag, level, device.token_id if device else "", tag)


def set_token(response: HttpResponse, voter: Voter, edition: Edition, at: datetime) -> None:
    """Gives the browser its token: for this edition's pages only, out of reach of scripts."""
    ring = key_ring(edition.slug, voter.level)
    response.set_cookie(
        COOKIES[voter.level],
        issue(ring, bytes.fromhex(voter.token_id), at),
        max_age=int(ring.lifetime.total_seconds()),
        path=f"/{edition.slug}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _token(request: HttpRequest, edition: Edition, level: int, at: datetime) -> DeviceToken | None:
    """The token the request carries; one that is forged, foreign or too old is as good as none."""
    text = request.COOKIES.get(COOKIES[level], "")
    if not text:
        return None
    try:
        return read(key_ring(edition.slug, level), text, at)
    except BadDeviceToken:
        return None


def _voter(
    level: int, token: DeviceToken, device: DeviceToken | None, campaign: Campaign | None, at: datetime, edition: Edition
) -> Voter:
    ring = key_ring(edition.slug, level)
    is_old = token.key_id != ring.current.key_id or at >= token.issued_at + ring.lifetime / 2
    if level == DEVICE:
        return new_device(campaign, token.token_id, renew=is_old)
    return Voter(token.token_id, level, device.token_id if device else "", token.token_id, is_old)
