"""Covers in lists, posters and share cards: public while the entry is, and never changing under their name."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from competitions.models import Edition
from competitions.queries.access import get_public_edition
from entries.exports.cover import COVERS, cover_tag, cover_variant
from entries.models import Entry
from entries.queries.access import get_public_entry
from voting.exports.pictures import share_picture
from voting.exports.poster import POSTER, SIZES, ShareText
from voting.queries.campaign import vote_schedule
from voting.queries.gallery import lead_name

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def cover(request: HttpRequest, edition: str, number: int, tag: str, shape: str) -> HttpResponse:
    """The applicant's cover in one size; 404 for another picture than the present one."""
    entry = get_public_entry(get_public_edition(edition).pk, number)
    if not entry.cover or shape not in COVERS or tag != cover_tag(entry.cover):
        raise Http404
    try:
        return _lasting(cover_variant(entry, shape), "image/jpeg")
    except FileNotFoundError:
        raise Http404 from None


@require_safe
def share_image(request: HttpRequest, edition: str, number: int, kind: str, key: str) -> HttpResponse:
    """The poster or card under its content's name; an older name leads to the present one."""
    found = get_public_edition(edition)
    entry = get_public_entry(found.pk, number)
    text = share_text(request, found, entry)
    if kind not in SIZES:
        raise Http404
    if key != text.key(kind):
        return redirect(share_url(request, found, entry, kind))
    return _lasting(share_picture(entry, text, kind), "image/png")


@require_safe
def poster(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """The poster on a page: to be saved by a long press, or its link copied. Nothing is asked and nothing is given for it."""
    found = get_public_edition(edition)
    entry = get_public_entry(found.pk, number)
    width, height = SIZES[POSTER]
    context = {
        "edition": found,
        "entry": entry,
        "image": share_url(request, found, entry, POSTER),
        "width": width,
        "height": height,
        "link": entry_url(request, found, entry),
        "has_vote": vote_schedule(found) is not None,
    }
    return render(request, "voting/poster.html", context)


def share_text(request: HttpRequest, edition: Edition, entry: Entry) -> ShareText:
    """What stands on the pictures of an entry."""
    lead = lead_name(entry.applicants.all())
    url, tag = entry_url(request, edition, entry), cover_tag(entry.cover) if entry.cover else ""
    return ShareText(edition.name, entry.code, entry.title, lead, url, entry.industry, tag)


def share_url(request: HttpRequest, edition: Edition, entry: Entry, kind: str) -> str:
    key = share_text(request, edition, entry).key(kind)
    return reverse("voting:share-image", args=[edition.slug, entry.number, kind, key])


def entry_url(request: HttpRequest, edition: Edition, entry: Entry) -> str:
    return request.build_absolute_uri(reverse("voting:entry-detail", args=[edition.slug, entry.number]))


def cover_of(edition: Edition, entry: Entry, shape: str) -> dict[str, Any] | None:
    """Address, size and words of the applicant's cover in a list; None where the leaf grid stands."""
    if not entry.cover:
        return None
    width, height = COVERS[shape]
    url = reverse("voting:cover", args=[edition.slug, entry.number, cover_tag(entry.cover), shape])
    return {"url": url, "width": width, "height": height, "alt": entry.cover_alt}


def _lasting(content: bytes, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Cache-Control"] = FOR_EVER
    return response
