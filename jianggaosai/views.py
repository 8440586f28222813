"""Front door, health and error pages."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.static import serve

from competitions.queries.access import latest_public_edition
from core import clock
from jianggaosai import problems
from jianggaosai.heartbeat import WORKER_PATIENCE, worker_age


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Leads to the current edition; before the first one is public, says so."""
    edition = latest_public_edition()
    if edition is None:
        return render(request, "pages/front_empty.html", {"debug": settings.DEBUG})
    return redirect("competitions:edition-home", edition.slug)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers; what a load balancer and compose ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})


@require_safe
def worker(request: HttpRequest) -> JsonResponse:
    """The worker and its clock live: the periodic job that leaves a trace ran less than three minutes ago."""
    age = worker_age(clock.now())
    alive = age is not None and age <= WORKER_PATIENCE
    seconds = None if age is None else int(age.total_seconds())
    return JsonResponse({"worker": "ok" if alive else "missing", "seconds": seconds}, status=200 if alive else 503)


@require_safe
def public_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file that anybody may read: pictures and the published ledger. Tiles of a ledger never change; the
    others are held for a minute only, because a ledger's newest checkpoint keeps its name."""
    answer = serve(request, path, document_root=str(settings.PUBLIC_MEDIA_ROOT))
    is_tile = path.startswith("ledger/") and "/tile/" in path
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if is_tile else "max-age=60"
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page, or problem details below /api/."""
    if request.path.startswith("/api/"):
        return problems.not_found()
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", {"request_id": getattr(request, "request_id", "")}, status=500)
