"""Who may not enter an edition."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Organisation
from competitions.models import Edition, ExclusionRecord


def exclusions_in_force(edition: Edition, organisations: Iterable[Organisation]) -> dict[int, ExclusionRecord]:
    """The record that keeps an organisation out of the edition, by the organisation's primary key, in one query.

    By credit code; an organisation or a record without one is known by its exact name.
    """
    wanted = list(organisations)
    codes = [one.uscc for one in wanted if one.uscc]
    same = Q(uscc__in=codes) & ~Q(uscc="") | Q(uscc="", name__in=[one.name for one in wanted])
    rows = ExclusionRecord.objects.filter(same, lifted_at__isnull=True, until_year__gte=edition.year)
    found: dict[int, ExclusionRecord] = {}
    for record in rows.order_by("until_year", "pk"):
        for one in wanted:
            if (record.uscc and record.uscc == one.uscc) or (not record.uscc and record.name == one.name):
                found[one.pk] = record
    return found
