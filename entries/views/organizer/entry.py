"""One entry as the committee sees it: everything at once, contacts on request, and the organiser's decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation
from accounts.pure.email import mask_email
from accounts.pure.mobile import mask_mobile
from core import clock
from core.errors import Refusal
from entries import states
from entries.actions import disqualify_entry, override_group, reinstate_entry
from entries.actions.contacts import reveal_contacts
from entries.actions.correction import CORRECTED_STATES
from entries.actions.group import REGROUPED_STATES
from entries.forms.formality import GroupForm, ReasonForm
from entries.models import Entry
from entries.queries.dossier import open_dossier
from entries.queries.formality import open_review
from entries.queries.high_value import high_value_of
from entries.queries.portfolio import portfolio_change
from entries.queries.sections import TABS
from entries.queries.steps import field_label
from entries.states import ENTRY
from entries.views.organizer.reach import person, posted, staff_entry

FORMS = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def entry_inspect(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Everything the entry says and everything that happened to it; contacts are masked."""
    return _inspect(request, staff_entry(request, slug, public_id, to="entries.list_entries"), reveals=False)


@login_required
@require_POST
@never_cache
def entry_contacts(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The same page with the contacts in full, once; that somebody looked goes to the journal."""
    entry = staff_entry(request, slug, public_id, to="entries.examine_entry")
    reveal_contacts(entry=entry, actor=person(request), at=clock.now())
    return _inspect(request, entry, reveals=True)


@login_required
@require_http_methods(FORMS)
def entry_regroup(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    entry = staff_entry(request, slug, public_id, to="entries.manage_entry")
    form = GroupForm(posted(request), entry=entry)
    words = {
        "title": "调整组别",
        "text": f"现在的组别：{entry.group or '未确定'}。{entry.group_reason}参赛编号不变。",
        "submit": "调整组别",
        "done": "组别已调整。",
    }

    def regroup(values: dict[str, Any]) -> Entry:
        return override_group(
            entry=entry, group=values["group"], reason=values["reason"], actor=person(request), at=clock.now()
        )

    return asked(request, entry, form, words, regroup)


@login_required
@require_http_methods(FORMS)
def entry_disqualify(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    entry = staff_entry(request, slug, public_id, to="entries.manage_entry")
    words = {
        "title": f"取消 {entry.code} 的参赛资格？",
        "text": "项目立即从投票、评审和公示中撤下，编号保留、不再分配给别的项目，理由邮件告知参赛单位。",
        "submit": "取消资格并通知",
        "done": "已取消资格，通知邮件已登记发送。",
        "danger": True,
    }

    def disqualify(values: dict[str, Any]) -> Entry:
        return disqualify_entry(entry=entry, reason=values["reason"], actor=person(request), at=clock.now())

    return asked(request, entry, ReasonForm(posted(request)), words, disqualify)


@login_required
@require_http_methods(FORMS)
def entry_reinstate(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    entry = staff_entry(request, slug, public_id, to="entries.manage_entry")
    words = {
        "title": "恢复到形式审查？",
        "text": "项目回到待审队列，由审查员重新作出结论；原有参赛编号不变。",
        "submit": "恢复并通知",
        "done": "已恢复到待审队列，通知邮件已登记发送。",
    }

    def reinstate(values: dict[str, Any]) -> Entry:
        return reinstate_entry(entry=entry, reason=values["reason"], actor=person(request), at=clock.now())

    return asked(request, entry, ReasonForm(posted(request)), words, reinstate)


def asked(
    request: HttpRequest, entry: Entry, form: forms.Form, words: dict[str, Any], act: Callable[[dict[str, Any]], Entry]
) -> HttpResponse:
    """A question with a form: shows it, carries it out, and says a refusal on the same page."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, refusal.text)
                status = refusal.status
            else:
                messages.success(request, words["done"])
                return redirect("entries:entry-inspect", entry.edition.slug, entry.public_id)
    back = reverse("entries:entry-inspect", args=[entry.edition.slug, entry.public_id])
    context = {"entry": entry, "edition": entry.edition, "form": form, "words": words, "back_url": back}
    return render(request, "entries/organizer/ask.html", context, status=status)


def _inspect(request: HttpRequest, entry: Entry, *, reveals: bool) -> HttpResponse:
    dossier = open_dossier(entry)
    manages = request.user.has_perm("entries.manage_entry", entry)
    verbs = ENTRY.verbs_from(entry.state)
    context = {
        "entry": entry,
        "edition": entry.edition,
        "at": clock.now(),
        "dossier": dossier,
        "parts": [(words, [one for one in build(dossier) if not one.is_whole]) for words, build in TABS.values()],
        "contacts": [_contact(one.organisation, reveals) for one in dossier.applicants],
        "reveals": reveals,
        "review": open_review(entry),
        "reviews": _rounds(entry),
        "submissions": entry.submissions.all(),
        "transitions": [(ENTRY.moves[one.verb].label, one) for one in entry.transitions.order_by("-at", "-pk")],
        "snapshots": entry.snapshots.all(),
        "retired": entry.retired_attachments.all(),
        "may_examine": request.user.has_perm("entries.examine_entry", entry),
        "may_regroup": manages and entry.state in REGROUPED_STATES,
        "may_extend": manages and entry.state in (states.DRAFT, states.RETURNED, states.ACCEPTED),
        "may_correct": manages and entry.state in CORRECTED_STATES,
        "extensions": entry.edition.extensions.filter(
            Q(entry=entry) | Q(entry__isnull=True, organisation=dossier.lead.organisation)
        ),
        "change": portfolio_change(entry),
        "high_value": high_value_of(dossier, clock.local_day(clock.now())),
        "may_disqualify": manages and "disqualify" in verbs,
        "may_reinstate": manages and "reinstate" in verbs and entry.submitted_at is not None,
        "is_draft": entry.state == states.DRAFT,
    }
    return render(request, "entries/organizer/inspect.html", context)


def _rounds(entry: Entry) -> list[dict[str, Any]]:
    rounds = entry.reviews.exclude(decision="").select_related("examiner").prefetch_related("comments")
    return [
        {"review": one, "comments": [(field_label(comment.field), comment) for comment in one.comments.all()]}
        for one in rounds.order_by("-sequence")
    ]


def _contact(organisation: Organisation, reveals: bool) -> dict[str, str]:
    """Name, mobile and mail of an organisation's contact, masked unless they are revealed."""
    name, mobile, email = organisation.contact_name, organisation.contact_mobile, organisation.contact_email
    if not reveals:
        name = f"{name[:1]}{'某' * bool(name[1:])}"
        mobile, email = mobile and mask_mobile(mobile), email and mask_email(email)
    return {"organisation": organisation.name, "name": name, "mobile": mobile, "email": email}
