"""One random script of requests gives the same ballots and the same refusals on every database.

The script is held against the rule in `voting/pure/quota.py`; `make test` runs it on SQLite and `make test-services` on PostgreSQL,
whose function shares no line with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from competitions.pure.vote_rule import VoteRule
from core.errors import Refusal
from entries.models import Entry
from tests.factories import moments
from tests.voting.ballots import build_vote, tag, vote
from voting.models import Ballot
from voting.pure.quota import ChoiceFault, Pick, Slotted, allocate, candidates
from voting.queries.campaign import find_campaign

pytestmark = pytest.mark.django_db
REQUESTS, VOTERS, ENTRIES = 150, 4, 6
RULES = [
    {"limit": 3, "per_entry_limit": 1},
    {"limit": 4, "per_entry_limit": 4},
    {"limit": 2, "per_entry_limit": 1, "scope": "group"},
    {"limit": 5, "per_entry_limit": 2, "period": "edition"},
    {"limit": 3, "per_entry_limit": 1, "choose_min": 2, "choose_max": 3},
]
MOMENTS = [
    moments.VOTE_OPENS - timedelta(microseconds=1),
    moments.VOTE_OPENS,
    moments.DURING_VOTE,
    moments.DURING_VOTE.replace(hour=15, minute=59, second=59, microsecond=999_999),  # the last moment of a day in Shanghai
    moments.DURING_VOTE.replace(hour=16, minute=0, second=0, microsecond=0),
    moments.VOTE_CLOSES - timedelta(microseconds=1),
    moments.VOTE_CLOSES,
]


@dataclass(frozen=True)
class Request:
    voter: int
    numbers: tuple[int, ...]
    at: datetime
    submission: UUID


@dataclass
class Reference:
    """What should become of each request, from the pure rule and plain lists."""

    rule: VoteRule
    groups: dict[int, str]
    used: dict[int, list[Slotted]] = field(default_factory=dict)
    done: dict[tuple[int, UUID], int] = field(default_factory=dict)

    def cast(self, request: Request) -> list[str] | str:
        key = request.voter, request.submission
        if key in self.done:
            return f"repeat {self.done[key]}"
        if not moments.VOTE_OPENS <= request.at < moments.VOTE_CLOSES:
            return "shut"
        known = [number for number in request.numbers if number in self.groups]
        if self.rule.is_choice and len(known) < len(request.numbers):
            return ["not_counted" if number in self.groups else "not_eligible" for number in request.numbers]
        picks = [Pick(f"{number:03d}", self.groups[number]) for number in known]
        try:
            wanted = candidates(self.rule, picks, request.at) if picks else ()
        except ChoiceFault:
            return "choice_refused"
        used = self.used.setdefault(request.voter, [])
        found = allocate(self.rule, wanted, used)
        used += found.accepted
        if found.accepted:
            self.done[key] = len(found.accepted)
        return self._words(request, found.accepted, dict(found.refused))

    def _words(self, request: Request, accepted: tuple[Slotted, ...], refused: dict) -> list[str]:
        left = [vote.entry for vote in accepted]
        words = []
        for number in request.numbers:
            code = f"{number:03d}"
            if number not in self.groups:
                words.append("not_eligible")
            elif code in left:
                left.remove(code)
                words.append("accepted")
            else:
                words.append(str(refused.get(code, "not_counted")))
        return words


def script(seed: int) -> list[Request]:
    random, found = Random(seed), []
    for _ in range(REQUESTS):
        if found and random.random() < 0.15:
            found.append(random.choice(found))
            continue
        numbers = random.sample([*range(1, ENTRIES + 1), 99], random.randint(1, 4))
        found.append(Request(random.randrange(VOTERS), tuple(numbers), random.choice(MOMENTS), UUID(int=random.getrandbits(128), version=4)))
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: "-".join(map(str, rule.values())))
def test_one_random_script_gives_the_ballots_and_refusals_of_the_pure_rule(rule: dict[str, object]) -> None:
    edition = build_vote(ENTRIES, **rule)
    campaign = find_campaign(edition, moments.DURING_VOTE)
    groups = {entry.number: campaign.entries[entry.pk].group for entry in Entry.objects.filter(edition=edition)}
    reference = Reference(campaign.rule, groups)
    for number, request in enumerate(script(7)):
        expected = reference.cast(request)
        try:
            outcomes = vote(edition, *request.numbers, voter=request.voter, at=request.at, submission=request.submission)
            got: list[str] | str = [str(outcome.status) for outcome in outcomes]
            if any(outcome.is_repeat for outcome in outcomes):
                got = f"repeat {sum(outcome.is_repeat for outcome in outcomes)}"
        except Refusal as refusal:
            got = "choice_refused" if refusal.code == "choice_refused" else "shut"
        assert got == expected, (number, request)
    wanted = {
        (tag(edition, voter), vote.entry, vote.period, vote.scope, vote.slot, vote.entry_slot)
        for voter, votes in reference.used.items()
        for vote in votes
    }
    rows = Ballot.objects.values_list("voter_tag", "entry__number", "period", "scope", "slot", "entry_slot")
    assert {(by, f"{number:03d}", *keys) for by, number, *keys in rows} == wanted
    assert Ballot.objects.count() == len(wanted) > 10
