"""The addresses the upload script talks to. Answers are JSON; a refusal is problem+json with the sentence as its title."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import Refusal
from core.middleware import problem
from core.throttle.bucket import take
from core.uploads.errors import ChunkMisplaced, ChunkTooLarge, UploadGone
from core.uploads.forms import BeginForm
from core.uploads.models import UploadSession
from core.uploads.purposes import purpose_of
from core.uploads.session import (
    CHUNK,
    append_chunk,
    begin_upload,
    discard_upload,
    finish_upload,
    get_upload_of,
)
from core.uploads.visitor import Visitor, visitor_of

VISITORS_BEGIN, WITHIN = 40, 3600  # files one address begins in an hour: a hall full of people, not a machine


def by_sender(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands the view who sends: the signed-in person, else the visitor with the cookie; all others are led to sign in."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visitor = None if request.user.is_authenticated else visitor_of(request)
        if visitor is not None:
            return view(request, visitor, *args, **kwargs)
        return login_required(lambda asked: view(asked, asked.user, *args, **kwargs))(request)

    return answer


def in_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refusals as problem+json whatever the path: these addresses are for a script."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return problem(refusal)

    return answer


@by_sender
@require_POST
@in_json
def begin(request: HttpRequest, sender: Any) -> HttpResponse:
    """Opens a session or finds the one to go on with."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"title": str(next(iter(form.errors.values()))[0])}, status=422)
    if isinstance(sender, Visitor):
        if not purpose_of(form.cleaned_data["purpose"]).takes_visitors:
            raise UploadGone
        take(key=f"upload-from:{request.client_address}", capacity=VISITORS_BEGIN, seconds=WITHIN, at=clock.now())  # type: ignore[attr-defined]
    session = begin_upload(**form.cleaned_data, actor=sender, at=clock.now())
    return JsonResponse(_state(session), status=201)


@by_sender
@require_http_methods(["GET", "HEAD", "PUT"])
@in_json
def chunk(request: HttpRequest, sender: Any, public_id: str) -> HttpResponse:
    """GET tells how far it is; PUT `?offset=` with the bytes as the body takes the next piece."""
    session = get_upload_of(sender, public_id)
    if request.method != "PUT":
        return JsonResponse(_state(session))
    offset, length = request.GET.get("offset", ""), request.META.get("CONTENT_LENGTH") or "0"
    if not (offset.isascii() and offset.isdigit() and len(offset) < 16 and length.isdigit() and int(length) <= CHUNK):
        raise ChunkTooLarge
    try:
        session = append_chunk(
            session=session, offset=int(offset), chunk=request.body, actor=sender, at=clock.now()
        )
    except ChunkMisplaced as refusal:
        return JsonResponse({"title": refusal.text, "offset": refusal.params["offset"]}, status=409)
    return JsonResponse(_state(session))


@by_sender
@require_POST
@in_json
def finish(request: HttpRequest, sender: Any, public_id: str) -> HttpResponse:
    """The last byte is there: the file is checked and taken in, or refused and deleted."""
    session = get_upload_of(sender, public_id)
    done = finish_upload(session=session, actor=sender, at=clock.now())
    if not purpose_of(done.purpose).is_inline:
        messages.success(request, f"已上传“{done.name}”。")
    return JsonResponse({"url": done.result})


@by_sender
@require_POST
@in_json
def discard(request: HttpRequest, sender: Any, public_id: str) -> HttpResponse:
    """Gives an unfinished upload up and leads back to the page it was begun on."""
    session = get_upload_of(sender, public_id)
    discard_upload(session=session, actor=sender, at=clock.now())
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")


def _state(session: UploadSession) -> dict[str, Any]:
    return {
        "id": session.public_id,
        "offset": session.received,
        "size": session.size,
        "chunk": CHUNK,
        "is_complete": session.state == UploadSession.State.COMPLETE,
    }
