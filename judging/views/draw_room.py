"""The draw on the day: plates on the hall's screen, minutes to sign, photographs and the signed sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from competitions.queries.access import get_public_edition
from core import clock
from core.errors import Refusal
from core.files import JPG, PDF, PNG, check_upload
from core.files.made import made_file
from judging.actions.draw import add_draw_file, show_plates
from judging.exports.draw_minutes import minutes_pdf
from judging.forms.stage import DrawFileForm, PlatesForm
from judging.models import Draw, DrawFile
from judging.queries.draw import get_draw_for
from judging.queries.draw_page import view_draw
from judging.queries.draw_screen import draw_screen_state, get_screen_draw
from judging.views.screen import tagged, unstored

RUN = "judging.run_draw"
MAX_FILE = 20 * 1024 * 1024


@login_required
@require_safe
def room(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """The operator's page of one draw that took place."""
    return _page(request, _drawn(request, slug, public_id))


@login_required
@require_POST
def plates(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """One plate more or less on the hall's screen."""
    draw = _drawn(request, slug, public_id)
    form = PlatesForm(request.POST)
    try:
        if form.is_valid():
            show_plates(draw=draw, **form.cleaned_data, actor=request.user, at=clock.now())
    except Refusal as refusal:
        return _page(request, _drawn(request, slug, public_id), note=refusal.text, status=refusal.status)
    return redirect("judging:draw-room", slug, public_id)


@login_required
@require_POST
def file_add(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """A photograph or the signed minutes."""
    draw = _drawn(request, slug, public_id)
    form = DrawFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            upload = check_upload(form.cleaned_data["file"], allowed=(JPG, PNG, PDF), max_size=MAX_FILE)
            add_draw_file(draw=draw, kind=form.cleaned_data["kind"], upload=upload, actor=request.user, at=clock.now())
        except Refusal as refusal:
            form.add_error("file", refusal.text)
        else:
            messages.success(request, "已上传。")
            return redirect("judging:draw-room", slug, public_id)
    return _page(request, draw, form=form, status=422)


@login_required
@require_safe
def file_read(request: SignedInRequest, slug: str, public_id: str, file_id: str) -> FileResponse:
    found = DrawFile.objects.filter(draw=_drawn(request, slug, public_id), public_id=file_id).first()
    if found is None:
        raise Http404
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.original_name, content_type=found.media_type)


@login_required
@require_http_methods(["GET", "HEAD"])
def minutes(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """The minutes as PDF, to be printed and signed on the spot."""
    draw = _drawn(request, slug, public_id)
    return made_file(minutes_pdf(draw, at=clock.now()), "application/pdf", f"{slug}-抽签记录-{draw.group.name}.pdf")


@require_safe
def screen(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    """The hall's screen during the draw; everybody may watch it."""
    draw = get_screen_draw(get_public_edition(edition), public_id)
    state = draw_screen_state(draw, clock.now())
    context = {
        "screen": {"title": state["title"], "group": state["group"]},
        "state": state,
        "state_url": reverse("judging:draw-screen-state", args=[edition, public_id]),
        "check_url": request.build_absolute_uri(reverse("judging:draw-check", args=[edition])),
    }
    return unstored(render(request, "judging/draw/screen.html", context))


@require_safe
def screen_state(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    draw = get_screen_draw(get_public_edition(edition), public_id)
    tag = f'"{draw.screen_version}"'
    if request.headers.get("If-None-Match") == tag:
        return tagged(HttpResponseNotModified(), tag)
    return tagged(JsonResponse(draw_screen_state(draw, clock.now())), tag)


def _drawn(request: HttpRequest, slug: str, public_id: str) -> Draw:
    draw = get_draw_for(request.user, public_id, to=RUN)
    if draw.round.edition.slug != slug or draw.drawn_at is None:
        raise Http404
    return draw


def _page(request: HttpRequest, draw: Draw, *, note: str = "", form: Any = None, status: int = 200) -> HttpResponse:
    view = view_draw(draw)
    files = list(draw.files.select_related("uploaded_by"))
    edition = draw.round.edition
    context = {
        "edition": edition,
        "draw": draw,
        "view": view,
        "shown": view.rows[: draw.plates_shown],
        "following": draw.plates_shown + 1 if draw.plates_shown < len(view.rows) else None,
        "files": files,
        "missing": [label for kind, label in DrawFile.Kind.choices if kind not in {one.kind for one in files}],
        "form": form or DrawFileForm(),
        "note": note,
    }
    return render(request, "judging/draw/room.html", context, status=status)
