"""Why the group of an entry can no longer be changed: a result in force ranks the groups as they were."""

from __future__ import annotations

from entries.models import Entry
from results.models import ResultPublication


def published_reason(entry: Entry) -> str:
    """A sentence once a result of any round of the edition has been published; empty before."""
    published = ResultPublication.objects.filter(result__round__edition_id=entry.edition_id)
    first = published.select_related("result__round").order_by("at").first()
    if first is None:
        return ""
    return f"{first.result.round.name}结果已经公布，名次按当时的组别排定，不能再调整组别。"
