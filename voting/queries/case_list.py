"""Cases of suspected vote rigging as a list: all of them, or those in one state."""

from __future__ import annotations

from django.db.models import Count, F, Q, QuerySet

from competitions.models import Edition
from voting.models import VoteCase

CASE_STATES = {"waiting": "待复核", "released": "已生效", "dismissed": "不予处理"}
_WITHIN = {
    "waiting": Q(release__isnull=True),
    "released": Q(release__is_released=True),
    "dismissed": Q(release__is_released=False),
}


def cases_of(edition: Edition, state: str = "") -> QuerySet[VoteCase]:
    """The cases of an edition with the number of their `votes`, the undecided first, then by time. `state` is one of
    CASE_STATES; another one is none."""
    found = VoteCase.objects.filter(_WITHIN.get(state, Q()), edition=edition).select_related("proposed_by", "release__by")
    return found.annotate(votes=Count("ballots")).order_by(F("release__at").asc(nulls_first=True), "-proposed_at", "-pk")
