"""Request id, address, permissions policy, and the one place where a refusal becomes a page, a fragment or JSON."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from core import request_context as context
from core.address import client_address
from core.errors import Blocked, Refusal
from core.once import reading

Handler = Callable[[HttpRequest], HttpResponse]


def request_context(get_response: Handler) -> Handler:
    """Gives every request an id (shown on error pages) and its client's address."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(6)
        address = client_address(
            request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""), settings.TRUSTED_PROXIES
        )
        request.client_address = address
        context.request_id.set(request.request_id)
        context.client_address.set(address)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)
        with reading(request.method or ""):
            response = get_response(request)
        response["X-Request-Id"] = request.request_id
        return response

    return handle


def permissions_policy(get_response: Handler) -> Handler:
    """Tells the browser that no page of ours needs camera, microphone, place or payment."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        return response

    return handle


class Onlooker:
    """A middleware that lets every request through; whoever derives from it has a say before the view or after an error."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class refusals(Onlooker):  # noqa: N801  middleware are named as functions in settings
    """Renders `Refusal`: problem+json under /api/, a fragment for htmx, a page otherwise."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if request.path.startswith("/api/"):
            return problem(exception)
        template = "errors/refusal_fragment.html" if getattr(request, "htmx", False) else "errors/refusal.html"
        return render(request, template, refusal_context(request, exception), status=exception.status)


def refusal_context(request: HttpRequest, refusal: Refusal) -> dict:
    return {
        "refusal": refusal,
        "reasons": refusal.reasons if isinstance(refusal, Blocked) else [],
        "request_id": getattr(request, "request_id", ""),
        "back_url": request.META.get("HTTP_REFERER", "/") if request.method == "POST" else "/",
    }


def problem(refusal: Refusal) -> JsonResponse:
    """RFC 9457 problem details."""
    body = {"type": f"urn:jgs:problem:{refusal.code}", "title": refusal.text, "status": refusal.status}
    if isinstance(refusal, Blocked):
        body["reasons"] = [{"code": r.code, "detail": r.message, "field": r.field} for r in refusal.reasons]
    return JsonResponse(body, status=refusal.status, content_type="application/problem+json")
