"""The only way a view gets a case for somebody. Strangers get 404."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from competitions.models import Edition
from voting.models import VoteAppeal, VoteCase


def get_case_for(user: Any, public_id: str, *, edition: Edition, to: str) -> VoteCase:
    """The case of this edition when `user` has the permission `to` on it; 404 otherwise."""
    case = VoteCase.objects.filter(public_id=public_id, edition=edition).select_related("edition", "proposed_by").first()
    if case is None or not user.has_perm(to, case.edition):
        raise Http404
    return case


def get_appeal_for(user: Any, public_id: str, *, edition: Edition, to: str) -> VoteAppeal:
    """The appeal of this edition when `user` has the permission `to` on it; 404 otherwise."""
    found = VoteAppeal.objects.filter(public_id=public_id, entry__edition=edition)
    appeal = found.select_related("entry__edition", "filed_by", "answered_by").first()
    if appeal is None or not user.has_perm(to, edition):
        raise Http404
    return appeal
