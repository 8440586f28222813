"""How a page of the back office gets its edition, its entry and its person."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from accounts.models import User
from competitions.models import Edition
from entries.models import Entry, FormalityReview
from entries.queries.access import get_entry_for
from entries.queries.entry_list import BUCKETS

PER_PAGE = 30


def person(request: HttpRequest) -> User:
    """The signed-in person, after `login_required`."""
    assert isinstance(request.user, User)
    return request.user


def staff_entry(request: HttpRequest, slug: str, public_id: str, *, to: str) -> Entry:
    """The entry of this edition when the person has the permission `to` on it; 404 otherwise, also under the address
    of another edition."""
    entry = get_entry_for(request.user, public_id, to=to)
    if entry.edition.slug != slug:
        raise Http404
    return entry


def holder_text(review: FormalityReview | None) -> str:
    """Why somebody else cannot conclude: who holds the entry, or that nobody does."""
    return f"{review.examiner}已开始审查，由其作出结论。" if review else "请先在审查页“开始审查”。"


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the body of a POST, even an empty one; nothing otherwise."""
    return request.POST if request.method == "POST" else None


def page_of(request: HttpRequest, rows: Any) -> Page:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def bucket_toggles(edition: Edition, counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    """The views of the queue as components/toggle.html takes them."""
    url = reverse("entries:formality-queue", args=[edition.slug])
    return [
        {"label": words, "url": f"{url}?bucket={key}", "current": key == current, "count": counts[key]}
        for key, (words, _) in BUCKETS.items()
    ]
