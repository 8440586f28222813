"""A small public vote for tests: an edition with accepted entries, and hands that vote."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from competitions.models import Edition
from core.actor import SYSTEM
from entries.models import Entry
from tests.factories import moments
from tests.factories.competitions import build_edition
from tests.factories.entries import build_accepted_entry
from voting.actions.cast import Outcome, cast_ballots
from voting.actions.open import open_vote
from voting.pure.voter import device_identity, voter_tag
from voting.queries.campaign import find_campaign

AFTER = moments.VOTE_CLOSES + timedelta(minutes=5)


def build_vote(entries: int = 3, *, edition: Edition | None = None, opened: bool = True, **rule: object) -> Edition:
    """A public edition with accepted entries 1 … `entries`, every other one in the second group."""
    edition = edition or build_edition()
    if rule:
        set_rule(edition, **rule)
    groups = [group for track in edition.tracks.all() for group in track.groups.all()]
    for number in range(1, entries + 1):
        build_accepted_entry(edition, number, groups[(number - 1) % len(groups)])
    if opened and entries:
        open_vote(edition=edition, actor=SYSTEM, at=moments.VOTE_OPENS)
    return edition


def set_rule(edition: Edition, **rule: object) -> None:
    """Changes members of the vote rule ("board" replaces the board's policy)."""
    round_ = edition.rounds.get(kind="public_vote")
    rules = dict(round_.rules)
    if "board" in rule:
        rules["board"] = rule.pop("board")
    rules["vote_rule"] = {key: value for key, value in {**rules["vote_rule"], **rule}.items() if key != "preset"}
    round_.rules = rules
    round_.save(update_fields=["rules"])


def tag(edition: Edition, voter: int = 1) -> str:
    campaign = find_campaign(edition, moments.DURING_VOTE)
    key = campaign.key if campaign else bytes(32)
    return voter_tag(key, device_identity(f"{voter:032x}"))


def vote(
    edition: Edition,
    *numbers: int,
    voter: int = 1,
    at: datetime = moments.DURING_VOTE,
    submission: UUID | None = None,
    level: int = 0,
    evidence: dict[str, object] | None = None,
    **options: object,
) -> list[Outcome]:
    """Casts a ballot for the entries with these numbers."""
    ids = {entry.number: entry.pk for entry in Entry.objects.filter(edition=edition, number__isnull=False)}
    return cast_ballots(
        edition=edition,
        entry_ids=[ids.get(number, -number) for number in numbers],
        voter_tag=tag(edition, voter),
        identity_level=level,
        submission=submission or uuid4(),
        evidence={"address": "203.0.113.7", "agent": "test", **(evidence or {})},
        at=at,
        **options,
    )


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


