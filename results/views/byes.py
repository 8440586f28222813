"""Entries that go on unranked: listed, added and taken back by the organiser."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core import clock
from results.actions.bye import end_bye, grant_bye
from results.forms.organizer import ByeForm
from results.queries import access
from results.queries.byes import byes_allowed, byes_of


@login_required
def byes(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The byes of a round with their reasons, and the form for one more."""
    round_ = access.get_round_for(request.user, slug, kind, to="results.compute_result")
    allowed = byes_allowed(round_)
    form = ByeForm(request.POST or None, round=round_, allowed=allowed)
    if form.is_valid():
        bye = grant_bye(round=round_, actor=request.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, f"已登记 {bye.entry.code} 号项目直接晋级。")
        return redirect("results:byes", slug, kind)
    context = {"edition": round_.edition, "round": round_, "form": form, "byes": byes_of(round_), "may_grant": any(allowed.values())}
    return render(request, "results/byes.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def bye_end(request: HttpRequest, slug: str, kind: str, number: int) -> HttpResponse:
    round_ = access.get_round_for(request.user, slug, kind, to="results.compute_result")
    bye = byes_of(round_).filter(entry__number=number).first()
    if bye is None:
        raise Http404
    bye.round = round_
    end_bye(bye=bye, actor=request.user, at=clock.now())
    messages.success(request, f"已撤销 {bye.entry.code} 号项目的直接晋级，该项目照常参加排名。")
    return redirect("results:byes", slug, kind)
