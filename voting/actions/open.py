"""Opening a vote: the campaign key, the `open` leaf with the rules, the first checkpoint."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from competitions.models import Edition, EditionPage
from competitions.pure.vote_rule import GROUP
from competitions.pure.vote_settings import VoteSettings
from core.actor import SYSTEM, Actor
from core.audit.journal import record
from core.ledger.checkpoint import Checkpoint, format_checkpoint
from core.ledger.tree import Frontier, leaf_hash
from core.wrapping import wrap
from entries.models import Entry
from voting.errors import NothingToVoteOn, NotOpenYet, NoVote, RulesTooLong
from voting.models import CampaignKey, LedgerCheckpoint, LedgerKey, LedgerLeaf
from voting.pure.leaf import LeafFault, open_leaf
from voting.pure.ledger_rules import LedgerRules
from voting.pure.voter import KEY_BYTES
from voting.queries.campaign import (
    Campaign,
    find_campaign,
    group_codes,
    key_label,
    open_entries,
    vote_schedule,
    vote_settings,
)
from voting.queries.signing import checkpoint_keys, new_origin, sign_by_all
from voting.queries.wording import moment_words


def has_vote_to_open(edition: Edition, at: datetime) -> bool:
    """Whether the vote's time has come, its gate is released, and there is something to vote on."""
    schedule = vote_schedule(edition) if edition.is_published else None
    return schedule is not None and schedule.has_opened(at) and bool(open_entries(edition))


def ready_campaign(edition: Edition, at: datetime, *, fresh: bool = False) -> Campaign | None:
    """The campaign, its ledger opened when its time has come: nobody waits for a job. None while there is no vote to open."""
    campaign = find_campaign(edition, at, fresh=fresh)
    if campaign is None and has_vote_to_open(edition, at):
        open_vote(edition=edition, actor=SYSTEM, at=at)
        campaign = find_campaign(edition, at, fresh=True)
    return campaign


@transaction.atomic
def open_vote(*, edition: Edition, actor: Actor, at: datetime) -> LedgerLeaf:
    """Writes the ledger's first leaf: entries and rules the vote opens with. Opening again returns the leaf there is.

    The leaf bears the moment the window opened, not the moment a job got round to it. Refuses before that moment
    (NotOpenYet), without a vote (NoVote) or without public entries (NothingToVoteOn).
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    found = LedgerLeaf.objects.filter(edition=edition, kind=LedgerLeaf.Kind.OPEN).first()
    if found is not None:
        return found
    schedule, rules = vote_schedule(edition), vote_settings(edition)
    if schedule is None or rules is None:
        raise NoVote
    if not edition.is_published or not schedule.has_opened(at):
        raise NotOpenYet(opens=moment_words(schedule.starts_at, edition))
    entries = open_entries(edition)
    if not entries:
        raise NothingToVoteOn
    body = _opening(edition, rules, entries, schedule.starts_at)
    key = wrap(secrets.token_bytes(KEY_BYTES), key=settings.KEY_WRAPPING_KEY, label=key_label(edition.slug))
    CampaignKey.objects.get_or_create(edition=edition, defaults={"wrapped": key, "created_at": at})
    leaf = LedgerLeaf.objects.create(
        edition=edition, index=0, kind=LedgerLeaf.Kind.OPEN, body=body.decode(), leaf_hash=leaf_hash(body).hex()
    )
    _first_checkpoint(edition, body, at)
    after = {"entries": len(entries), "rule": rules.vote_rule.sentence()}
    record(verb="voting.vote.opened", obj=edition, actor=actor, at=at, edition=edition.slug, after=after)
    return leaf


def _opening(edition: Edition, settings_: VoteSettings, entries: list[Entry], at: datetime) -> bytes:
    page = edition.pages.filter(kind=EditionPage.Kind.RULES, published_at__isnull=False).order_by("-version").first()
    text = "\n".join([*settings_.sentences(), "", page.body if page else ""]).strip()
    groups = group_codes(entries) if settings_.vote_rule.scope == GROUP else {}
    rules = LedgerRules(settings_.vote_rule, text, groups)
    try:
        return open_leaf(entries=[entry.code for entry in entries], rules=rules, at=at)
    except LeafFault as fault:
        raise RulesTooLong(fault=str(fault)) from None


def _first_checkpoint(edition: Edition, body: bytes, at: datetime) -> None:
    frontier = Frontier().extend([leaf_hash(body)])
    origin = new_origin(edition.slug)
    note = sign_by_all(origin, format_checkpoint(Checkpoint(origin, 1, frontier.root())))
    LedgerCheckpoint.objects.create(
        edition=edition, size=1, root=frontier.root().hex(), note=note, frontier=frontier.as_dict(), at=at
    )
    LedgerKey.objects.bulk_create(
        LedgerKey(edition=edition, verifier_key=key.verifier_key, first_used_at=at) for key in checkpoint_keys(origin)
    )
