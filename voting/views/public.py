"""Pages for everybody: the gallery, one entry, the board."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from competitions.models import Edition
from competitions.queries.access import get_public_edition
from core import clock
from core.memory import Memory
from core.qr import qr_svg
from entries.queries.access import get_public_entry
from voting.queries.board import LIVE_STEP, Board, board, voter_count
from voting.queries.gallery import Filters, asset_total, public_entries
from voting.views.ballot_page import ballot_context, lead_name, list_context
from voting.views.voter import picked_numbers

PER_PAGE = 12
_board_bytes = Memory(size=16)


@require_safe
def gallery(request: HttpRequest, edition: str) -> HttpResponse:
    """Every public entry as a card, searched and filtered; during the vote they are picked here too."""
    found, at = get_public_edition(edition), clock.now()
    filters = Filters.from_query(request.GET)
    context = ballot_context(request, found, at, picked_numbers(request))
    context |= list_context(request, found, at, filters, context["voter"], PER_PAGE)
    context["asset_total"] = asset_total(found)
    response = render(request, "voting/gallery.html", context)
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def entry_detail(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """One entry: public parts only (summary, patents, organisations), and one tap to vote for it."""
    found, at = get_public_edition(edition), clock.now()
    entry = get_public_entry(found.pk, number)
    context = ballot_context(request, found, at, [])
    figures = board(found, at, context["schedule"])
    applicants = list(entry.applicants.select_related("organisation"))
    campaign, day = context["campaign"], context["day"]
    context |= {
        "entry": entry,
        "assets": list(entry.assets.all()),
        "organisations": [row.organisation for row in applicants],
        "lead": lead_name(applicants),
        "board": figures,
        "votes": figures.of(entry.pk),
        "can_vote": context["phase"] == "open" and campaign is not None and entry.pk in campaign.entries,
        "has_voted": bool(day and day.is_done_with(entry.pk)),
        "submission": uuid4(),
        "qr": qr_svg(request.build_absolute_uri(reverse("voting:entry-detail", args=[found.slug, entry.number]))),
    }
    return render(request, "voting/entry_detail.html", context)


@require_safe
def board_page(request: HttpRequest, edition: str) -> HttpResponse:
    """The figures as the edition's policy allows them: by number while the vote runs, by votes once they are final."""
    found, at = get_public_edition(edition), clock.now()
    figures = board(found, at)
    context = {
        "edition": found,
        "at": at,
        "board": figures,
        "groups": _grouped(found, figures),
        "voters": voter_count(found, at) if figures.total is not None else None,
    }
    return render(request, "voting/board.html", context)


@require_safe
def board_data(request: HttpRequest, edition: str) -> HttpResponse:
    """The board as JSON, its bytes remembered per process for two seconds."""
    at = clock.now()
    moment = int(at.timestamp() // LIVE_STEP.total_seconds())
    body = _board_bytes.recall((edition, moment), lambda: _board_json(get_public_edition(edition), at))
    return HttpResponse(body, content_type="application/json")


def _board_json(edition: Edition, at: datetime) -> bytes:
    figures = board(edition, at)
    numbered = public_entries(edition).order_by("number")
    entries = [{"number": entry.code, "votes": figures.of(entry.pk)} for entry in numbered.only("pk", "number")]
    body = {"as_of": figures.as_of.isoformat(), "is_final": figures.is_final, "note": figures.note, "entries": entries}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _grouped(edition: Edition, figures: Board) -> list[dict[str, Any]]:
    """Groups with their rows; `most` is the length of the longest bar."""
    entries = public_entries(edition).select_related("group").prefetch_related("applicants__organisation")
    groups: dict[int | None, dict[str, Any]] = {}
    for entry in entries.order_by("group__track__position", "group__position", "number"):
        group = groups.setdefault(entry.group_id, {"group": entry.group, "rows": []})
        group["rows"].append({"entry": entry, "lead": lead_name(entry.applicants.all()), "votes": figures.of(entry.pk)})
    for group in groups.values():
        group["most"] = max((row["votes"] or 0 for row in group["rows"]), default=0) or 1
        if figures.is_final:
            group["rows"].sort(key=lambda row: -(row["votes"] or 0))
        elif figures.order:
            places = {entry_id: place for place, entry_id in enumerate(figures.order)}
            group["rows"].sort(key=lambda row: places.get(row["entry"].pk, len(places)))
    return list(groups.values())
