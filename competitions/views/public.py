"""Pages of an edition for everyone."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from competitions.home_figures import figures
from competitions.models import EditionPage
from competitions.queries.access import (
    get_file_template,
    get_page,
    get_public_announcement,
    get_public_edition,
    older_editions,
    public_announcements,
)
from competitions.queries.home import home_stages, stage_rows, title_lines
from competitions.stage_links import next_steps
from core import clock
from core.files import private_file
from core.markdown import render_markdown

PER_PAGE = 15
ON_HOME = 4


@require_safe
def edition_home(request: HttpRequest, edition: str) -> HttpResponse:
    """What is on now, the one next step, the schedule, the figures and the latest announcements."""
    found, at = get_public_edition(edition), clock.now()
    views, now, coming = home_stages(found, at)
    context = {
        "edition": found,
        "at": at,
        "title_lines": title_lines(found.name),
        "steps": next_steps(found.slug, views),
        "now": now,
        "coming": coming,
        "stages": stage_rows(found, views),
        "figures": figures(found, at),
        "announcements": public_announcements(found)[:ON_HOME],
        "pages": _pages_in_force(found),
    }
    return render(request, "competitions/edition_home.html", context)


@require_safe
def announcement_list(request: HttpRequest, edition: str) -> HttpResponse:
    """Every announcement, fifteen a page, with a search in title and text."""
    found = get_public_edition(edition)
    search = request.GET.get("q", "").strip()[:60]
    page = Paginator(public_announcements(found, search), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "competitions/announcement_list.html", {"edition": found, "page": page, "q": search})


@require_safe
def announcement_detail(request: HttpRequest, edition: str, public_id: str) -> HttpResponse:
    """One announcement, with the one it corrects and those that correct it."""
    found = get_public_edition(edition)
    announcement = get_public_announcement(found, public_id)
    context = {
        "edition": found,
        "announcement": announcement,
        "body": render_markdown(announcement.body),
        "corrections": [one for one in announcement.corrections.all() if one.published_at],
    }
    return render(request, "competitions/announcement_detail.html", context)


def edition_rules(request: HttpRequest, edition: str) -> HttpResponse:
    """大赛规则."""
    return edition_page(request, edition, EditionPage.Kind.RULES)


def edition_privacy(request: HttpRequest, edition: str) -> HttpResponse:
    """个人信息保护告知."""
    return edition_page(request, edition, EditionPage.Kind.PRIVACY)


@require_safe
def edition_page(request: HttpRequest, edition: str, kind: str) -> HttpResponse:
    """The version in force; `?version=1` shows an earlier one, which stays readable for those who agreed to it."""
    found = get_public_edition(edition)
    asked = request.GET.get("version", "")
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        raise Http404
    page = get_page(found, kind, int(asked) if asked else None)
    versions = found.pages.filter(kind=kind, published_at__isnull=False).order_by("-version")
    context = {
        "edition": found,
        "page": page,
        "body": render_markdown(page.body),
        "versions": list(versions.only("version", "published_at", "kind", "edition_id")),
    }
    return render(request, "competitions/edition_page.html", context)


@require_safe
def edition_archive(request: HttpRequest, edition: str) -> HttpResponse:
    """往届回顾: the public editions before this one; 404 while there are none."""
    found = get_public_edition(edition)
    older = list(older_editions(found))
    if not older:
        raise Http404
    return render(request, "competitions/edition_archive.html", {"edition": found, "older": older})


def _pages_in_force(edition) -> list[EditionPage]:
    published = EditionPage.objects.filter(edition=edition, published_at__isnull=False).defer("body")
    newest: dict[str, EditionPage] = {}
    for page in published.order_by("version"):
        newest[page.kind] = page
    return [newest[kind] for kind in EditionPage.Kind.values if kind in newest]


@require_safe
def file_template(request: HttpRequest, edition: str, kind: str) -> HttpResponseBase:
    """A form to be filled in, as a download."""
    found = get_file_template(get_public_edition(edition), kind)
    return private_file(request, found.file, name=found.original_name, media_type=found.media_type, sha256=found.sha256)
