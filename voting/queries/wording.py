"""Times and remaining votes as sentences say them."""

from __future__ import annotations

from datetime import datetime

from competitions.models import Edition
from competitions.pure.vote_rule import DAY, VoteRule
from core import dates


def moment_words(at: datetime | None, edition: Edition) -> str:
    """9月30日 20:00; "尚未确定" for an end that a pause has left open."""
    return dates.moment(at, edition.year) if at else "尚未确定"


def renewal_words(rule: VoteRule) -> str:
    """When used-up votes come back."""
    return "明天 0 点恢复" if rule.period == DAY else "本届不再恢复"
