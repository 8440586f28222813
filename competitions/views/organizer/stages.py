"""The stages as they run: gate, pause, resumption, extension, each with a step to confirm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from competitions.actions import extend_stage, pause_stage, release_gate, resume_stage
from competitions.forms.parts import ExtendForm, ReasonForm
from competitions.pure.window import CLOSED, OPEN, PAUSED
from competitions.queries.access import get_stage_of
from competitions.queries.schedule import StageView, schedule, view_stage
from competitions.views.organizer.posting import carried_out, managed
from core import clock
from core.dates import local


@dataclass(frozen=True, slots=True)
class Verb:
    """A step of a stage: words of its button and page, its form, its action."""

    code: str
    label: str
    icon: str
    title: str
    text: str
    submit: str
    done: str
    form: type[Form]
    act: Callable[..., Any]


VERBS = {
    verb.code: verb
    for verb in (
        Verb(
            "release", "放行", "unlock", "放行“{stage}”？",
            "放行后到开始时间自动开放；开始时间已过的立即开放。放行后不能收回，只能暂停。", "放行", "已放行。", Form, release_gate,
        ),
        Verb(
            "pause", "暂停", "pause", "暂停“{stage}”？",
            "暂停后所有人都不能再办理，页面显示下面的原因。恢复时剩余时间不变，规则不变。", "暂停", "已暂停。", ReasonForm, pause_stage,
        ),
        Verb(
            "resume", "恢复", "play", "恢复“{stage}”？",
            "恢复后继续办理，截止时间按暂停的时长顺延。", "恢复", "已恢复。", ReasonForm, resume_stage,
        ),
        Verb(
            "extend", "延长截止时间", "clock", "延长“{stage}”的截止时间？",
            "截止时间只能推后，不能提前。新的时间和原因会公开显示。", "延长", "截止时间已延长。", ExtendForm, extend_stage,
        ),
    )
}  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD"])
def stages(request: HttpRequest, slug: str) -> HttpResponse:
    """Every stage: window, phase, gate, what was decided, what can be done."""
    edition, at = managed(request, slug), clock.now()
    rows = [{"view": view, "verbs": open_verbs(view) if edition.is_published else []} for view in schedule(edition, at)]
    return render(request, "competitions/stages.html", {"edition": edition, "at": at, "rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stage_verb(request: HttpRequest, slug: str, kind: str, verb: str) -> HttpResponse:
    """Asks for the reason and once more, then does it."""
    edition, at = managed(request, slug), clock.now()
    step = VERBS.get(verb)
    if step is None:
        raise Http404
    stage = get_stage_of(edition, kind)
    view = view_stage(stage, at)
    form = step.form(request.POST if request.method == "POST" else None, initial=_initial(step, view))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if carried_out(request, form, lambda: step.act(stage=stage, **values, actor=request.user, at=at), step.done):
            return redirect("competitions:stage-manage", slug)
    context = {"edition": edition, "view": view, "step": step, "title": step.title.format(stage=stage.name), "form": form}
    return render(request, "competitions/stage_verb.html", context)


def open_verbs(view: StageView) -> list[Verb]:
    """What can be done with a stage now."""
    found = []
    if view.stage.gate_released_at is None and view.phase != CLOSED:
        found.append(VERBS["release"])
    if view.phase == OPEN:
        found += [VERBS["pause"], VERBS["extend"]]
    if view.phase == PAUSED:
        found.append(VERBS["resume"])
    return found


def _initial(step: Verb, view: StageView) -> dict[str, Any]:
    return {"until": local(view.shown_end)} if step.code == "extend" else {}
