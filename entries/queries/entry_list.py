"""Entries of an edition as examiners and organisers list them: one query however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from competitions.models import Edition, Role
from core import clock
from entries import states
from entries.models import (
    LONG_TEXTS,
    Entry,
    EntryApplicant,
    ExaminerAssignment,
    FormalityReview,
    IPAsset,
    Submission,
)

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
WAITING_LIMIT = timedelta(days=5)


def listed_entries(edition: Edition) -> QuerySet[Entry]:
    """Every entry with what a row shows: `lead_name`, `lead_district`, `receipt`, the `examiner_name` who holds it, the
    `assigned_name` it was given to,
    whether it `was_returned`, when the open term ends (`due_at`) and whether a patent of it stands in another entry."""
    lead = EntryApplicant.objects.filter(entry=OuterRef("pk"), part=EntryApplicant.Part.LEAD)
    held = FormalityReview.objects.filter(entry=OuterRef("pk"), decision="")
    returns = FormalityReview.objects.filter(entry=OuterRef("pk"), decision=FormalityReview.Decision.RETURN)
    assigned = ExaminerAssignment.objects.filter(entry=OuterRef("pk"))
    return (
        edition.entries.select_related("group")
        .annotate(
            lead_name=Subquery(lead.values("organisation__name")[:1]),
            lead_district=Subquery(lead.values("organisation__district")[:1]),
            receipt=Subquery(Submission.objects.filter(entry=OuterRef("pk"), sequence=1).values("receipt")[:1]),
            examiner_name=Subquery(held.values("examiner__name")[:1]),
            assigned_name=Subquery(assigned.values("examiner__name")[:1]),
            was_returned=Exists(returns),
            due_at=Subquery(returns.order_by("-sequence").values("due_at")[:1]),
            has_repeated=Exists(_repeated_assets()),
        )
        .defer(*LONG_TEXTS)
    )


def narrowed(entries: QuerySet[Entry], values: dict[str, Any]) -> QuerySet[Entry]:
    """The entries that fit `values`: q (number, title, organisation, receipt or patent number), state, bucket, group,
    district (code), industry, examiner (primary key: holds it or was given it; or UNASSIGNED), overdue (the moment from
    which is counted). What is empty does not narrow."""
    if values.get("bucket"):
        entries = entries.filter(state__in=BUCKETS[values["bucket"]][1])
    for column, name in (
        ("state", "state"),
        ("group", "group"),
        ("lead_district", "district"),
        ("industry", "industry"),
    ):
        if values.get(name):
            entries = entries.filter(**{column: values[name]})
    if values.get("overdue"):
        entries = entries.filter(_overdue(values["overdue"]))
    return _by_words(_by_examiner(entries, values.get("examiner", "")), values.get("q", ""))


def ordered(entries: QuerySet[Entry], sort: str) -> QuerySet[Entry]:
    """Sorted by a key of SORTS."""
    return entries.order_by(*SORTS[sort][1])


def bucket_counts(edition: Edition) -> dict[str, int]:
    """How many entries each view of the queue holds, and `total`: all that were ever submitted and not withdrawn."""
    counts = state_counts(edition)
    found = {key: sum(counts.get(state, 0) for state in within) for key, (_, within) in BUCKETS.items()}
    return {**found, "total": sum(found.values())}


@dataclass(frozen=True, slots=True)
class Totals:
    """`submitted` entries: all that were ever handed in and are no draft now; `patents` and `organisations` of the accepted ones,
    each organisation once; `by_state` as state_counts."""

    by_state: dict[str, int]
    submitted: int
    patents: int
    organisations: int


def totals(edition: Edition) -> Totals:
    """The figures on top of the list of all entries, in two queries."""
    counted = edition.entries.order_by().values_list("state").annotate(n=Count("pk"), submitted=Count("submitted_at"))
    rows = list(counted)
    accepted = {"entry__edition": OuterRef("pk"), "entry__state": states.ACCEPTED}
    applicants = EntryApplicant.objects.filter(**accepted).order_by().values("entry__edition")
    found = (
        Edition.objects.filter(pk=edition.pk)
        .order_by()
        .values(
            patents=_count(IPAsset.objects.filter(**accepted), "entry__edition"),
            organisations=Coalesce(Subquery(applicants.annotate(n=Count("organisation", distinct=True)).values("n")), 0),
        )
    )
    return Totals(
        by_state={state: count for state, count, _ in rows},
        submitted=sum(submitted for state, _, submitted in rows if state != states.DRAFT),
        **found.get(),
    )


def state_counts(edition: Edition) -> dict[str, int]:
    """How many entries are in each state; states without an entry are left out."""
    rows = edition.entries.order_by().values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}


@dataclass(frozen=True, slots=True)
class Load:
    """An examiner's work: entries held now, conclusions given so far (several for an entry that came back), and waiting
    entries that were given to them and nobody holds; `may_examine` while they hold the role."""

    examiner_id: int
    name: str
    held: int
    decided: int
    assigned: int = 0
    may_examine: bool = False


def examiner_loads(edition: Edition) -> list[Load]:
    """Everybody who may examine or has examined, the busiest first. One query."""
    roles = Role.objects.filter(edition=edition, user=OuterRef("pk"), kind=Role.Kind.EXAMINER, ended_at__isnull=True)
    reviews = FormalityReview.objects.filter(entry__edition=edition, examiner=OuterRef("pk"))
    given = ExaminerAssignment.objects.filter(
        examiner=OuterRef("pk"),
        entry__edition=edition,
        entry__state__in=(states.SUBMITTED, states.UNDER_REVIEW),
    ).exclude(entry__reviews__decision="")
    people = User.objects.filter(Exists(roles) | Exists(reviews)).annotate(
        held=_count(reviews.filter(decision=""), "examiner"), decided=_count(reviews.exclude(decision=""), "examiner"),
        assigned=_count(given, "examiner"), may_examine=Exists(roles),
    )  # fmt: skip
    found = [Load(one.pk, one.actor_label, one.held, one.decided, one.assigned, one.may_examine) for one in people]
    return sorted(found, key=lambda one: (-one.held, -one.decided, one.name))


def days_waiting(entry: Entry, at: datetime) -> int:
    """Whole calendar days in Jiangmen since the entry was last submitted."""
    return (clock.local_day(at) - clock.local_day(entry.submitted_at)).days if entry.submitted_at else 0


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of `rows` belong to the row around them, through the column `by`."""
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


def _by_examiner(entries: QuerySet[Entry], examiner: str) -> QuerySet[Entry]:
    held = FormalityReview.objects.filter(entry=OuterRef("pk"), decision="")
    given = ExaminerAssignment.objects.filter(entry=OuterRef("pk"))
    if examiner == UNASSIGNED:
        return entries.filter(~Exists(held), ~Exists(given))
    if not examiner:
        return entries
    mine = {"examiner_id": int(examiner)}
    return entries.filter(Q(Exists(held.filter(**mine))) | Q(~Exists(held), Exists(given.filter(**mine))))


def _overdue(at: datetime) -> Q:
    """Returned and not sent in again by the term, or waiting for us longer than five days."""
    waits = Q(state__in=(states.SUBMITTED, states.UNDER_REVIEW), submitted_at__lte=at - WAITING_LIMIT)
    return waits | Q(state=states.RETURNED, due_at__lte=at)


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
    others = IPAsset.objects.filter(entry__edition=OuterRef("edition_id"), entry__state__in=states.COUNTED)
    return others.exclude(entry=OuterRef("pk")).filter(number__in=own)
