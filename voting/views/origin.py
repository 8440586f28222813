"""The cast endpoint has no CSRF token: the page may be old, cached or opened without cookies. The browser says instead where a
request comes from, and the voter's cookie is SameSite=Lax."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from voting.errors import ForeignRequest

View = Callable[..., HttpResponse]
LONGEST_BODY = 32 * 1024


def from_our_pages(view: View) -> View:
    """Lets a POST in when Sec-Fetch-Site says same-origin or, in older browsers, Origin or Referer names this site, and it is no
    longer than a ballot can be (413).

    Refuses (ForeignRequest) anything else, also a request that says nothing.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_from_our_pages(request):
            raise ForeignRequest
        if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
            return HttpResponse(status=413)
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def is_from_our_pages(request: HttpRequest) -> bool:
    if site := request.META.get("HTTP_SEC_FETCH_SITE"):
        return site == "same-origin"
    said = request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER") or ""
    parts = urlsplit(said)
    origin = f"{parts.scheme}://{parts.netloc}"
    ours = f"{'https' if request.is_secure() else 'http'}://{request.get_host()}"
    return bool(parts.netloc) and (origin == ours or origin in settings.CSRF_TRUSTED_ORIGINS)
