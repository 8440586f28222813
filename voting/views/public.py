"""Pages for everybody: the gallery, one entry, the board."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from competitions.models import Edition
from competitions.queries.access import get_public_edition
from core import clock
from core.memory import Memory
from core.qr import qr_svg
from entries.queries.access import get_public_entry
from voting.exports.poster import CARD
from voting.queries.anchor import newest_anchor
from voting.queries.board import LIVE_STEP, board, voter_count
from voting.queries.board_rows import BOARD_PAGE, board_rows
from voting.queries.case_report import removed_votes
from voting.queries.gallery import Filters, facets, lead_name, public_entries
from voting.views.ballot_page import ballot_context, group_chips, list_context
from voting.views.choice import picked_numbers
from voting.views.pictures import cover_of, entry_url, share_url

_board_bytes = Memory(size=16)


@require_safe
def gallery(request: HttpRequest, edition: str) -> HttpResponse:
    """Every public entry as a card, searched and filtered; during the vote they are picked here too."""
    found, at = get_public_edition(edition), clock.now()
    filters = Filters.from_query(request.GET)
    context = ballot_context(request, found, at, picked_numbers(request))
    context |= list_context(request, found, at, filters, context["voter"], "wide")
    context["asset_total"] = facets(found).assets
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
    applicants = list(entry.applicants.all())
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
        "cover": cover_of(found, entry, "wide"),
        "link": entry_url(request, found, entry),
        "card": request.build_absolute_uri(share_url(request, found, entry, CARD)),
        "qr": qr_svg(entry_url(request, found, entry)),
    }
    return render(request, "voting/entry_detail.html", context)


@require_safe
def board_page(request: HttpRequest, edition: str) -> HttpResponse:
    """The figures as the edition's policy allows them: by number while the vote runs, by votes once they are final. In pages,
    because a phone on a slow line must not load a thousand rows for one."""
    found, at = get_public_edition(edition), clock.now()
    figures, filters = board(found, at), Filters.from_query(request.GET)
    page, counted = board_rows(found, figures, filters, page=request.GET.get("page")), facets(found)
    context = {
        "edition": found,
        "at": at,
        "board": figures,
        "page_obj": page,
        "groups": page.object_list,
        "filters": filters,
        "chips": group_chips(request, counted, filters),
        "is_long": counted.entries > BOARD_PAGE,
        "anchor": newest_anchor(found),
        "removed": removed_votes(found) if figures.is_final else (),
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
    body = {
        "as_of": figures.as_of.isoformat(),
        "is_final": figures.is_final,
        "note": figures.note,
        "entries": entries,
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
