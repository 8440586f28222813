"""The page of one's own entry, and the steps that need a question first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from competitions.models import Stage
from competitions.queries.schedule import schedule
from core import clock
from entries import states
from entries.actions.submission import recall_entry, resubmit_entry, withdraw_entry
from entries.forms.review import WithdrawForm
from entries.models import Entry, FieldComment
from entries.queries.access import get_entry_for
from entries.queries.completeness import missing_for_submission, unmended_reasons
from entries.queries.content_rows import content_rows
from entries.queries.dossier import Dossier, open_dossier
from entries.queries.editing import edit_refusal
from entries.queries.extension import may_still_register, registration_end, supplement_ends
from entries.queries.portfolio import portfolio_change
from entries.queries.progress import progress, timeline
from entries.queries.sections import detail_sections
from entries.queries.steps import STEPS, field_label, field_url, step_of
from entries.states import ENTRY

# While a draft is filled in and after an entry has left there is nothing to publish.
HOPEFUL = (states.SUBMITTED, states.UNDER_REVIEW, states.RETURNED, states.ACCEPTED)


@login_required
@require_safe
def my_entry(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Status, what to do next, what was submitted, and what happened."""
    entry = get_entry_for(request.user, public_id, to="entries.view_entry")
    at = clock.now()
    dossier = open_dossier(entry)
    views = schedule(entry.edition, at)
    refusal = edit_refusal(entry, at)
    may_edit = request.user.has_perm("entries.edit_entry", entry)
    details = detail_sections(dossier)
    registration = next((one for one in views if one.stage.kind == "registration"), None)
    context = {
        "entry": entry,
        "edition": entry.edition,
        "at": at,
        "dossier": dossier,
        "track": progress(entry, views, dossier.review.due_at if dossier.review else None),
        "events": timeline(entry),
        "submission": entry.submissions.order_by("-sequence").first(),
        "registration": registration,
        "has_vote": entry.state in HOPEFUL and any(one.stage.kind == Stage.Kind.PUBLIC_VOTE for one in views),
        "ends_at": registration_end(entry, at),
        "change": portfolio_change(entry),
        "supplements": supplement_ends(entry) if entry.state == states.ACCEPTED else (None, None),
        "may_edit_files": may_edit and entry.state == states.ACCEPTED and refusal is None,
        "may_edit": may_edit,
        "is_open": may_edit and refusal is None,
        "refusal": refusal if entry.state in states.EDITABLE else None,
        "may_recall": may_edit and entry.state == states.SUBMITTED and may_still_register(entry, at),
        "may_withdraw": may_edit and "withdraw" in ENTRY.verbs_from(entry.state),
        "verdict": entry.reviews.filter(decision="reject").last() if entry.state == states.REJECTED else None,
        "details": details,
        "rows": content_rows(dossier, details),
        **_open_work(dossier, at),
    }
    return render(request, "entries/applicant/my_entry.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks once, then takes a submitted entry back to draft."""
    entry = get_entry_for(request.user, public_id, to="entries.submit_entry")
    if request.method == "POST":
        recall_entry(entry=entry, actor=request.user, at=clock.now())
        messages.success(request, "已撤回为草稿，改好后请在报名截止前重新提交。")
        return redirect("entries:my-entry", entry.public_id)
    ENTRY.target("recall", entry.state)
    context = {
        "title": "撤回修改？",
        "text": "撤回后项目回到草稿，需要在报名截止前重新提交，否则视为没有报名。",
        "submit": "撤回修改",
        "cancel": "不撤回",
    }
    return _confirm(request, entry, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks once, with a place for the reason, then leaves the competition."""
    entry = get_entry_for(request.user, public_id, to="entries.submit_entry")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_entry(entry=entry, reason=form.cleaned_data["reason"], actor=request.user, at=clock.now())
        messages.success(request, "项目已退赛。")
        return redirect("entries:my-entry", entry.public_id)
    ENTRY.target("withdraw", entry.state)
    context = {
        "title": f"“{entry.title or '未命名项目'}”退赛？",
        "text": "退赛后不能自行恢复，项目不再参加审查、投票和评审。",
        "submit": "确认退赛",
        "cancel": "继续参赛",
        "fields": form,
        "danger": True,
    }
    return _confirm(request, entry, context)


@login_required
@require_POST
def resubmit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Files a corrected entry again."""
    entry = get_entry_for(request.user, public_id, to="entries.submit_entry")
    resubmit_entry(entry=entry, actor=request.user, at=clock.now())
    messages.success(request, "已重新提交，接下来继续形式审查。")
    return redirect("entries:my-entry", entry.public_id)


def _confirm(request: SignedInRequest, entry: Entry, context: dict[str, Any]) -> HttpResponse:
    page = reverse("entries:my-entry", args=[entry.public_id])
    shown = {"entry": entry, "edition": entry.edition, "action": request.path, "cancel_url": page, **context}
    return render(request, "entries/applicant/confirm.html", shown)


def _open_work(dossier: Dossier, at: datetime) -> dict[str, Any]:
    """What is left to do while the entry is with its applicant: comments to mend, or steps to fill in."""
    entry = dossier.entry
    if entry.state not in states.EDITABLE:
        return {}
    missing = missing_for_submission(dossier, at)
    comments = list(dossier.review.comments.all()) if dossier.review else []
    first = next((step for step in STEPS if any(step_of(one.field) == step for one in missing)), "review")
    return {
        "review": dossier.review,
        "comments": [_comment(entry, one) for one in comments],
        "blocking": [*unmended_reasons(dossier), *missing],
        "missing": missing,
        "go_on_url": reverse("entries:register-step", args=[entry.public_id, first]),
    }


def _comment(entry: Entry, comment: FieldComment) -> dict[str, Any]:
    return {
        "label": field_label(comment.field),
        "message": comment.message,
        "url": field_url(entry, comment.field),
        "is_mended": comment.is_mended,
    }
