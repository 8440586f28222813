"""Entries of an edition as examiners and organisers list them: one query however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from competitions.models import Edition, Role
from core import clock
from entries import states
from entries.models import Entry, EntryApplicant, FormalityReview, IPAsset, Submission
from entries.queries.completeness import COUNTED_STATES

# The views of the queue: who waits for us, who is with the applicant, and the two ends.
BUCKETS = {
    "waiting": ("待审", (states.SUBMITTED, states.UNDER_REVIEW)),
    "returned": ("待补正", (states.RETURNED,)),
    "accepted": ("已通过", (states.ACCEPTED, states.DISQUALIFIED)),
    "rejected": ("未通过", (states.REJECTED,)),
}
SORTS = {
    "waiting": ("等待最久", ("submitted_at", "pk")),
    "newest": ("最近提交", ("-submitted_at", "-pk")),
    "number": ("参赛编号", ("number", "pk")),
    "title": ("项目名称", ("title", "pk")),
}
UNASSIGNED = "none"


def listed_entries(edition: Edition) -> QuerySet[Entry]:
    """Every entry with what a row shows: `lead_name`, `lead_district`, `receipt`, the `examiner_name` who holds it,
    whether it `was_returned`, when the open term ends (`due_at`) and whether a patent of it stands in another entry."""
    lead = EntryApplicant.objects.filter(entry=OuterRef("pk"), part=EntryApplicant.Part.LEAD)
    held = FormalityReview.objects.filter(entry=OuterRef("pk"), decision="")
    returns = FormalityReview.objects.filter(entry=OuterRef("pk"), decision=FormalityReview.Decision.RETURN)
    return (
        edition.entries.select_related("group")
        .annotate(
            lead_name=Subquery(lead.values("organisation__name")[:1]),
            lead_district=Subquery(lead.values("organisation__district")[:1]),
            receipt=Subquery(Submission.objects.filter(entry=OuterRef("pk"), sequence=1).values("receipt")[:1]),
            examiner_name=Subquery(held.values("examiner__name")[:1]),
            was_returned=Exists(returns),
            due_at=Subquery(returns.order_by("-sequence").values("due_at")[:1]),
            has_repeated=Exists(_repeated_assets()),
        )
        .defer("description", "advantages", "layout", "market", "team", "needs")
    )


def narrowed(entries: QuerySet[Entry], values: dict[str, Any]) -> QuerySet[Entry]:
    """The entries that fit `values`: q (number, title, organisation, receipt or patent number), state, bucket, group,
    district (code), examiner (primary key, or UNASSIGNED). What is empty does not narrow."""
    if values.get("bucket"):
        entries = entries.filter(state__in=BUCKETS[values["bucket"]][1])
    for column, name in (("state", "state"), ("group", "group"), ("lead_district", "district")):
        if values.get(name):
            entries = entries.filter(**{column: values[name]})
    return _by_words(_by_examiner(entries, values.get("examiner", "")), values.get("q", ""))


def ordered(entries: QuerySet[Entry], sort: str) -> QuerySet[Entry]:
    """Sorted by a key of SORTS."""
    return entries.order_by(*SORTS[sort][1])


def bucket_counts(edition: Edition) -> dict[str, int]:
    """How many entries each view of the queue holds, and `total`: all that were ever submitted and not withdrawn."""
    counts = state_counts(edition)
    found = {key: sum(counts.get(state, 0) for state in within) for key, (_, within) in BUCKETS.items()}
    return {**found, "total": sum(found.values())}


def state_counts(edition: Edition) -> dict[str, int]:
    """How many entries are in each state; states without an entry are left out."""
    rows = edition.entries.order_by().values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}


@dataclass(frozen=True, slots=True)
class Load:
    """An examiner's work: entries held now, conclusions given so far (several for an entry that came back)."""

    examiner_id: int
    name: str
    held: int
    decided: int


def examiner_loads(edition: Edition) -> list[Load]:
    """Everybody who may examine or has examined, the busiest first."""
    rows = FormalityReview.objects.filter(entry__edition=edition).order_by().values("examiner_id", "examiner__name")
    rows = rows.annotate(held=Count("pk", filter=Q(decision="")), decided=Count("pk", filter=~Q(decision="")))
    found = {row["examiner_id"]: Load(row["examiner_id"], row["examiner__name"], row["held"], row["decided"]) for row in rows}
    for role in edition.roles.filter(kind=Role.Kind.EXAMINER, ended_at__isnull=True).select_related("user"):
        found.setdefault(role.user_id, Load(role.user_id, role.user.actor_label, 0, 0))
    return sorted(found.values(), key=lambda one: (-one.held, -one.decided, one.name))


def days_waiting(entry: Entry, at: datetime) -> int:
    """Whole calendar days in Jiangmen since the entry was last submitted."""
    return (clock.local_day(at) - clock.local_day(entry.submitted_at)).days if entry.submitted_at else 0


def _by_examiner(entries: QuerySet[Entry], examiner: str) -> QuerySet[Entry]:
    held = FormalityReview.objects.filter(entry=OuterRef("pk"), decision="")
    if examiner == UNASSIGNED:
        return entries.filter(~Exists(held))
    return entries.filter(Exists(held.filter(examiner_id=int(examiner)))) if examiner else entries


def _by_words(entries: QuerySet[Entry], words: str) -> QuerySet[Entry]:
    words = words.strip()
    if not words:
        return entries
    inside = {
        "organisation": EntryApplicant.objects.filter(entry=OuterRef("pk"), organisation__name__icontains=words),
        "receipt": Submission.objects.filter(entry=OuterRef("pk"), receipt__icontains=words),
        "patent": IPAsset.objects.filter(entry=OuterRef("pk"), number__icontains=words),
    }
    found = Q(title__icontains=words)
    for rows in inside.values():
        found |= Q(Exists(rows))
    if words.isdecimal() and len(words) <= 6:
        found |= Q(number=int(words))
    return entries.filter(found)


def _repeated_assets() -> QuerySet[IPAsset]:
    own = IPAsset.objects.filter(entry=OuterRef(OuterRef("pk"))).exclude(number="").values("number")
    others = IPAsset.objects.filter(entry__edition=OuterRef("edition_id"), entry__state__in=COUNTED_STATES)
    return others.exclude(entry=OuterRef("pk")).filter(number__in=own)
