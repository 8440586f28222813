"""Staff who have not done anything for a while are signed out: a screen left open must not work for whoever sits down at it.

What a page asks by itself (the bell, the desk of the roadshow, the monitor) is nobody doing something; opening a page and sending
a form is. Source: idle sign-out of GB/T 22239-2019 (at most 30 minutes), OWASP ASVS 3.3.2.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

SEEN = "seen"
STEP = 60  # seconds: the session is not written more often than this


def is_over(request: HttpRequest, at: datetime) -> bool:
    """Whether the session was left alone for STAFF_IDLE_MINUTES (0: never asked)."""
    seen = request.session.get(SEEN)
    longest = timedelta(minutes=settings.STAFF_IDLE_MINUTES)
    return bool(longest) and seen is not None and at.timestamp() - seen >= longest.total_seconds()


def note(request: HttpRequest, at: datetime) -> None:
    """Keeps in the session that somebody is there, when they are."""
    if not settings.STAFF_IDLE_MINUTES or not _is_somebody(request):
        return
    if at.timestamp() - request.session.get(SEEN, 0) >= STEP:
        request.session[SEEN] = int(at.timestamp())


def _is_somebody(request: HttpRequest) -> bool:
    """A browser says of each request whether it opens a page; one that is too old to say so asks for one."""
    if request.method not in ("GET", "HEAD"):
        return True
    mode = request.headers.get("Sec-Fetch-Mode")
    return mode == "navigate" if mode else "text/html" in request.headers.get("Accept", "")
