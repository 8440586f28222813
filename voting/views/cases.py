"""Pages of the committee: choosing ballots for a case, proposing it, and the second person's decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from competitions.models import Edition
from competitions.queries.access import get_edition_for
from core import clock
from core.errors import Refusal
from voting.actions.case import propose_case, release_case
from voting.actions.evidence import search_evidence
from voting.forms.case import MOST_BALLOTS, ProposalForm, ReleaseForm, SelectionForm
from voting.models import Ballot, VoteCase
from voting.queries.access import get_case_for
from voting.queries.campaign import is_final
from voting.queries.case_list import CASE_STATES, cases_of
from voting.queries.case_selection import Preview, level_shares, preview

PER_PAGE = 30


def actor_of(request: HttpRequest) -> User:
    """The signed-in person, after `login_required`."""
    assert isinstance(request.user, User)
    return request.user


@login_required
@require_safe
def case_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every case, the undecided first, or those in one state."""
    found = get_edition_for(request.user, slug, to="voting.view_monitor")
    state = request.GET.get("state", "")
    context = {
        "edition": found,
        "page_obj": Paginator(cases_of(found, state), PER_PAGE).get_page(request.GET.get("page")),
        "chips": [
            {"label": label, "url": f"?state={key}" if key else "?", "current": state == key} for key, label in {"": "全部", **CASE_STATES}.items()
        ],
        "state": state if state in CASE_STATES else "",
        "may_manage": request.user.has_perm("voting.manage_vote", found),
        "is_final": is_final(found),
        "levels": level_shares(found),
    }
    return render(request, "voting/case_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def case_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Chooses ballots, shows what the choice amounts to, and proposes exactly that. Criteria are posted, never in an address."""
    found, at = get_edition_for(request.user, slug, to="voting.manage_vote"), clock.now()
    if is_final(found):
        return redirect("voting:case-list", found.slug)
    form = SelectionForm(request.POST or None, edition=found)
    is_proposal = request.POST.get("step") == "propose"
    proposal = ProposalForm(request.POST if is_proposal else None)
    context: dict[str, Any] = {"edition": found, "form": form, "proposal": proposal, "most": MOST_BALLOTS}
    if request.method != "POST" or not form.is_valid():
        return render(request, "voting/case_create.html", context, status=422 if form.errors else 200)
    is_same = request.POST.get("digest") == form.digest()
    if is_proposal and is_same and proposal.is_valid():
        try:
            return _propose(request, found, form, proposal, at)
        except Refusal as refusal:
            context["refusal"] = refusal.text
    context |= _previewed(form, _look(request, found, form, at), is_changed=is_proposal and not is_same)
    return render(request, "voting/case_create.html", context, status=422 if proposal.errors or "refusal" in context else 200)


def _propose(request: HttpRequest, edition: Edition, form: SelectionForm, proposal: ProposalForm, at: datetime) -> HttpResponse:
    chosen = preview(edition, form.selection()).ballots[: MOST_BALLOTS + 1]
    case = propose_case(
        edition=edition,
        verb=form.cleaned_data["verb"],
        reason=proposal.cleaned_data["reason"],
        evidence=proposal.cleaned_data["evidence"],
        ballots=[Ballot(pk=pk) for pk in chosen],
        actor=actor_of(request),
        at=at,
    )
    messages.success(request, "已提出处理，等待另一位组委会成员复核。")
    return redirect("voting:case-detail", edition.slug, case.public_id)


def _look(request: HttpRequest, edition: Edition, form: SelectionForm, at: datetime) -> Preview:
    return search_evidence(edition=edition, selection=form.selection(), actor=actor_of(request), at=at)


def _previewed(form: SelectionForm, found: Preview, *, is_changed: bool) -> dict[str, Any]:
    """The preview with what ties a proposal to it: the ledger's length and the digest of the selection."""
    below = form.selection().below
    again = SelectionForm({**form.data.dict(), "below": below}, edition=form.edition)
    again.is_valid()
    return {
        "preview": found,
        "form": again,
        "digest": again.digest(),
        "verb_label": VoteCase.Verb(again.cleaned_data["verb"]).label,
        "is_changed": is_changed,
        "is_too_much": found.count > MOST_BALLOTS,
    }


@login_required
@require_http_methods(["GET", "POST"])
def case_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A case with its ballots; a second person releases or dismisses it here."""
    found = get_edition_for(request.user, slug, to="voting.view_monitor")
    case = get_case_for(request.user, public_id, edition=found, to="voting.view_monitor")
    if request.method == "POST":
        return _decide(request, get_edition_for(request.user, slug, to="voting.manage_vote"), case)
    rows = case.ballots.select_related("ballot__entry", "ballot__ledger_leaf").order_by("ballot_id")
    entries = case.ballots.order_by().values_list("ballot__entry__number", "ballot__entry__title").annotate(votes=Count("pk"))
    context = {
        "edition": found,
        "case": case,
        "release": getattr(case, "release", None),
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "by_entry": sorted(entries),
        "form": ReleaseForm(),
        "is_own": case.proposed_by_id == request.user.pk,
        "is_final": is_final(found),
        "may_manage": request.user.has_perm("voting.manage_vote", found),
    }
    return render(request, "voting/case_detail.html", context)


def _decide(request: HttpRequest, edition: Edition, case: VoteCase) -> HttpResponse:
    form = ReleaseForm(request.POST)
    form.is_valid()
    is_released = request.POST.get("decision") == "release"
    note = form.cleaned_data.get("note", "")
    release_case(case=case, is_released=is_released, note=note, actor=actor_of(request), at=clock.now())
    messages.success(request, "已复核，处理生效。" if is_released else "已复核，不予处理。")
    return redirect("voting:case-detail", edition.slug, case.public_id)
