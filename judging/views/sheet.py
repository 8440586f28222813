"""The score page: reading the material, giving marks, submitting, recusing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from competitions.models import Round
from core import clock, dates
from core.errors import Refusal
from core.figures import mark
from core.files import private_file
from core.middleware import problem
from judging import states
from judging.actions.assignment import recuse_assignment
from judging.actions.guard import round_phase
from judging.actions.sheet import lock_sheet, save_sheet
from judging.errors import DraftOutdated, MarksInvalid, SheetLocked, TextTooLong
from judging.forms.panel import ReasonForm
from judging.forms.sheet import SheetInput, read_sheet
from judging.models import Assignment, ScoreSheet
from judging.queries.access import get_assignment_for
from judging.queries.calibration import calibration_due
from judging.queries.finalist import judges_deck
from judging.queries.live import round_room
from judging.queries.material import file_name, read_material, readable_files
from judging.queries.score_form import ScoreForm, score_form
from judging.queries.task import judge_tasks, neighbours
from judging.views.judge import layout_of
from judging.views.live import stage_bar

MEND = (MarksInvalid, TextTooLong, DraftOutdated)


def _own(request: SignedInRequest, public_id: str) -> Assignment:
    """The judge's own assignment that was not withdrawn; 404 for everybody else, administrators included."""
    assignment = get_assignment_for(request.user, public_id, to="judging.score_entry")
    if assignment.state == states.WITHDRAWN:
        raise Http404
    return assignment


def _to_declaration(assignment: Assignment) -> HttpResponseRedirect | None:
    round = assignment.seat.panel.round
    if assignment.seat.declared_at is not None:
        return None
    return redirect("judging:declaration", round.edition.slug, round.kind)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def score(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Material and rubric side by side. A POST saves the draft; with action=submit it leads to the confirmation."""
    assignment = _own(request, public_id)
    away = _to_declaration(assignment)
    if away is not None:
        return away
    if request.method != "POST":
        return _page(request, assignment)
    typed = read_sheet(request.POST)
    try:
        _save(request, assignment, typed)
    except MEND as refusal:
        return _page(request, assignment, typed, refusal)
    if request.POST.get("action") == "submit":
        return redirect("judging:submit", public_id)
    messages.success(request, f"已保存 {assignment.entry.code} 号的草稿。")
    return redirect(reverse("judging:score", args=[public_id]) + "#marks")


@login_required
@require_POST
def autosave(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Saves what the page holds; answers JSON with the sequence stored and the time, or problem+json."""
    assignment = _own(request, public_id)
    try:
        sheet = _save(request, assignment, read_sheet(request.POST))
    except MarksInvalid as refusal:
        answer = problem(refusal)
        answer.content = JsonResponse({"code": refusal.code, "title": refusal.text, "fields": refusal.fields}).content
        return answer
    except Refusal as refusal:
        answer = problem(refusal)
        answer.content = JsonResponse({"code": refusal.code, "title": refusal.text}).content
        return answer
    return JsonResponse({"sequence": sheet.sequence, "saved": dates.clock(sheet.saved_at or clock.now())})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What will be final, then the submission itself. Only what was shown is submitted; sent again because the answer was
    lost, it leads where the first one would have."""
    assignment = _own(request, public_id)
    away = _to_declaration(assignment)
    if away is not None:
        return away
    sheet = ScoreSheet.objects.filter(assignment=assignment).first()
    if request.method == "POST" and sheet is not None and sheet.state == states.LOCKED:
        return _onward(assignment)
    form = score_form(assignment, sheet)
    if sheet is None or form.missing or sheet.state == states.LOCKED:
        return redirect(reverse("judging:score", args=[public_id]) + "#marks")
    if request.method != "POST" or request.POST.get("sequence") != str(sheet.sequence):
        context = {"is_changed": request.method == "POST"}
        return render(request, "judging/judge/submit.html", {**_base(assignment), "form": form, "sheet": sheet, **context})
    texts = {"comment": sheet.comment, "feedback": sheet.feedback}
    try:
        lock_sheet(assignment=assignment, marks=sheet.draft, **texts, actor=request.user, at=clock.now())
    except SheetLocked:  # the first sending was still at work when the second one came
        return _onward(assignment)
    messages.success(request, f"已提交 {assignment.entry.code} 号的评分：{mark(form.total)} 分。")
    return _onward(assignment)


def _onward(assignment: Assignment) -> HttpResponseRedirect:
    round = assignment.seat.panel.round
    if round.kind == Round.Kind.FINAL and round_room(round) is not None:
        return redirect("judging:live", round.edition.slug)  # in the hall the next entrant comes by itself
    return redirect("judging:task-list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recuse(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The judge steps back from the entry, with the reason."""
    assignment = _own(request, public_id)
    away = _to_declaration(assignment)
    if away is not None:
        return away
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        recuse_assignment(
            assignment=assignment, reason=form.cleaned_data["reason"], actor=request.user, at=clock.now()
        )
        messages.success(request, f"已回避 {assignment.entry.code} 号，该项目不计入您的任务。")
        return redirect("judging:task-list")
    status = 422 if form.is_bound else 200
    return render(request, "judging/judge/recuse.html", {**_base(assignment), "form": form}, status=status)


@login_required
@require_safe
def attachment(request: SignedInRequest, public_id: str, file_id: str) -> HttpResponseBase:
    """A file of the entry, as a download; 404 for files a blind round hides."""
    assignment = _own(request, public_id)
    away = _to_declaration(assignment)
    if away is not None:
        return away
    found = next((one for one in readable_files(assignment) if one.public_id == file_id), None)
    if found is None or assignment.state != states.ASSIGNED:
        raise Http404
    name = file_name(assignment.entry, found, assignment.seat.panel.round.is_blind)
    return private_file(request, found.file, name=name, media_type=found.media_type, sha256=found.sha256)


def _save(request: SignedInRequest, assignment: Assignment, typed: SheetInput) -> ScoreSheet:
    return save_sheet(
        assignment=assignment,
        marks=typed.marks,
        comment=typed.comment,
        feedback=typed.feedback,
        sequence=typed.sequence,
        actor=request.user,
        at=clock.now(),
    )


def _base(assignment: Assignment) -> dict[str, Any]:
    return {
        "judge": layout_of(assignment.seat.panel.round),
        "stage": stage_bar(assignment),
        "assignment": assignment,
        "entry": assignment.entry,
        "seat": assignment.seat,
        "round": assignment.seat.panel.round,
        "material": read_material(assignment),
        "deck": judges_deck(assignment),
    }


def _page(
    request: SignedInRequest, assignment: Assignment, typed: SheetInput | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    sheet = ScoreSheet.objects.filter(assignment=assignment).first()
    faults = refusal.fields if isinstance(refusal, MarksInvalid) else {}
    form: ScoreForm = score_form(assignment, sheet, typed.marks if typed else None, faults)
    before, after, place, count = neighbours(judge_tasks(assignment.seat), assignment)
    context = {
        **_base(assignment),
        "sheet": sheet,
        "form": form,
        "comment": typed.comment if typed else (sheet.comment if sheet else ""),
        "feedback": typed.feedback if typed else (sheet.feedback if sheet else ""),
        "sequence": (sheet.sequence if sheet else 0) + 1,
        "refusal": refusal,
        "stored": score_form(assignment, sheet) if isinstance(refusal, DraftOutdated) else None,
        "errors": [{"anchor": f"n-{code}", "message": text} for code, text in faults.items()],
        "is_locked": bool(sheet and sheet.state == states.LOCKED),
        "is_reopened": bool(sheet and sheet.state == states.DRAFT and sheet.versions.exists()),
        "is_recused": assignment.state == states.RECUSED,
        "phase": round_phase(assignment.seat.panel.round, clock.now()),
        "before": before,
        "after": after,
        "place": place,
        "count": count,
        "calibration": calibration_due(assignment),
    }
    return render(request, "judging/judge/score.html", context, status=refusal.status if refusal else 200)
