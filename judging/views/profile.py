"""A judge's profile, by the judge or by the organiser."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import SignedInRequest
from competitions.models import Edition
from competitions.queries.access import get_edition_for
from core import clock
from judging.actions.profile import save_profile
from judging.forms.profile import ProfileForm
from judging.models import JudgeProfile
from judging.queries.access import get_round_seat
from judging.queries.task import judge_seats
from judging.views.judge import layout_of
from judging.views.organizer import back_to_panel, managed_round


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_profile(request: SignedInRequest, slug: str) -> HttpResponse:
    """The judge's own profile; a seat whose declaration waits is next."""
    edition = get_edition_for(request.user, slug, to="judging.keep_own_profile")
    form = _form(request, request.user)
    waiting = next((one for one in judge_seats(request.user) if one.panel.round.edition == edition and not one.declared_at), None)
    if _saved(request, edition, request.user, form):
        if waiting is None:
            return redirect("judging:task-list")
        return redirect("judging:declaration", slug, waiting.panel.round.kind)
    context = {"judge": layout_of(None), "edition": edition, "form": form, "waiting": waiting}
    return render(request, "judging/judge/profile.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat_profile(request: SignedInRequest, slug: str, kind: str, number: int) -> HttpResponse:
    """The profile of a judge on the panel, kept by the organiser."""
    edition, round = managed_round(request, slug, kind)
    seat = get_round_seat(round, number)
    form = _form(request, seat.judge)
    if _saved(request, edition, seat.judge, form):
        return back_to_panel(slug, kind)
    context = {"edition": edition, "round": round, "seat": seat, "form": form}
    return render(request, "judging/panel/profile.html", context, status=422 if form.errors else 200)


def _form(request: SignedInRequest, judge: User) -> ProfileForm:
    stored = JudgeProfile.objects.filter(user=judge).first()
    return ProfileForm(request.POST or None, initial=ProfileForm.initial_of(stored))


def _saved(request: SignedInRequest, edition: Edition, judge: User, form: ProfileForm) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    data = form.cleaned_data
    save_profile(
        edition=edition, judge=judge, values=form.values(), industries=data["industries"], ipc=data["ipc"],
        actor=request.user, at=clock.now(),
    )  # fmt: skip
    messages.success(request, "评委档案已保存。")
    return True
