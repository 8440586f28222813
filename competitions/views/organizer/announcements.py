"""Announcements: drafted, looked at, published with a step to confirm, corrected by a new one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from competitions.actions import discard_draft, publish_draft, write_announcement
from competitions.forms.parts import AnnouncementForm
from competitions.models import Announcement
from competitions.queries.access import get_announcement_of
from competitions.views.organizer.posting import carried_out, managed
from core import clock
from core.markdown import render_markdown

PER_PAGE = 20
FORMS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(["GET", "HEAD"])
def announcements(request: HttpRequest, slug: str) -> HttpResponse:
    edition = managed(request, slug)
    rows = Announcement.objects.filter(edition=edition).select_related("written_by")
    drafts = rows.filter(published_at__isnull=True).order_by("-pk")
    published = Paginator(rows.filter(published_at__isnull=False), PER_PAGE).get_page(request.GET.get("page"))
    context = {"edition": edition, "drafts": drafts, "page": published}
    return render(request, "competitions/announcement_manage.html", context)


@login_required
@require_http_methods(FORMS)
def announcement_write(request: HttpRequest, slug: str, public_id: str = "") -> HttpResponse:
    """A draft, new or to be changed; `?corrects=` names the published one a new draft corrects."""
    edition, at = managed(request, slug), clock.now()
    draft = get_announcement_of(edition, public_id) if public_id else None
    if draft is not None and draft.published_at is not None:
        raise Http404
    corrected = draft.corrects if draft else _corrected(request, edition)
    initial = {"title": f"更正：{corrected.title}"[:80]} if corrected and draft is None else None
    instance = Announcement.objects.get(pk=draft.pk) if draft else None
    form = AnnouncementForm(request.POST or None, instance=instance, initial=initial)
    if request.method == "POST" and form.is_valid():
        values, who = form.cleaned_data, {"actor": request.user, "at": at}
        saved: list[Announcement] = []

        def save() -> None:
            saved.append(write_announcement(edition=edition, announcement=draft, corrects=corrected, **values, **who))

        if carried_out(request, form, save, "草稿已保存。请核对预览后发布。"):
            return redirect("competitions:announcement-preview", slug, saved[0].public_id)
    context = {"edition": edition, "form": form, "draft": draft, "corrected": corrected}
    return render(request, "competitions/announcement_write.html", context)


@login_required
@require_http_methods(FORMS)
def announcement_preview(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The announcement as everybody will read it; publishing it is the one button."""
    edition = managed(request, slug)
    announcement = get_announcement_of(edition, public_id)
    if request.method == "POST":
        publish_draft(announcement=announcement, actor=request.user, at=clock.now())
        messages.success(request, "公告已发布。")
        return redirect("competitions:announcement-manage", slug)
    context = {"edition": edition, "announcement": announcement, "body": render_markdown(announcement.body)}
    return render(request, "competitions/announcement_preview.html", context)


@login_required
@require_POST
def announcement_discard(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    edition = managed(request, slug)
    discard_draft(announcement=get_announcement_of(edition, public_id), actor=request.user, at=clock.now())
    messages.success(request, "草稿已删除。")
    return redirect("competitions:announcement-manage", slug)


def _corrected(request: HttpRequest, edition) -> Announcement | None:
    public_id = request.GET.get("corrects", "")
    if not public_id:
        return None
    found = get_announcement_of(edition, public_id)
    if found.published_at is None:
        raise Http404
    return found
