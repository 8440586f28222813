"""The second step of the identity ladder: WeChat vouches for a person by an openid, silently, on the way to the ballot.

The state is a signed cookie of the same browser, good once for ten minutes: nobody can make another browser take over their openid.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competitions.models import Edition
from competitions.queries.access import get_public_edition
from core import clock, wechat
from core.errors import Refusal, TooManyRequests
from core.throttle.bucket import take
from voting.actions.identity import bind_identity
from voting.actions.open import ready_campaign
from voting.errors import WeChatRefused
from voting.models import Ballot
from voting.pure.voter import BadIdentity, wechat_identity
from voting.queries.campaign import Campaign
from voting.views.admission import is_sandbox, wechat_is_ready
from voting.views.choice import confirm_page, confirm_url, picked_numbers
from voting.views.device import known_person, set_token

STATE_COOKIE = "jgs_wechat_state"
STATE_SECONDS = 600
STARTS_A_MINUTE = 6_000
SANDBOX_CODE = "voting.wechat-sandbox"
SANDBOX_PEOPLE = ("甲", "乙", "丙")
_STATE = "voting.wechat-state"


@require_safe
@never_cache
def start(request: HttpRequest, edition: str) -> HttpResponse:
    """Sends the browser to WeChat (or its sandbox) and remembers the choice in the signed state."""
    found, at = get_public_edition(edition), clock.now()
    _campaign(found, at)
    take(key=f"wechat:{found.slug}", capacity=STARTS_A_MINUTE, seconds=60, at=at)
    nonce = secrets.token_hex(16)
    comes_back = request.build_absolute_uri(reverse("voting:wechat-return", args=[found.slug]))
    if is_sandbox():
        target = reverse("voting:wechat-sandbox", args=[found.slug]) + f"?state={nonce}"
    else:
        target = wechat.authorize_url(
            base=settings.WECHAT_OPEN_URL, app_id=settings.WECHAT_APP_ID, redirect_uri=comes_back, state=nonce
        )
    response = redirect(target)
    body = {"e": found.slug, "n": nonce, "p": picked_numbers(request), "t": int(at.timestamp())}
    response.set_cookie(
        STATE_COOKIE,
        signing.dumps(body, salt=_STATE),
        max_age=STATE_SECONDS,
        path=f"/{found.slug}/vote/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
@never_cache
def come_back(request: HttpRequest, edition: str) -> HttpResponse:
    """Where WeChat sends the browser: state and code are checked, the person is bound to a tag, the token is set."""
    found, at = get_public_edition(edition), clock.now()
    campaign = _campaign(found, at)
    numbers: list[int] = []
    try:
        numbers = _check_state(request, found, at)
        identity = _identity(request.GET.get("code", "")[:512], at)
    except Refusal as refusal:
        return _refused(request, found, numbers, refusal)
    tag = bind_identity(campaign=campaign, level=Ballot.Identity.WECHAT, identity=identity, at=at)
    response = redirect(confirm_url(found, numbers) if numbers else reverse("voting:vote", args=[found.slug]))
    set_token(response, known_person(tag, Ballot.Identity.WECHAT, request, found, at), found, at)
    response.delete_cookie(STATE_COOKIE, path=f"/{found.slug}/vote/")
    return response


@require_safe
@never_cache
def sandbox(request: HttpRequest, edition: str) -> HttpResponse:
    """Plays WeChat on a developer's machine: one of three people is chosen, who comes back with a code. 404 anywhere else."""
    if not is_sandbox():
        raise Http404
    found = get_public_edition(edition)
    people = [
        {"name": name, "code": signing.dumps({"openid": f"sandbox-person-{place:04d}", "n": secrets.token_hex(8)}, salt=SANDBOX_CODE)}
        for place, name in enumerate(SANDBOX_PEOPLE, start=1)
    ]
    context = {"edition": found, "people": people, "state": request.GET.get("state", "")}
    return render(request, "voting/wechat_sandbox.html", context)


def _campaign(edition: Edition, at: datetime) -> Campaign:
    """The campaign of an edition that counts WeChat; 404 for others, and where neither account nor sandbox is set up."""
    campaign = ready_campaign(edition, at)
    if campaign is None or campaign.admission.identity != "wechat" or not wechat_is_ready():
        raise Http404
    return campaign


def _check_state(request: HttpRequest, edition: Edition, at: datetime) -> list[int]:
    """The choice in the state of this browser. Refuses (WeChatRefused) another's, an old or a used one."""
    try:
        body: dict[str, Any] = signing.loads(request.COOKIES.get(STATE_COOKIE, ""), salt=_STATE)
    except signing.BadSignature:
        raise WeChatRefused(reason="授权不是从本机的投票页面开始的") from None
    if not secrets.compare_digest(body["n"], request.GET.get("state", "")) or body["e"] != edition.slug:
        raise WeChatRefused(reason="授权与本页不符")
    if not 0 <= at.timestamp() - body["t"] < STATE_SECONDS:
        raise WeChatRefused(reason="授权已过期")
    _once(f"wechat-state:{body['n']}", at)
    return [int(number) for number in body["p"]]


def _identity(code: str, at: datetime) -> str:
    """The canonical identity behind a code. Refuses (WeChatRefused) a missing or used one, and when WeChat cannot be reached."""
    if not code:
        raise WeChatRefused(reason="您没有同意，或微信没有返回授权码")
    _once(f"wechat-code:{code}", at)
    try:
        return wechat_identity(_openid(code))
    except wechat.WeChatError as error:
        raise WeChatRefused(reason="授权码已失效" if error.is_code else "暂时连不上微信") from None
    except BadIdentity as fault:
        raise WeChatRefused(reason=str(fault)) from None


def _openid(code: str) -> str:
    if not is_sandbox():
        return wechat.fetch_openid(
            base=settings.WECHAT_API_URL, app_id=settings.WECHAT_APP_ID, secret=settings.WECHAT_APP_SECRET, code=code
        )
    try:
        return str(signing.loads(code, salt=SANDBOX_CODE)["openid"])
    except signing.BadSignature:
        raise wechat.WeChatError("refused", is_code=True) from None


def _once(key: str, at: datetime) -> None:
    try:
        take(key=key, capacity=1, seconds=100 * STATE_SECONDS, at=at)
    except TooManyRequests:
        raise WeChatRefused(reason="这次授权已使用过") from None


def _refused(request: HttpRequest, edition: Edition, numbers: list[int], refusal: Refusal) -> HttpResponse:
    """The ballot with the choice kept, where there is one; else the sentence on a page of its own."""
    if not numbers:
        raise refusal
    return confirm_page(request, edition, numbers, refusal.text, status=refusal.status)
