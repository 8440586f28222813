"""What a new edition may take over of how results are made public."""

from __future__ import annotations

from competitions.clone_parts import ClonePart
from competitions.models import Edition
from results.models import PublicitySettings
from results.queries.calendar import period_words, publicity_of

FIELDS = ("notice_days", "notice_counting", "committee")


def _copy(source: Edition, target: Edition, days: int) -> None:
    """Period and signature line. That judges' totals are public is confirmed anew; seals and own holidays stay behind."""
    stored = publicity_of(source)
    PublicitySettings.objects.update_or_create(edition=target, defaults={name: getattr(stored, name) for name in FIELDS})


def _told(source: Edition, days: int) -> list[str]:
    line = publicity_of(source).committee
    return [f"公示 {period_words(source)}", *([f"证书落款：{line}"] if line else [])]


PUBLICITY = ClonePart("publicity", "公示与证书", "公示天数、证书落款；印章不复制", 100, _copy, _told)
