"""The draw: prepared, run and published by the organiser; checked by everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from competitions.models import Edition, Round
from competitions.queries.access import get_edition_for, get_public_edition
from core import clock
from core.canonical import canonical_json
from core.errors import Refusal
from judging.actions.draw import prepare_draw, publish_draw, redraw, run_draw
from judging.forms.panel import ReasonForm
from judging.forms.stage import ComputedRunForm, HandRunForm, PrepareForm, RunForm
from judging.models import Draw
from judging.queries.access import get_scored_round
from judging.queries.desk import finalists_by_group
from judging.queries.draw import get_draw_for, published_record
from judging.queries.draw_page import draw_groups, entries_drawing, get_shown_draw, public_draws

RUN = "judging.run_draw"


@login_required
@require_safe
def draw_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """Every group with its finalists, its draw and the attempts before."""
    edition, round = _final(request, slug)
    groups = draw_groups(round)
    is_drawn = any(one.current and one.current.rows for one in groups)
    context = {"edition": edition, "round": round, "groups": groups, "is_drawn": is_drawn, "at": clock.now()}
    return render(request, "judging/draw/manage.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw_prepare(request: HttpRequest, slug: str, track: str, group: str) -> HttpResponse:
    """How the group draws; a computed draw publishes its commitment at once."""
    edition, round = _final(request, slug)
    chosen = next(
        (row for row in finalists_by_group(round) if (row[0].track.code, row[0].code) == (track, group)), None
    )
    if chosen is None:
        raise Http404
    form = PrepareForm(request.POST or None)

    def act() -> object:
        return prepare_draw(
            round=round, group=chosen[0], entries=chosen[1], **form.cleaned_data, actor=request.user, at=clock.now()
        )

    if _carried_out(request, form, act, f"{chosen[0].name}的抽签已准备好。"):
        return redirect("judging:draw-manage", slug)
    context = {"edition": edition, "group": chosen[0], "entries": chosen[1], "form": form}
    return render(request, "judging/draw/prepare.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw_run(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Draws: with the public values of the day, or by recording the plates drawn by hand."""
    edition, draw = _draw(request, slug, public_id, "prepared")
    form = _run_form(draw, request.POST or None)

    def act() -> object:
        given = {"public_values": form.public_values} if isinstance(form, ComputedRunForm) else {
            "order": form.order,  # type: ignore[attr-defined]
            "drawn_by_staff": form.drawn_by_staff,  # type: ignore[attr-defined]
        }
        return run_draw(draw=draw, witness=form.cleaned_data["witness"], **given, actor=request.user, at=clock.now())

    if _carried_out(request, form, act, f"{draw.group.name}已抽签，可以在大屏上逐个亮牌，核对后请公布。"):
        return redirect("judging:draw-room", slug, draw.public_id)
    return render(request, "judging/draw/run.html", {"edition": edition, "draw": draw, "form": form}, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw_publish(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Asks once more, then makes the order public."""
    edition, draw = _draw(request, slug, public_id, "drawn")
    form = Form(request.POST if request.method == "POST" else None)
    if _carried_out(
        request, form, lambda: publish_draw(draw=draw, actor=request.user, at=clock.now()), f"{draw.group.name}的出场顺序已公布。"
    ):
        return redirect("judging:draw-manage", slug)
    return render(request, "judging/draw/publish.html", {"edition": edition, "draw": draw, "form": form}, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw_again(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A redraw, with its reason, which becomes public."""
    edition, draw = _draw(request, slug, public_id, "drawn", "published")
    form = ReasonForm(request.POST or None)

    def act() -> object:
        return redraw(draw=draw, reason=form.cleaned_data["reason"], actor=request.user, at=clock.now())

    if _carried_out(request, form, act, f"{draw.group.name}可以重新抽签，原结果保留。"):
        return redirect("judging:draw-manage", slug)
    return render(request, "judging/draw/again.html", {"edition": edition, "draw": draw, "form": form}, status=_status(form))


@require_safe
def draw_check(request: HttpRequest, edition: str) -> HttpResponse:
    """Commitments from the moment they are made, results once published, and the check on one's own phone."""
    found = get_public_edition(edition)
    context = {"edition": found, "draws": public_draws(found), "at": clock.now()}
    return render(request, "judging/draw/check.html", context)


@require_safe
def draw_record(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    """What `tools/verify_draw.py` reads, byte for byte."""
    draw = get_shown_draw(get_public_edition(edition), public_id)
    return HttpResponse(canonical_json(published_record(draw)), content_type="application/json")


def _final(request: HttpRequest, slug: str) -> tuple[Edition, Round]:
    edition = get_edition_for(request.user, slug, to=RUN)
    return edition, get_scored_round(edition, Round.Kind.FINAL)


def _draw(request: HttpRequest, slug: str, public_id: str, *wanted: str) -> tuple[Edition, Draw]:
    """The draw of this edition in one of the states in which the page makes sense; 404 otherwise."""
    draw = get_draw_for(request.user, public_id, to=RUN)
    if draw.round.edition.slug != slug or draw.state not in wanted:
        raise Http404
    return draw.round.edition, draw


def _run_form(draw: Draw, data: Any) -> RunForm:
    if draw.method == Draw.Method.COMPUTED:
        return ComputedRunForm(data, sources=[line.strip() for line in draw.sources_text.splitlines() if line.strip()])
    return HandRunForm(data, entries=entries_drawing(draw))


def _carried_out(request: HttpRequest, form: Form, act: Callable[[], object], done: str) -> bool:
    """Whether a valid form was posted and the act not refused; a refusal stands above the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, refusal.text)
        return False
    messages.success(request, done)
    return True


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200
