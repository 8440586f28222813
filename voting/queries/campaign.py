"""All a vote needs to know of an edition before it reaches the database, remembered per process for half a minute.

What may change under it (the stage's times, gate, pauses, extensions, the campaign key) is its fingerprint: the statement that
casts compares it, so a remembered campaign can be late but never wrong.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings

from competitions.models import Edition, EditionPage, Round, Stage
from competitions.pure.vote_rule import GROUP, VoteRule
from competitions.pure.vote_settings import VoteSettings
from competitions.pure.window import CLOSED, OPEN, PAUSED, UPCOMING, Window
from competitions.queries.access import get_public_edition
from competitions.queries.schedule import DELAYED, find_stage, rounds_of, stage_window
from core.clock import ticks
from core.ledger.note import parse_note
from core.memory import Memory
from core.once import once
from core.wrapping import unwrap
from entries import states
from entries.models import Entry
from voting.models import Ballot, CampaignKey, LedgerCheckpoint, LedgerLeaf

LIFETIME = 30.0  # seconds a process goes on with what it has read; the statement itself checks again
_memory = Memory(size=16)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that can be voted for: its code in the ledger and, when the limit holds in each group, its group."""

    code: str
    group: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the vote is open: the stage's fingerprint, and the window it amounts to."""

    stage_id: int
    opens_at: datetime
    closes_at: datetime
    gate_at: datetime | None
    override_count: int
    window: Window
    pause_reason: str

    @property
    def starts_at(self) -> datetime:
        """The moment the vote opened or will open: a gate released late opens it at its release."""
        return max(self.opens_at, self.gate_at) if self.gate_at else self.opens_at

    @property
    def ends_at(self) -> datetime | None:
        """The effective end; None while a pause has no end."""
        return self.window.ends_at

    def phase(self, at: datetime) -> str:
        """upcoming, delayed, open, paused or closed."""
        phase = self.window.phase(at)
        if phase in (OPEN, PAUSED) and (self.gate_at is None or self.gate_at > at):
            return DELAYED
        return phase

    def has_opened(self, at: datetime) -> bool:
        """Whether anybody could have voted by `at`."""
        return self.gate_at is not None and self.gate_at <= at and self.window.phase(at) != UPCOMING


@dataclass(frozen=True, slots=True)
class Admission:
    """Whom the vote admits, and the versions of rules and privacy notice that were public when this was read (0: none).

    `identity`: device, wechat or sms; `browsers`: beside WeChat, plain browsers count too.
    """

    identity: str = "device"
    browsers: bool = False
    rules: int = 0
    privacy: int = 0

    def levels(self, is_in_wechat: bool) -> set[int]:
        """The steps of the ladder that count. Inside WeChat a plain device never stands beside the openid: one person, one tag."""
        if self.identity == "sms":
            return {Ballot.Identity.SMS}
        if self.identity == "wechat":
            also = {Ballot.Identity.DEVICE} if self.browsers and not is_in_wechat else set()
            return {Ballot.Identity.WECHAT, *also}
        return {Ballot.Identity.DEVICE}


@dataclass(frozen=True)
class Campaign:
    """A vote whose ledger has been opened. `entries` maps primary keys; `origin` names the log."""

    edition_id: int
    slug: str
    schedule: Schedule
    rule: VoteRule
    origin: str
    wrapped: str
    key: bytes
    entries: dict[int, Candidate]
    admission: Admission
    loaded_at: datetime
    loaded_ticks: float

    def phase(self, at: datetime) -> str:
        return self.schedule.phase(at)

    @cached_property
    def by_number(self) -> dict[int, int]:
        """Entry number → primary key."""
        return {int(entry.code): pk for pk, entry in self.entries.items()}


def key_label(slug: str) -> str:
    """What a wrapped campaign key is labelled with."""
    return f"campaign key of {slug}"


def vote_settings(edition: Edition) -> VoteSettings | None:
    """The settings of the edition's public vote; None when it has none."""
    rounds = [one for one in rounds_of(edition) if one.kind == Round.Kind.PUBLIC_VOTE]
    return VoteSettings.from_dict(rounds[0].rules) if rounds else None


def vote_schedule(edition: Edition) -> Schedule | None:
    """When the edition's public vote is open; None when it has no such stage. Two queries."""
    stage = find_stage(edition, Stage.Kind.PUBLIC_VOTE)
    if stage is None:
        return None
    overrides = sorted(stage.overrides.all(), key=lambda one: (one.at, one.pk))
    pauses = [one.reason for one in overrides if one.kind == "pause"]
    return Schedule(
        stage_id=stage.pk,
        opens_at=stage.opens_at,
        closes_at=stage.closes_at,
        gate_at=stage.gate_released_at,
        override_count=len(overrides),
        window=stage_window(stage),
        pause_reason=pauses[-1] if pauses else "",
    )


def edition_to_vote_in(slug: str) -> Edition:
    """The public edition of a cast, remembered like its campaign: the statement checks again that it is public."""
    known = _memory.get(("edition", slug))
    if known is None or ticks() - known[0] >= LIFETIME:
        known = (ticks(), get_public_edition(slug))
        _memory.put(("edition", slug), known)
    return known[1]


def find_campaign(edition: Edition, at: datetime, *, fresh: bool = False) -> Campaign | None:
    """The edition's campaign, at most half a minute old (`fresh`: read now); None before its ledger is opened."""
    known = _memory.get(edition.pk)
    if not fresh and known is not None and ticks() - known.loaded_ticks < LIFETIME:
        return known
    campaign = _load(edition, at)
    if campaign is None:
        _memory.drop(edition.pk)
    else:
        _memory.put(edition.pk, campaign)
    return campaign


def forget_campaign(edition: Edition) -> None:
    """Drops what this process remembers of the campaign, its key above all; the others' memory ends with its lifetime."""
    _memory.drop(edition.pk)


def open_entries(edition: Edition) -> list[Entry]:
    """Entries that may be voted for, by number: accepted, and their applicant agreed to public display."""
    found = Entry.objects.filter(edition=edition, state=states.ACCEPTED, is_display_consented=True)
    return list(found.select_related("group").order_by("number"))


def group_codes(entries: list[Entry]) -> dict[str, str]:
    """Entry code → group as the ledger names it: its code, or "g<id>" where two tracks use the same code."""
    groups = {entry.group_id: entry.group.code for entry in entries if entry.group}
    is_clear = len(set(groups.values())) == len(groups)
    return {entry.code: groups[entry.group_id] if is_clear else f"g{entry.group_id}" for entry in entries if entry.group_id}


def is_final(edition: Edition) -> bool:
    """Whether the tally was approved by two persons and written into the ledger."""
    return once(("final", edition.pk), LedgerLeaf.objects.filter(edition=edition, kind=LedgerLeaf.Kind.FINAL).exists)


def _load(edition: Edition, at: datetime) -> Campaign | None:
    key = CampaignKey.objects.filter(edition=edition).first()
    opening = LedgerLeaf.objects.filter(edition=edition, kind=LedgerLeaf.Kind.OPEN).first()
    schedule = vote_schedule(edition)
    if key is None or opening is None or schedule is None:
        return None
    leaf = json.loads(opening.body)
    rule = VoteRule.from_dict(leaf["rules"]["quota"])
    return Campaign(
        edition_id=edition.pk,
        slug=edition.slug,
        schedule=schedule,
        rule=rule,
        origin=log_origin(edition),
        wrapped=key.wrapped,
        key=unwrap(key.wrapped, key=settings.KEY_WRAPPING_KEY, label=key_label(edition.slug)),
        entries=_candidates(edition, leaf, rule),
        admission=_admission(edition),
        loaded_at=at,
        loaded_ticks=ticks(),
    )


def _admission(edition: Edition) -> Admission:
    found = vote_settings(edition)
    pages = EditionPage.objects.filter(edition=edition, published_at__isnull=False).order_by("version")
    versions = dict(pages.values_list("kind", "version"))
    rules, privacy = (versions.get(kind, 0) for kind in (EditionPage.Kind.RULES, EditionPage.Kind.PRIVACY))
    return Admission(found.identity, found.browsers, rules, privacy) if found else Admission(rules=rules, privacy=privacy)


def log_origin(edition: Edition) -> str:
    """The log's name as its first checkpoint says it: a later change of the site's address does not rename it."""
    first = LedgerCheckpoint.objects.filter(edition=edition).order_by("size").values_list("note", flat=True)[0]
    return parse_note(first).text.split("\n", 1)[0]


def _candidates(edition: Edition, opening: dict, rule: VoteRule) -> dict[int, Candidate]:
    withdrawn = LedgerLeaf.objects.filter(edition=edition, kind=LedgerLeaf.Kind.WITHDRAW).values_list("body", flat=True)
    codes = set(opening["entries"]) - {json.loads(body)["e"] for body in withdrawn}
    groups = opening["rules"]["groups"] if rule.scope == GROUP else {}
    numbered = Entry.objects.filter(edition=edition, number__isnull=False).only("pk", "number")
    return {entry.pk: Candidate(entry.code, groups.get(entry.code, "")) for entry in numbered if entry.code in codes}


__all__ = [
    "CLOSED",
    "DELAYED",
    "OPEN",
    "PAUSED",
    "UPCOMING",
    "Admission",
    "Campaign",
    "Candidate",
    "Schedule",
    "edition_to_vote_in",
    "find_campaign",
    "forget_campaign",
    "group_codes",
    "is_final",
    "key_label",
    "log_origin",
    "open_entries",
    "vote_schedule",
    "vote_settings",
]
