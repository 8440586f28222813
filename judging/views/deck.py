"""The finalists' slides: for the computer in the hall, and for the judges beside their sheet."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from competitions.models import Edition, Round
from competitions.queries.access import get_edition_for
from core.files.response import private_file
from core.files.show import shown_as
from judging.models import Assignment, Deck
from judging.queries.access import get_assignment_for, get_scored_round
from judging.queries.finalist import judges_deck
from judging.views.judge import layout_of

WATCH, SCORE = "judging.watch_stage", "judging.score_entry"


@login_required
@require_safe
def deck_show(request: HttpRequest, slug: str, deck_id: str) -> HttpResponse:
    """A deck on the page, for whoever runs the hall; other kinds than PDF are downloaded."""
    edition, deck = _hall_deck(request, slug, deck_id)
    context = {
        "edition": edition,
        "deck": deck,
        "manner": shown_as(deck.media_type),
        "file_url": reverse("judging:deck", args=[slug, deck_id]),
    }
    return render(request, "judging/stage/deck.html", context)


@login_required
@require_safe
def deck_read(request: HttpRequest, slug: str, deck_id: str) -> HttpResponseBase:
    """The file itself."""
    return deck_file(request, _hall_deck(request, slug, deck_id)[1])


@login_required
@require_safe
def judge_deck(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The newest slides of an entry the judge scores."""
    assignment, deck = _judges_deck(request, public_id)
    context = {
        "judge": layout_of(assignment.seat.panel.round),
        "assignment": assignment,
        "deck": deck,
        "manner": shown_as(deck.media_type),
        "file_url": reverse("judging:judge-deck-file", args=[public_id]),
    }
    return render(request, "judging/judge/deck.html", context)


@login_required
@require_safe
def judge_deck_file(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    return deck_file(request, _judges_deck(request, public_id)[1])


def deck_file(request: HttpRequest, deck: Deck) -> HttpResponseBase:
    """The answer with the file, whose permission the caller has checked."""
    return private_file(request, deck.file, name=deck.original_name, media_type=deck.media_type, sha256=deck.sha256)


def _hall_deck(request: HttpRequest, slug: str, deck_id: str) -> tuple[Edition, Deck]:
    edition = get_edition_for(request.user, slug, to=WATCH)
    round = get_scored_round(edition, Round.Kind.FINAL)
    deck = Deck.objects.filter(round=round, public_id=deck_id).select_related("entry").first()
    if deck is None:
        raise Http404
    return edition, deck


def _judges_deck(request: SignedInRequest, public_id: str) -> tuple[Assignment, Deck]:
    assignment = get_assignment_for(request.user, public_id, to=SCORE)
    deck = judges_deck(assignment)
    if deck is None:
        raise Http404
    return assignment, deck
