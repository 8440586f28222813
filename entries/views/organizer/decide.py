"""The conclusion of an examination, each on a page that says what it leads to before it is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core import clock
from core.errors import Refusal
from entries import states
from entries.actions import accept_entry, reject_entry, return_entry
from entries.forms.formality import AcceptForm, RejectForm, ReturnForm
from entries.models import Entry, FormalityReview
from entries.queries.dossier import open_dossier
from entries.queries.formality import default_due_at, open_review
from entries.queries.grouping import computed_group
from entries.queries.steps import field_label
from entries.views.organizer.reach import holder_text, person, posted, staff_entry

WORDS: dict[str, dict[str, Any]] = {
    "accept": {
        "title": "通过形式审查",
        "text": "通过后立即取得参赛编号，冻结专利清单，并邮件通知参赛单位。编号不会收回或重新分配。",
        "submit": "通过并编号",
        "done": "已通过，参赛编号 {code}，组别：{group}。",
    },
    "return": {
        "title": "退回补正",
        "text": "参赛单位只能修改下面列出的内容，并须在期限前重新提交。通知邮件立即发出。",
        "submit": "退回补正并通知",
        "done": "已退回补正，通知邮件已登记发送。",
    },
    "reject": {
        "title": "不予通过",
        "text": "项目不再参加本届比赛，原因和说明会邮件告知参赛单位。只有组委会可以恢复。",
        "submit": "不予通过并通知",
        "done": "已作不予通过结论，通知邮件已登记发送。",
        "danger": True,
    },
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def formality_decide(request: HttpRequest, slug: str, public_id: str, decision: str) -> HttpResponse:
    """Asks for what the conclusion needs, then gives it; a refusal is said on the same page."""
    if decision not in WORDS:
        raise Http404
    entry, at = staff_entry(request, slug, public_id, to="entries.examine_entry"), clock.now()
    form = _form(request, entry, decision, at)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                decided = DECIDE[decision](entry, form.cleaned_data, person(request), at)
            except Refusal as refusal:
                form.add_error(None, refusal.text)
                status = refusal.status
            else:
                messages.success(request, WORDS[decision]["done"].format(code=decided.code, group=decided.group))
                return redirect("entries:formality-queue", slug)
    return render(request, "entries/organizer/decide.html", _context(request, entry, decision, form, at), status=status)


def _accept(entry: Entry, values: dict[str, Any], actor: User, at: datetime) -> Entry:
    return accept_entry(entry=entry, note=values["note"], actor=actor, at=at)


def _return(entry: Entry, values: dict[str, Any], actor: User, at: datetime) -> Entry:
    review = open_review(entry)
    noted = [(one.field, one.message) for one in review.comments.all()] if review else []
    return return_entry(entry=entry, comments=noted, note=values["note"], due_at=values["due_at"], actor=actor, at=at)


def _reject(entry: Entry, values: dict[str, Any], actor: User, at: datetime) -> Entry:
    return reject_entry(entry=entry, reason_code=values["reason_code"], note=values["note"], actor=actor, at=at)


DECIDE: dict[str, Callable[[Entry, dict[str, Any], User, datetime], Entry]] = {
    "accept": _accept,
    "return": _return,
    "reject": _reject,
}


def _form(request: HttpRequest, entry: Entry, decision: str, at: datetime) -> forms.Form:
    data = posted(request)
    if decision == "return":
        return ReturnForm(data, due_at=default_due_at(entry, at))
    return AcceptForm(data) if decision == "accept" else RejectForm(data)


def _context(request: HttpRequest, entry: Entry, decision: str, form: forms.Form, at: datetime) -> dict[str, Any]:
    review = open_review(entry)
    confirms_overdue = decision == "reject" and entry.state == states.RETURNED
    holds = review is not None and review.examiner_id == person(request).pk
    return {
        "entry": entry,
        "edition": entry.edition,
        "at": at,
        "decision": decision,
        "words": WORDS[decision],
        "form": form,
        "holder_text": holder_text(review),
        "may_decide": holds or confirms_overdue,
        "comments": _comments(review) if decision == "return" else [],
        "finding": computed_group(open_dossier(entry)) if decision == "accept" else None,
    }


def _comments(review: FormalityReview | None) -> list[dict[str, str]]:
    return [{"label": field_label(one.field), "message": one.message} for one in review.comments.all()] if review else []
