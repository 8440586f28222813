"""The only way a view gets an object of judging for somebody. Strangers get 404.

Permissions are asked of the rules alone: a system administrator, whom Django would let pass, opens no sheet.
"""

from __future__ import annotations

from typing import Any

import rules
from django.http import Http404

from competitions.models import Edition, Round
from competitions.queries.schedule import find_round
from entries.models import Entry
from judging.models import Assignment, ConflictOfInterest, PanelSeat
from judging.queries.participants import participants

SCORED = (Round.Kind.PRELIMINARY, Round.Kind.SEMI_FINAL, Round.Kind.FINAL)
ASSIGNMENT_TREE = ("seat__judge", "seat__panel__round__edition", "seat__panel__round__stage", "entry__group", "entry__track")


def get_assignment_for(user: Any, public_id: str, *, to: str) -> Assignment:
    """The assignment with seat, round and entry when `user` has the permission `to` on it; 404 otherwise."""
    assignment = Assignment.objects.filter(public_id=public_id).select_related(*ASSIGNMENT_TREE).first()
    if assignment is None or not rules.has_perm(to, user, assignment):
        raise Http404
    return assignment


def get_scored_round(edition: Edition, kind: str) -> Round:
    """The edition's round that judges score; 404 for a public vote and for a round the edition does not have."""
    found = find_round(edition, kind)
    if found is None or found.kind not in SCORED:
        raise Http404
    return found


def get_seat_for(user: Any, slug: str, kind: str) -> PanelSeat:
    """The seat `user` has in this round; 404 for anybody without one."""
    seat = (
        PanelSeat.objects.filter(judge=user, panel__round__edition__slug=slug, panel__round__kind=kind)
        .select_related("panel__round__edition", "panel__round__stage", "judge")
        .first()
    )
    if seat is None or not rules.has_perm("judging.sit_on_panel", user, seat):
        raise Http404
    return seat


def get_round_seat(round: Round, number: int) -> PanelSeat:
    """The seat with this number; 404 when the round has none."""
    seat = PanelSeat.objects.filter(panel__round=round, number=number).select_related("judge", "panel__round").first()
    if seat is None:
        raise Http404
    return seat


def get_scored_entry(round: Round, public_id: str) -> Entry:
    """An entry that takes part in the round; 404 otherwise."""
    found = participants(round).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def get_conflict(edition: Edition, pk: int) -> ConflictOfInterest:
    """A recorded conflict about an entry of this edition; 404 otherwise."""
    found = ConflictOfInterest.objects.filter(pk=pk, entry__edition=edition).select_related("judge", "entry").first()
    if found is None:
        raise Http404
    return found
