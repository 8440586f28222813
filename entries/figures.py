"""Figures of an edition for its home page: each says what it counts."""

from __future__ import annotations

from datetime import datetime

from competitions.home_figures import Figure
from competitions.models import Edition
from core.figures import thousands
from entries import states
from entries.models import EntryApplicant, IPAsset


def entry_figures(edition: Edition, at: datetime) -> list[Figure]:
    """Organisations, entries and patents of the entries that passed the formality examination (domain rules §2.4);
    nothing before the first one has."""
    entries = edition.entries.filter(state=states.ACCEPTED).count()
    if not entries:
        return []
    accepted = {"entry__edition": edition, "entry__state": states.ACCEPTED}
    organisations = EntryApplicant.objects.filter(**accepted).values("organisation").distinct().count()
    patents = IPAsset.objects.filter(**accepted).count()
    return [
        Figure("参赛单位", thousands(organisations), "家", "形式审查通过项目的牵头和联合单位，不重复计"),
        Figure("参赛项目", thousands(entries), "个", "形式审查通过的项目"),
        Figure("专利", thousands(patents), "件", "形式审查通过项目所列专利，按件计"),
    ]
