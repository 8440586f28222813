"""The first step of the identity ladder: an ordinary browser with a signed token in a cookie.

A step of the ladder is a function (request, edition, campaign, at) → Voter or None; `identify` takes the first answer. Further
steps (WeChat, text message) are put before the device in `LADDER`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from competitions.models import Edition
from voting.models import Ballot
from voting.pure.device_token import ID_BYTES, BadDeviceToken, DeviceKey, KeyRing, issue, read
from voting.pure.voter import device_identity, voter_tag
from voting.queries.campaign import Campaign

COOKIE = "jgs_voter"


@dataclass(frozen=True, slots=True)
class Voter:
    """Who votes: the tag in the ledger (None before the vote has opened), how surely it is known, the device."""

    tag: str | None
    level: int
    device_id: str


Step = Callable[[HttpRequest, Edition, Campaign | None, datetime], Voter | None]


def key_ring(slug: str) -> KeyRing:
    """The key of one edition's device tokens, derived from SECRET_KEY."""
    return _key_ring(slug, settings.SECRET_KEY)


@lru_cache(maxsize=16)
def _key_ring(slug: str, secret_key: str) -> KeyRing:
    secret = hmac.digest(secret_key.encode(), b"device tokens", hashlib.sha256)
    return KeyRing(slug, (DeviceKey(hashlib.sha256(secret).hexdigest()[:8], secret),))


def device(request: HttpRequest, edition: Edition, campaign: Campaign | None, at: datetime) -> Voter | None:
    """The device whose token the request carries; a token that is forged, foreign or too old is as good as none."""
    try:
        token = read(key_ring(edition.slug), request.COOKIES.get(COOKIE, ""), at)
    except BadDeviceToken:
        return None
    return _voter(token.token_id, campaign)


LADDER: tuple[Step, ...] = (device,)


def identify(request: HttpRequest, edition: Edition, campaign: Campaign | None, at: datetime) -> Voter | None:
    """The voter behind a request, by the surest step that knows them; None for somebody new."""
    for step in LADDER:
        if (voter := step(request, edition, campaign, at)) is not None:
            return voter
    return None


def new_device(campaign: Campaign | None) -> Voter:
    """A device nobody has seen; its token still has to be set with `set_token`."""
    return _voter(secrets.token_hex(ID_BYTES), campaign)


def set_token(response: HttpResponse, voter: Voter, edition: Edition, at: datetime) -> None:
    """Gives the browser its token: for this edition's pages only, out of reach of scripts."""
    ring = key_ring(edition.slug)
    response.set_cookie(
        COOKIE,
        issue(ring, bytes.fromhex(voter.device_id), at),
        max_age=int(ring.lifetime.total_seconds()),
        path=f"/{edition.slug}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _voter(device_id: str, campaign: Campaign | None) -> Voter:
    tag = voter_tag(campaign.key, device_identity(device_id)) if campaign else None
    return Voter(tag, Ballot.Identity.DEVICE, device_id)
