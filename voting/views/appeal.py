"""An entrant looks at the votes that were left out and may appeal; the committee answers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from competitions.queries.access import get_edition_for
from core import clock
from core.errors import Refusal
from entries.queries.access import get_entry_for
from voting.actions.appeal import answer_appeal, file_appeal
from voting.forms.case import AppealAnswerForm, AppealForm
from voting.queries.access import get_appeal_for
from voting.queries.appeals import appeals_of
from voting.queries.campaign import is_final
from voting.queries.case_report import removed_votes
from voting.queries.tally import final_tally
from voting.views.cases import actor_of

PER_PAGE = 30


@login_required
@require_http_methods(["GET", "POST"])
def own_votes(request: HttpRequest, public_id: str) -> HttpResponse:
    """The final votes of an own entry, what was left out and why, and the way to appeal. Before the final tally it tells nothing."""
    entry = get_entry_for(request.user, public_id, to="entries.view_entry")
    form, refusal = AppealForm(request.POST or None), ""
    if request.method == "POST":
        get_entry_for(request.user, public_id, to="entries.edit_entry")
        if form.is_valid():
            try:
                file_appeal(entry=entry, text=form.cleaned_data["text"], actor=actor_of(request), at=clock.now())
            except Refusal as refused:
                refusal = refused.text
            else:
                messages.success(request, "申诉已提交，组委会会书面答复。")
                return redirect("voting:own-votes", entry.public_id)
    final = is_final(entry.edition)
    appeals = list(entry.vote_appeals.select_related("filed_by"))
    removed = [one for one in removed_votes(entry.edition) if one.entry == entry.code]
    context = {
        "entry": entry,
        "edition": entry.edition,
        "is_final": final,
        "votes": final_tally(entry.edition).get(entry.pk, 0) if final else None,
        "removed": removed,
        "appeals": appeals,
        "form": form,
        "refusal": refusal,
        "may_appeal": bool(removed) and all(one.answered_at for one in appeals) and request.user.has_perm("entries.edit_entry", entry),
    }
    return render(request, "voting/own_votes.html", context, status=409 if refusal else 422 if form.errors else 200)


@login_required
@require_safe
def appeal_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All appeals, those without an answer first."""
    found = get_edition_for(request.user, slug, to="voting.view_monitor")
    page = Paginator(appeals_of(found), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "voting/appeal_list.html", {"edition": found, "page_obj": page})


@login_required
@require_http_methods(["GET", "POST"])
def appeal_answer(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One appeal beside the numbers it is about; a member of the committee answers it once."""
    found = get_edition_for(request.user, slug, to="voting.view_monitor")
    appeal = get_appeal_for(request.user, public_id, edition=found, to="voting.view_monitor")
    form = AppealAnswerForm(request.POST or None)
    if request.method == "POST":
        get_edition_for(request.user, slug, to="voting.manage_vote")
        if form.is_valid():
            answer_appeal(appeal=appeal, answer=form.cleaned_data["answer"], actor=actor_of(request), at=clock.now())
            messages.success(request, "已答复，答复已发邮件给申诉人。")
            return redirect("voting:appeal-list", found.slug)
    context = {
        "edition": found,
        "appeal": appeal,
        "form": form,
        "removed": [one for one in removed_votes(found) if one.entry == appeal.entry.code],
        "may_manage": request.user.has_perm("voting.manage_vote", found),
    }
    return render(request, "voting/appeal_answer.html", context, status=422 if form.errors else 200)
