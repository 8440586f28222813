"""Errors of the API as problem details (RFC 9457)."""

from __future__ import annotations

import math
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from rest_framework.exceptions import APIException, NotFound, ValidationError

from core.errors import Refusal
from core.middleware import problem

TITLES = {
    400: "请求有误。", 401: "令牌无效、已过期或已撤销。", 403: "需要相应范围的令牌。", 404: "没有这个资源。", 405: "这个地址不支持该方法。", 406: "只提供 application/json。", 429: "请求太频繁。", 415: "请求内容应为 application/json。",
}  # fmt: skip


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The handler named in REST_FRAMEWORK: refusals keep their sentence, other faults a plain title; None lets the rest
    become a 500."""
    if isinstance(error, Refusal):
        return problem(error)
    if isinstance(error, Http404):
        error = NotFound()
    if not isinstance(error, APIException):
        return None
    answer = _problem(error.default_code, error.status_code, _faults(error))
    if header := getattr(error, "auth_header", ""):
        answer["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):  # of a Throttled
        answer["Retry-After"] = str(math.ceil(wait))
    return answer


def _faults(error: APIException) -> Any:
    """For bad input: field → sentences."""
    return error.detail if isinstance(error, ValidationError) else None


def not_found() -> HttpResponse:
    """For addresses below /api/ that no view answers."""
    return _problem(NotFound.default_code, NotFound.status_code)


def _problem(code: str, status: int, errors: Any = None) -> JsonResponse:
    body = {"type": f"urn:jgs:problem:{code}", "title": TITLES.get(status, "请求没有完成。"), "status": status}
    if errors:
        body["errors"] = errors
    return JsonResponse(body, status=status, content_type="application/problem+json")
