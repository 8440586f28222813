"""Somebody without an account who sends a file in pieces (a person who objects): known again by a signed cookie alone.

The cookie names nobody, holds for two days and is set by the page with the field. Purposes say whether they take visitors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.secret_token import new_token, token_digest
from core.uploads.session import KEPT_FOR

COOKIE = "jgs_upload"
SALT = "core.uploads.visitor"


@dataclass(frozen=True, slots=True)
class Visitor:
    """The owner of uploads whose browser holds the cookie; may do nothing else."""

    actor_code: str
    actor_label: str = "公众"

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        return False


def visitor_of(request: HttpRequest) -> Visitor | None:
    """The visitor whose cookie the request carries; None without one, and for one that is forged or too old."""
    token = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=int(KEPT_FOR.total_seconds()))
    return Visitor(f"visitor-{token_digest(token)[:24]}") if token else None


def welcome(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Gives a visitor the cookie on the page where files are chosen; signed-in people need none."""
    if not request.user.is_authenticated and visitor_of(request) is None:
        response.set_signed_cookie(
            COOKIE, new_token(), salt=SALT, max_age=int(KEPT_FOR.total_seconds()),
            secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
        )  # fmt: skip
    return response
