"""Errors of the API as problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from rest_framework.exceptions import APIException, NotFound

from core.errors import Refusal
from core.middleware import problem

TITLES = {400: "请求有误。", 404: "没有这个资源。", 405: "这个地址不支持该方法。", 406: "只提供 application/json。", 429: "请求太频繁。"}


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The handler named in REST_FRAMEWORK: refusals keep their sentence, other faults a plain title; None lets the rest
    become a 500."""
    if isinstance(error, Refusal):
        return problem(error)
    if isinstance(error, Http404):
        error = NotFound()
    if not isinstance(error, APIException):
        return None
    return _problem(error.default_code, error.status_code)


def not_found() -> HttpResponse:
    """For addresses below /api/ that no view answers."""
    return _problem(NotFound.default_code, NotFound.status_code)


def _problem(code: str, status: int) -> JsonResponse:
    body = {"type": f"urn:jgs:problem:{code}", "title": TITLES.get(status, "请求没有完成。"), "status": status}
    return JsonResponse(body, status=status, content_type="application/problem+json")
