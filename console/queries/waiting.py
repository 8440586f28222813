"""How much waits on each page of the back office: the counts of the menu."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from competitions.models import Edition
from core.outbox.models import Message
from entries import states
from entries.models import Entry
from results.models import Objection
from results.states import SETTLED
from voting.models import VoteCase

TO_EXAMINE = (states.SUBMITTED, states.UNDER_REVIEW)


def waiting(edition: Edition) -> dict[str, int]:
    """In one statement: `formality`, entries that wait for the formality examination or are in it; `cases`, vote cases a second
    person has not decided; `failed`, messages that were given up; `objections` that are not settled."""
    own = {"edition": OuterRef("pk")}
    counts = {
        "formality": _count(Entry.objects.filter(**own, state__in=TO_EXAMINE), "edition"),
        "cases": _count(VoteCase.objects.filter(**own, release__isnull=True), "edition"),
        "failed": _count(Message.objects.filter(edition=OuterRef("slug"), state=Message.State.FAILED), "edition"),
        "objections": _count(Objection.objects.filter(**own).exclude(state__in=SETTLED), "edition"),
    }
    rows = Edition.objects.filter(pk=edition.pk).order_by().values_list(*counts.values())
    return dict(zip(counts, rows.get(), strict=True))


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
