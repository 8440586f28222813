"""What a voter has done so far, and ballots found again by their receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from competitions.models import Edition
from competitions.pure.vote_rule import GROUP, VoteRule
from voting.models import Ballot
from voting.pure.quota import period_of
from voting.pure.receipt import normalize_short_code
from voting.queries.campaign import Campaign

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class VoterDay:
    """A voter's ballots of the current period: how many, for which entries how often."""

    rule: VoteRule
    used: int = 0
    by_entry: dict[int, int] = field(default_factory=dict)

    @property
    def left(self) -> int | None:
        """Votes left in the period; None where the limit holds in each group and no single number says it."""
        if self.rule.scope == GROUP:
            return None
        if self.rule.is_choice:
            return 0 if self.used else self.rule.limit
        return max(self.rule.limit - self.used, 0)

    def is_done_with(self, entry_id: int) -> bool:
        """Whether the entry can have no more votes of this voter in the period."""
        return self.by_entry.get(entry_id, 0) >= self.rule.per_entry_limit


def voter_day(campaign: Campaign, tag: str | None, at: datetime) -> VoterDay:
    """What the voter with this tag has cast in the period of `at`; nothing for somebody who has no tag yet."""
    if tag is None:
        return VoterDay(campaign.rule)
    cast = Ballot.objects.filter(
        edition_id=campaign.edition_id, voter_tag=tag, period=period_of(at, campaign.rule)
    ).values_list("entry_id", flat=True)
    counts: dict[int, int] = {}
    for entry_id in cast:
        counts[entry_id] = counts.get(entry_id, 0) + 1
    return VoterDay(campaign.rule, sum(counts.values()), counts)


def has_cast(campaign: Campaign, tag: str | None, submission: UUID) -> bool:
    """Whether this voter's submission has been accepted before, in whole or in part."""
    return Ballot.objects.filter(submission=submission, edition_id=campaign.edition_id, voter_tag=tag or "").exists()


def find_ballot(edition: Edition, typed: str) -> Ballot | None:
    """The ballot with this short receipt code, however typed; None when the code is wrong or unknown."""
    try:
        code = normalize_short_code(typed)
    except ValueError:
        return None
    number = 0
    for char in code.replace("-", ""):
        number = number * 32 + _ALPHABET.index(char)
    prefix = f"{number:015x}"
    found = Ballot.objects.filter(edition=edition, leaf_hash__gte=prefix, leaf_hash__lt=prefix + "g")
    return found.select_related("entry", "ledger_leaf").first()


def submission_of(ballot: Ballot) -> list[Ballot]:
    """All ballots cast together with this one, in order."""
    together = Ballot.objects.filter(
        submission=ballot.submission, edition_id=ballot.edition_id, voter_tag=ballot.voter_tag
    )
    return list(together.select_related("entry", "ledger_leaf").order_by("pk"))
