"""Pages of the committee: monitor, cases, close and final tally."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from competitions.queries.access import get_edition_for
from core import clock
from core.errors import Refusal
from voting.actions.case import propose_case, release_case
from voting.actions.close import GRACE, close_vote
from voting.actions.final import finalise_tally
from voting.forms.case import CaseForm, ReleaseForm
from voting.models import VoteCase
from voting.queries.access import get_case_for
from voting.queries.campaign import vote_schedule
from voting.queries.final import current_approvals, final_blockers
from voting.queries.ledger import ledger_state, open_cases
from voting.queries.monitor import daily, hourly, sealing, shares
from voting.queries.tally import tally

PER_PAGE = 30
FEWEST_DAYS = 12


def actor_of(request: HttpRequest) -> User:
    """The signed-in person, after `login_required`."""
    assert isinstance(request.user, User)
    return request.user


@login_required
@require_safe
def monitor(request: HttpRequest, slug: str) -> HttpResponse:
    """Votes by hour and day, share of each entry, age of the last seal."""
    found, at = get_edition_for(request.user, slug, to="voting.view_monitor"), clock.now()
    schedule, rows, days = vote_schedule(found), shares(found), daily(found)
    context = {
        "edition": found,
        "at": at,
        "schedule": schedule,
        "phase": schedule.phase(at) if schedule else "none",
        "hours": hourly(found, at),
        "days": days,
        "day_span": max(len(days), FEWEST_DAYS),
        "shares": rows,
        "most": max((row.valid for row in rows), default=0) or 1,
        "total": sum(row.total for row in rows),
        "sealing": sealing(found),
        "case_count": len(open_cases(found)),
        "state": ledger_state(found),
        "may_approve": request.user.has_perm("voting.approve_final", found),
    }
    return render(request, "voting/monitor.html", context)


@login_required
@require_safe
def case_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every case, the undecided first."""
    found = get_edition_for(request.user, slug, to="voting.view_monitor")
    cases = VoteCase.objects.filter(edition=found).select_related("proposed_by", "release__by").prefetch_related("ballots")
    ordered = cases.order_by("release__at", "-proposed_at")
    page = Paginator(sorted(ordered, key=lambda case: hasattr(case, "release")), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "voting/case_list.html", {"edition": found, "page_obj": page, "may_manage": request.user.has_perm("voting.manage_vote", found)})


@login_required
@require_http_methods(["GET", "POST"])
def case_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Proposes a case."""
    found = get_edition_for(request.user, slug, to="voting.manage_vote")
    form = CaseForm(request.POST or None, edition=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        case = propose_case(
            edition=found,
            verb=data["verb"],
            reason=data["reason"],
            evidence=data["evidence"],
            ballots=data["ballots"],
            actor=actor_of(request),
            at=clock.now(),
        )
        messages.success(request, "已提出处理，等待另一位组委会成员复核。")
        return redirect("voting:case-detail", found.slug, case.public_id)
    return render(request, "voting/case_create.html", {"edition": found, "form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def case_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A case with its ballots; a second person releases or dismisses it here."""
    found = get_edition_for(request.user, slug, to="voting.view_monitor")
    case = get_case_for(request.user, public_id, edition=found, to="voting.view_monitor")
    if request.method == "POST":
        found = get_edition_for(request.user, slug, to="voting.manage_vote")
        form = ReleaseForm(request.POST)
        form.is_valid()
        is_released = request.POST.get("decision") == "release"
        note = form.cleaned_data.get("note", "")
        release_case(case=case, is_released=is_released, note=note, actor=actor_of(request), at=clock.now())
        messages.success(request, "已复核，处理生效。" if is_released else "已复核，不予处理。")
        return redirect("voting:case-detail", found.slug, case.public_id)
    rows = case.ballots.select_related("ballot__entry", "ballot__ledger_leaf").order_by("ballot_id")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    by_entry: dict[str, int] = {}
    for code in case.ballots.values_list("ballot__entry__number", flat=True):
        by_entry[f"{code:03d}"] = by_entry.get(f"{code:03d}", 0) + 1
    context = {
        "edition": found,
        "case": case,
        "release": getattr(case, "release", None),
        "page_obj": page,
        "by_entry": sorted(by_entry.items()),
        "form": ReleaseForm(),
        "is_own": case.proposed_by_id == request.user.pk,
        "may_manage": request.user.has_perm("voting.manage_vote", found),
    }
    return render(request, "voting/case_detail.html", context)


@login_required
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Closes the ledger by hand; the job does it by itself within a minute."""
    found = get_edition_for(request.user, slug, to="voting.manage_vote")
    close_vote(edition=found, actor=actor_of(request), at=clock.now())
    messages.success(request, "投票账本已封账。")
    return redirect("voting:final-approve", found.slug)


@login_required
@require_http_methods(["GET", "POST"])
def final(request: HttpRequest, slug: str) -> HttpResponse:
    """Approving the tally, with all that blocks it; the second person's approval makes it final."""
    found, at = get_edition_for(request.user, slug, to="voting.approve_final"), clock.now()
    refusal = ""
    if request.method == "POST":
        try:
            finalise_tally(edition=found, actor=actor_of(request), at=at)
        except Refusal as refused:
            refusal = refused.text
        else:
            messages.success(request, "已批准票数。")
            return redirect("voting:final-approve", found.slug)
    schedule, state = vote_schedule(found), ledger_state(found)
    ends_at = schedule.ends_at if schedule else None
    context = {
        "edition": found,
        "at": at,
        "state": state,
        "ends_at": ends_at,
        "can_close": bool(ends_at and at >= ends_at + GRACE and not state.is_closed),
        "blockers": final_blockers(found),
        "approvals": current_approvals(found),
        "has_approved": any(one.by_id == request.user.pk for one in current_approvals(found)),
        "shares": shares(found),
        "total": sum(count.valid for count in tally(found).values()),
        "refusal": refusal,
    }
    return render(request, "voting/final_approve.html", context, status=409 if refusal else 200)
