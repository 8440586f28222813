"""When an edition's voters may be forgotten, and which erasures a restored backup has undone."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from competitions.models import Edition
from voting.models import BallotEvidence, CampaignKey, LedgerLeaf, VoteAppeal, VoterIdentity
from voting.queries.campaign import vote_schedule
from voting.queries.ledger import open_cases
from voting.queries.wording import moment_words
from voting.retention import reasons_to_keep

KEPT_FOR = timedelta(days=190)
"""After the close: six months for objections and suits, and ten days to answer."""


def erasure_log() -> Path:
    """The file beside the database that remembers erasures when an older backup of the database does not."""
    return Path(settings.DATA_DIR) / "erasures.jsonl"


def reasons_not_to_forget(edition: Edition, at: datetime) -> list[str]:
    """Every reason why the voters must still be known at `at`: before max(all appeals settled, close + 190 days)."""
    reasons = []
    kinds = set(LedgerLeaf.objects.filter(edition=edition, kind__in=["close", "final"]).order_by().values_list("kind", flat=True))
    schedule = vote_schedule(edition)
    if "final" not in kinds or schedule is None or schedule.ends_at is None:
        reasons.append("票数尚未终计。")
    else:
        earliest = schedule.ends_at + KEPT_FOR
        if at < earliest:
            reasons.append(f"截止后须保留 {KEPT_FOR.days} 天，{moment_words(earliest, edition)} 起才能销毁。")
    if cases := open_cases(edition):
        reasons.append(f"还有 {len(cases)} 项异常处理没有复核。")
    if appeals := VoteAppeal.objects.filter(entry__edition=edition, answered_at__isnull=True).count():
        reasons.append(f"还有 {appeals} 项票数申诉没有答复。")
    return reasons + reasons_to_keep(edition)


def erased_editions() -> list[tuple[str, datetime, str]]:
    """(slug, when, by whom) of every erasure in the file, oldest first."""
    path = erasure_log()
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [json.loads(line) for line in lines if line.strip()]
    return [(row["edition"], datetime.fromisoformat(row["at"]), row["by"]) for row in rows]


def is_remembered(edition: Edition) -> bool:
    """Whether anything is left that ties a vote to a person or a device."""
    return (
        CampaignKey.objects.filter(edition=edition).exists()
        or VoterIdentity.objects.filter(edition=edition).exists()
        or BallotEvidence.objects.filter(ballot__edition=edition).exists()
    )
