"""Printed score sheets: for staff once the marks may be told, for a judge the own ones, and the page a printed code leads to."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from competitions.models import Edition, Round
from competitions.queries.access import get_edition_for, get_public_edition
from core import clock
from core.files.made import made_file
from judging.exports.sheet import entry_pdf, seat_pdf
from judging.queries.access import get_round_seat, get_scored_round, get_seat_for
from judging.queries.assignment import panel_seats
from judging.queries.participants import participants
from judging.queries.sheet_document import find_subject, told_entries

VIEW = "judging.view_sheets"
PER_PAGE = 60


@login_required
@require_safe
def sheet_list(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Which sheets can be printed, and all of them as one archive."""
    edition, round = _round(request, slug, kind)
    told = told_entries(round, clock.now())
    context = {
        "edition": edition,
        "round": round,
        "page_obj": Paginator(participants(round), PER_PAGE).get_page(request.GET.get("page")),
        "told": told,
        "seats": panel_seats(round),
        "package_kind": f"sheets-{round.kind.replace('_', '-')}",
    }
    return render(request, "judging/sheets/list.html", context)


@login_required
@require_safe
def sheet_entry(request: HttpRequest, slug: str, kind: str, code: str) -> HttpResponse:
    """An entrant's sheet; 404 before its marks may be told."""
    _, round = _round(request, slug, kind)
    told = told_entries(round, clock.now())
    entry = next((one for one in participants(round) if one.code == code and one.pk in told), None)
    if entry is None:
        raise Http404
    return _pdf(entry_pdf(round, entry, at=clock.now()), f"{slug}-{kind}-{code}.pdf")


@login_required
@require_safe
def sheet_seat(request: HttpRequest, slug: str, kind: str, number: int) -> HttpResponse:
    """A judge's sheet with the entries whose marks may be told."""
    _, round = _round(request, slug, kind)
    seat = get_round_seat(round, number)
    return _pdf(seat_pdf(seat, told_entries(round, clock.now()), at=clock.now()), f"{slug}-{kind}-judge-{number:02d}.pdf")


@login_required
@require_safe
def sheet_own(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """The judge's own submitted sheets, at any time."""
    seat = get_seat_for(request.user, slug, kind)
    return _pdf(seat_pdf(seat, None, at=clock.now()), f"{slug}-{kind}-judge-{seat.number:02d}.pdf")


@require_safe
def sheet_check(request: HttpRequest, edition: str, kind: str, subject: str, digest: str) -> HttpResponse:
    """What a printed code leads to: whether the paper agrees with the record. Tells no mark."""
    found = get_public_edition(edition)
    round = get_scored_round(found, kind)
    name, present, count = find_subject(round, subject, clock.now())
    context = {
        "edition": found,
        "round": round,
        "name": name,
        "count": count,
        "digest": digest,
        "is_same": digest in present,
    }
    return render(request, "judging/sheets/check.html", context)


def _round(request: HttpRequest, slug: str, kind: str) -> tuple[Edition, Round]:
    edition = get_edition_for(request.user, slug, to=VIEW)
    return edition, get_scored_round(edition, kind)


def _pdf(data: bytes, name: str) -> HttpResponse:
    return made_file(data, "application/pdf", name)
