"""Organisations of an edition for staff: who takes part, whose code was verified, and what waits to be compared."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.models import Organisation, OwnershipClaim
from competitions.models import Edition
from entries import states
from entries.models import Entry, EntryApplicant

VIEWS = {
    "waiting": "待核验",
    "claims": "有核验申请",
    "verified": "已核验",
    "all": "全部",
}


def within_reach(edition: Edition) -> Q:
    """Organisations staff of the edition may look at: they, or another holder of their code, take part in it, with a draft
    too. One that takes part nowhere yet belongs to the editions that run when it shows its licence (ADR 0030)."""
    here = EntryApplicant.objects.filter(entry__edition=edition)
    rivals = here.filter(organisation__uscc=OuterRef("uscc")).exclude(organisation__uscc="")
    found = Exists(here.filter(organisation=OuterRef("pk"))) | Exists(rivals)
    if edition.published_at is None or edition.archived_at is not None:
        return Q(found)
    anywhere = EntryApplicant.objects.filter(organisation=OuterRef("pk"))
    shown = OwnershipClaim.objects.filter(organisation=OuterRef("pk"), created_at__gte=edition.published_at)
    return Q(found | (Exists(shown) & ~Exists(anywhere)))


def waiting_claims(edition: Edition) -> QuerySet[OwnershipClaim]:
    """Claims within reach of the edition that nobody has decided."""
    return OwnershipClaim.objects.filter(decision="", organisation__in=Organisation.objects.filter(within_reach(edition)))


def listed_organisations(edition: Edition) -> QuerySet[Organisation]:
    """Organisations with an entry of the edition beyond its draft, with `entry_count`, whether a claim `waits`, and
    whether others `has_rivals` under the same code; and those within reach whose claim waits."""
    counted = Q(entries__edition=edition) & ~Q(entries__state=states.DRAFT)
    rivals = Organisation.objects.filter(uscc=OuterRef("uscc"), memberships__isnull=False).exclude(uscc="")
    found = Organisation.objects.annotate(
        entry_count=Count("entries", filter=counted, distinct=True),
        waits=Exists(OwnershipClaim.objects.filter(organisation=OuterRef("pk"), decision="")),
        has_rivals=Exists(rivals.exclude(pk=OuterRef("pk"))),
    )
    return found.filter(Q(entry_count__gt=0) | (Q(waits=True) & within_reach(edition)))


def narrowed_organisations(rows: QuerySet[Organisation], view: str, words: str) -> QuerySet[Organisation]:
    """One of VIEWS, and a part of the name or of the code; those with a claim first."""
    if view == "waiting":
        rows = rows.filter(verified_at__isnull=True).exclude(uscc="")
    elif view == "claims":
        rows = rows.filter(waits=True)
    elif view == "verified":
        rows = rows.filter(verified_at__isnull=False)
    if words.strip():
        rows = rows.filter(_holding(words.strip()))
    return rows.order_by("-waits", "name", "pk")


def _holding(words: str) -> Q:
    return Q(name__icontains=words) | Q(uscc__icontains=words.upper()) | Q(registration_number__icontains=words.upper())


def get_listed_organisation(edition: Edition, public_id: str) -> Organisation:
    """An organisation staff of the edition may look at; 404 otherwise."""
    found = Organisation.objects.filter(within_reach(edition), public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def holders_of(organisation: Organisation) -> list[Organisation]:
    """Everybody registered under the same code, this one first, each with `member_count`; itself alone without a code."""
    same = Q(pk=organisation.pk) | (Q(uscc=organisation.uscc) & ~Q(uscc=""))
    found = Organisation.objects.filter(same).annotate(member_count=Count("memberships"))
    return sorted(found, key=lambda one: (one.pk != organisation.pk, one.pk))


def entries_in(edition: Edition, organisations: list[Organisation]) -> dict[int, list[Entry]]:
    """Entries of the edition beyond their draft, by the primary key of the organisation that takes part."""
    rows = Entry.objects.filter(edition=edition, organisations__in=organisations).exclude(state=states.DRAFT)
    found: dict[int, list[Entry]] = {one.pk: [] for one in organisations}
    for entry in rows.prefetch_related("applicants").distinct().order_by("pk"):
        for applicant in entry.applicants.all():
            if applicant.organisation_id in found:
                found[applicant.organisation_id].append(entry)
    return found
