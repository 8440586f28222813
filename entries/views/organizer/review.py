"""The review page: queue, content and check list side by side, and what is done on it without leaving it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from competitions.queries.schedule import find_stage, view_stage
from core import clock
from entries import states
from entries.actions import drop_comment, note_comment, pick_up_entry, release_review
from entries.forms.formality import CommentForm
from entries.models import Entry, FormalityReview
from entries.queries.difference import ShownChange, changes_since_last
from entries.queries.dossier import Dossier, open_dossier
from entries.queries.entry_list import bucket_counts, days_waiting, listed_entries, narrowed, ordered
from entries.queries.examinable import is_examinable
from entries.queries.examination import questions
from entries.queries.formality import is_field, open_review
from entries.queries.sections import TABS
from entries.queries.steps import field_label
from entries.views.organizer.reach import bucket_toggles, holder_text, person, staff_entry

QUEUE_LENGTH = 8
STATE_BUCKETS = {states.RETURNED: "returned", states.ACCEPTED: "accepted", states.REJECTED: "rejected"}
CHANGES = "changes"


@login_required
@require_safe
def formality_review(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One entry to be examined; `?tab=` chooses the part, `?comment=` opens the comment on a field."""
    entry = staff_entry(request, slug, public_id, to="entries.examine_entry")
    return _page(request, entry, request.GET.get("comment", ""), None)


@login_required
@require_POST
def pick_up(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    entry = staff_entry(request, slug, public_id, to="entries.examine_entry")
    pick_up_entry(entry=entry, actor=person(request), at=clock.now())
    return redirect("entries:formality-review", slug, public_id)


@login_required
@require_POST
def release(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    entry = staff_entry(request, slug, public_id, to="entries.examine_entry")
    release_review(entry=entry, actor=person(request), at=clock.now())
    messages.success(request, "已放回队列，其他审查员可以接手。")
    return redirect("entries:formality-queue", slug)


@login_required
@require_POST
def comment(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Notes a comment on the field named in the form."""
    entry = staff_entry(request, slug, public_id, to="entries.examine_entry")
    field, form = request.POST.get("field", ""), CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, field, form, status=422)
    note_comment(entry=entry, field=field, message=form.cleaned_data["message"], actor=person(request), at=clock.now())
    return redirect(_address(entry, request.POST.get("tab", ""), field))


@login_required
@require_POST
def comment_drop(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    entry = staff_entry(request, slug, public_id, to="entries.examine_entry")
    field = request.POST.get("field", "")
    drop_comment(entry=entry, field=field, actor=person(request), at=clock.now())
    return redirect(_address(entry, request.POST.get("tab", ""), field))


def _page(request: HttpRequest, entry: Entry, field: str, form: CommentForm | None, status: int = 200) -> HttpResponse:
    at, dossier, review = clock.now(), open_dossier(entry), open_review(entry)
    changes = changes_since_last(entry)
    tab = _tab(request, bool(changes))
    noted = {one.field: one for one in review.comments.all()} if review else {}
    holds = review is not None and review.examiner_id == person(request).pk
    if form is None and field in noted:
        form = CommentForm(initial={"message": noted[field].message})
    context = {
        "entry": entry,
        "edition": entry.edition,
        "at": at,
        "dossier": dossier,
        "review": review,
        "holds": holds,
        "holder_text": holder_text(review),
        "may_manage": request.user.has_perm("entries.manage_entry", entry),
        "noted": noted,
        "comments": [{"field": one.field, "label": field_label(one.field), "message": one.message} for one in noted.values()],
        "commenting": field if holds and is_field(dossier, field) else "",
        "comment_form": form or CommentForm(),
        "tab": tab,
        "tabs": _tabs(entry, dossier, tab, changes),
        "sections": TABS[tab][1](dossier) if tab in TABS else [],
        "changes": changes if tab == CHANGES else [],
        "questions": questions(dossier, at),
        "submission": entry.submissions.order_by("-sequence").first(),
        **_situation(entry, review, at),
        **_queue(entry, at),
    }
    return render(request, "entries/organizer/review.html", context, status=status)


def _tab(request: HttpRequest, has_changes: bool) -> str:
    asked = request.POST.get("tab") or request.GET.get("tab", "")
    if asked in TABS or (asked == CHANGES and has_changes):
        return asked
    return CHANGES if has_changes else "applicant"


def _tabs(entry: Entry, dossier: Dossier, current: str, changes: list[ShownChange]) -> list[dict[str, Any]]:
    counts = {"patents": len(dossier.assets), "files": len(dossier.files)}
    shown = [{"label": words, "key": key, "count": counts.get(key)} for key, (words, _) in TABS.items()]
    if changes:
        shown.insert(0, {"label": "本次改动", "key": CHANGES, "count": len(changes)})
    return [{**one, "url": _address(entry, str(one["key"])), "current": one["key"] == current} for one in shown]


def _situation(entry: Entry, review: FormalityReview | None, at: datetime) -> dict[str, Any]:
    """Whether the entry can be taken up, and how the round before this one ended."""
    decided = entry.reviews.exclude(decision="").select_related("examiner").prefetch_related("comments")
    last = decided.order_by("-sequence").first()
    waits = entry.state in (states.SUBMITTED, states.UNDER_REVIEW) and review is None
    stage = find_stage(entry.edition, "formality")
    view = view_stage(stage, at) if stage else None
    return {
        "stage": view,
        "is_open": is_examinable(entry, at),
        "waits": waits,
        "last": last,
        "last_comments": [(field_label(one.field), one.message) for one in last.comments.all()] if last else [],
        "is_overdue": bool(entry.state == states.RETURNED and last and last.due_at and last.due_at <= at),
    }


def _queue(entry: Entry, at: datetime) -> dict[str, Any]:
    """The neighbours of the entry: the view of the queue it stands in."""
    bucket = STATE_BUCKETS.get(entry.state, "waiting")
    counts = bucket_counts(entry.edition)
    rows = ordered(narrowed(listed_entries(entry.edition), {"bucket": bucket}), "waiting")[:QUEUE_LENGTH]
    return {
        "bucket": bucket,
        "counts": counts,
        "queue_count": counts[bucket],
        "done": counts["accepted"] + counts["rejected"],
        "queue": [(one, days_waiting(one, at)) for one in rows],
        "toggles": bucket_toggles(entry.edition, counts, bucket),
    }


def _address(entry: Entry, tab: str, field: str = "") -> str:
    url = reverse("entries:formality-review", args=[entry.edition.slug, entry.public_id])
    query = urlencode({"tab": tab}) if tab else ""
    return f"{url}{'?' if query else ''}{query}{f'#f-{field}' if field else '#content'}"
