"""The two calls of WeChat's silent authorisation (snsapi_base): where the browser is sent, and the exchange of the code.

Only the openid is read; no nickname, picture or phone number is ever asked for. Nothing of an answer is logged but WeChat's error
number: the address of the exchange carries the secret.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from urllib.parse import urlencode

import structlog

log = structlog.get_logger(__name__)
TIMEOUT = 5.0  # seconds for connecting and for each read
LONGEST_ANSWER = 64 * 1024
CODE_IS_SPENT = {40029, 40163, 42003, 41008}
"""invalid code, code been used, code expired, code missing."""


class WeChatError(Exception):
    """The exchange failed; `is_code` when the code was at fault (another try with a new one may succeed)."""

    def __init__(self, reason: str, *, is_code: bool = False) -> None:
        super().__init__(reason)
        self.is_code = is_code


class _Stay(urllib.request.HTTPRedirectHandler):
    """The secret is never sent on to another address."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


_opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))


def authorize_url(*, base: str, app_id: str, redirect_uri: str, state: str) -> str:
    """Where the browser is sent: WeChat comes back to `redirect_uri` with `code` and the same `state`, without asking anything."""
    query = {"appid": app_id, "redirect_uri": redirect_uri, "response_type": "code", "scope": "snsapi_base", "state": state}
    return f"{base}/connect/oauth2/authorize?{urlencode(query)}#wechat_redirect"


def fetch_openid(*, base: str, app_id: str, secret: str, code: str) -> str:
    """The openid behind a code, which WeChat accepts once within five minutes. Raises `WeChatError`."""
    query = {"appid": app_id, "secret": secret, "code": code, "grant_type": "authorization_code"}
    try:
        with _opener.open(f"{base}/sns/oauth2/access_token?{urlencode(query)}", timeout=TIMEOUT) as response:
            answer = json.loads(response.read(LONGEST_ANSWER))
    except (OSError, ValueError) as error:  # no connection, time-out, an HTTP error, no JSON
        log.warning("wechat exchange failed", error=type(error).__name__)
        raise WeChatError("unreachable") from None
    if not isinstance(answer, dict) or not isinstance(answer.get("openid"), str):
        number = answer.get("errcode") if isinstance(answer, dict) else None
        log.warning("wechat refused a code", errcode=number)
        raise WeChatError("refused", is_code=number in CODE_IS_SPENT)
    return str(answer["openid"])
