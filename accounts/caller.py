"""Who calls the API: a bearer token, its scope, and how often it may call. Knows no view, because the settings name it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.actions.api_token import PREFIX, note_token_use
from accounts.models import ApiToken, User
from accounts.queries.api_tokens import find_token
from core import clock
from core.secret_token import token_digest


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer jgs_…` (RFC 6750). Without the header a caller is anonymous; a bad token is 401."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        at = clock.now()
        found = find_token(token_digest(token.strip()), at) if token.strip().startswith(PREFIX) else None
        if found is None:
            raise AuthenticationFailed
        note_token_use(token=found, at=at)
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class TokenScheme(OpenApiAuthenticationExtension):
    """How the token stands in the schema."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "在“我的账户 → 接口令牌”生成。"}


class HasScope(BasePermission):
    """The view names its `scope`; a token of another scope is as good as none."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, ApiToken) and request.auth.scope == getattr(view, "scope", None)


class CallerThrottle(SimpleRateThrottle):
    """Limits against load: by token, or by address for anonymous callers."""

    scope = "caller"

    def get_cache_key(self, request: Request, view: Any) -> str:
        ident = request.auth.public_id if isinstance(request.auth, ApiToken) else request._request.client_address  # type: ignore[attr-defined]
        return self.cache_format % {"scope": self.scope, "ident": ident}
