"""Letting an entry go on to the next round unranked, as far as the rules allow."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from competitions.models import Round
from core.audit import journal
from core.errors import NotAllowed
from entries import states
from entries.models import Entry
from results.errors import ByeGiven, ByeNotAllowed, ByeTooLate, ReasonMissing
from results.models import Bye
from results.queries.byes import bye_ids, byes_allowed, byes_of
from results.queries.state import current_result


@transaction.atomic
def grant_bye(*, round: Round, entry: Entry, reason: str, actor: User, at: datetime) -> Bye:
    """Lets an entry go on from the round without being ranked (domain.md §2.5); the record of computation names it.

    Refuses without a reason, more byes of a group than the rules of the round allow, an entry that is not in the race,
    and any change once the result of the round is published.
    """
    _require(round, actor)
    if not reason.strip():
        raise ReasonMissing(what="直接晋级")
    if entry.edition_id != round.edition_id or entry.state != states.ACCEPTED or entry.group_id is None:
        raise ByeNotAllowed(why="这个项目不在本轮参评项目之中。")
    allowed = byes_allowed(round)[entry.group_id]
    given = byes_of(round).filter(entry__group=entry.group_id).exclude(entry=entry).count()
    if given >= allowed:
        raise ByeNotAllowed(why=f"{entry.group.name}按规则最多直接晋级 {allowed} 个，已登记 {given} 个。")
    try:
        with transaction.atomic():
            bye = Bye.objects.create(round=round, entry=entry, reason=reason.strip()[:300], granted_at=at, granted_by=actor)
    except IntegrityError:
        raise ByeGiven(code=entry.code) from None
    _journal("results.bye.granted", bye, actor, at)
    return bye


@transaction.atomic
def end_bye(*, bye: Bye, actor: User, at: datetime) -> Bye:
    """Takes a bye back: the entry is scored and ranked like the others. Refuses once the result is published, and twice."""
    _require(bye.round, actor)
    if bye.entry_id not in bye_ids(bye.round):
        raise ByeNotAllowed(why="这项直接晋级已经撤销。")
    bye.ended_at, bye.ended_by = at, actor
    bye.save(update_fields=["ended_at", "ended_by"])
    _journal("results.bye.ended", bye, actor, at)
    return bye


def _require(round: Round, actor: User) -> None:
    if not actor.has_perm("results.compute_result", round):
        raise NotAllowed
    Round.objects.select_for_update().get(pk=round.pk)
    if current_result(round) is not None:
        raise ByeTooLate(round=round.name)


def _journal(verb: str, bye: Bye, actor: User, at: datetime) -> None:
    after = {"round": bye.round.kind, "entry": bye.entry.code, "reason": bye.reason}
    journal.record(verb=verb, obj=bye, actor=actor, at=at, edition=bye.round.edition.slug, after=after)
