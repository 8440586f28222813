"""Which judge scores which entry: dealt out by seed, adjusted by hand, recused by the judge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from competitions.models import Round
from core.actor import Actor
from core.audit import journal
from core.canonical import sha256_hex
from core.fault import Fault
from entries.models import Entry
from judging import states
from judging.actions.backfill import welcome_later
from judging.actions.conflict import withdraw_in_conflict
from judging.actions.guard import require, require_not_over, require_open, require_reason
from judging.actions.roadshow import move_room
from judging.errors import (
    AlreadyAssigned,
    AssignmentChanged,
    AssignmentImpossible,
    AssignmentStarted,
    InConflict,
    NotAParticipant,
    SheetLocked,
    TooManyCalibrations,
    WrongRound,
)
from judging.models import Assignment, ConflictOfInterest, Panel, PanelSeat, ScoreSheet
from judging.queries.assignment import Proposal, panel_seats, propose_assignment
from judging.queries.conflict import conflict_reason, standing_conflicts
from judging.queries.finalist import forfeited_ids
from judging.queries.participants import participants


@transaction.atomic
def assign_panel(
    *,
    round: Round,
    seed: str,
    cap: int | None = None,
    calibration: Iterable[Entry] = (),
    expected: str = "",
    actor: Actor,
    at: datetime,
) -> Panel:
    """Deals the preliminary's entries out to its judges, by field, the rest by `seed`, and repeatable, for the organiser.

    Each entry gets `round.judges_per_entry` judges without a conflict, loads as even as possible, at most `cap` a judge;
    the entries of `calibration` get all. `expected`: digest of the proposal that was previewed. A second run replaces the
    first; sheets that were begun stay. Refuses later rounds, one that has closed, more calibration entries than the
    edition asks for, a proposal that changed since the preview, and what no assignment can satisfy, with its reason
    (trust.md §1 Severity).
    """
    require(actor, "judging.manage_panel", round)
    if round.kind != Round.Kind.PRELIMINARY:
        raise WrongRound(round=round.name, hint="复赛和决赛由全体评委评全部入围项目，公布入围名单时自动分配。")
    require_not_over(round, at)
    panel = Panel.objects.select_for_update().filter(round=round).first()
    if panel is None:
        raise AssignmentImpossible(reason="还没有评委入席。请先安排评委席位。")
    chosen = list(calibration)
    if len(chosen) > round.calibration_count:
        raise TooManyCalibrations(most=round.calibration_count, count=len(chosen))
    proposal = _proposal(round, seed, cap, chosen)
    if expected and expected != proposal.digest:
        raise AssignmentChanged
    _deal_out(round, proposal, seed, at)
    panel.seed, panel.cap = seed, cap
    panel.save(update_fields=["seed", "cap"])
    panel.calibration.set(chosen)
    journal.record(
        verb="judging.panel.assigned",
        obj=panel,
        actor=actor,
        at=at,
        edition=round.edition.slug,
        after={
            "seed": seed,
            "cap": cap,
            "entries": len(proposal.rows),
            "calibration": [entry.code for entry in chosen],
            "kept": proposal.sheets - proposal.added,
            "dropped": len(proposal.dropped),
            "digest": proposal.digest,
        },
    )
    return panel


@transaction.atomic
def invite_finalists(*, round: Round, entry_ids: Iterable[int], actor: Actor, at: datetime) -> list[Assignment]:
    """Gives every finalist to every seat of the round's panel, when the list is published; conflicts are left out.

    Safe to repeat: a corrected list takes back whoever is not on it any more, as long as no sheet of theirs was begun,
    and tells who is new on it (`welcome_later`); who gave the place up does not get it back.
    Refuses a preliminary, a closed round and entries that are not in the competition.
    """
    require(actor, "judging.manage_panel", round)
    if round.kind in (Round.Kind.PRELIMINARY, Round.Kind.PUBLIC_VOTE):
        raise WrongRound(round=round.name, hint="入围名单只用于复赛和决赛。")
    require_not_over(round, at)
    wanted = set(entry_ids) - forfeited_ids(round)
    entries = list(Entry.objects.filter(pk__in=wanted, edition_id=round.edition_id, number__isnull=False).order_by("number"))
    if len(entries) != len(wanted):
        raise NotAParticipant(entry="、".join(str(pk) for pk in sorted(wanted - {one.pk for one in entries})), round=round.name)
    known = set(Assignment.objects.filter(seat__panel__round=round).values_list("entry_id", flat=True))
    _take_back(round, wanted, at, actor)
    made = [row for seat in panel_seats(round) for row in _give_all(seat, entries, at)]
    journal.record(
        verb="judging.finalists.invited",
        obj=round,
        actor=actor,
        at=at,
        edition=round.edition.slug,
        after={"entries": [entry.code for entry in entries]},
    )
    if known:
        welcome_later(round, [entry for entry in entries if entry.pk not in known], actor=actor, at=at)
    return made


def share_entries(seat: PanelSeat, *, at: datetime) -> list[Assignment]:
    """A judge seated late in a round everybody scores together gets the entries that were invited before."""
    if seat.panel.round.kind == Round.Kind.PRELIMINARY:
        return []
    return _give_all(seat, list(participants(seat.panel.round)), at)


@transaction.atomic
def assign_entry(*, seat: PanelSeat, entry: Entry, actor: Actor, at: datetime) -> Assignment:
    """Gives one entry to one seat by hand: a substitute, or an extra judge after marks diverged.

    Refuses an entry outside the round, a conflict, what is assigned already, and a closed round.
    """
    round = seat.panel.round
    require(actor, "judging.manage_panel", round)
    require_not_over(round, at)
    known = entry.edition_id == round.edition_id and participants(round).filter(pk=entry.pk).exists()
    if not known:
        raise NotAParticipant(entry=entry.code, round=round.name)
    reason = conflict_reason(seat, entry)
    if reason:
        raise InConflict(seat=seat.label, entry=entry.code, reason=reason)
    row = Assignment.objects.select_for_update(of=("self",)).filter(seat=seat, entry=entry).first()
    if row is not None and row.state == states.ASSIGNED:
        raise AlreadyAssigned(entry=entry.code, seat=seat.label)
    before = row.state if row is not None else ""
    row = _give(seat, entry, row, entry.number or 0, at)
    move_room(round.pk)
    journal.record(
        verb="judging.assignment.made",
        obj=row,
        actor=actor,
        at=at,
        edition=round.edition.slug,
        before={"state": before},
        after={"seat": seat.number, "entry": entry.code},
    )
    return row


@transaction.atomic
def withdraw_assignment(*, assignment: Assignment, reason: str, actor: Actor, at: datetime) -> Assignment:
    """The organiser takes an assignment back, with the reason; its marks no longer count, and are never a zero.

    Possible after the close too: a judge who never submitted is left out in this way.
    """
    require(actor, "judging.manage_panel", assignment)
    return _leave(assignment, "withdraw", require_reason(reason), "judging.assignment.withdrawn", actor, at)


@transaction.atomic
def recuse_assignment(*, assignment: Assignment, reason: str, actor: Actor, at: datetime) -> Assignment:
    """The judge steps back from an entry, with the reason; the conflict is kept on record and is never a zero.

    Refuses everybody but the judge, a sheet that is locked (the chief judge reopens it first) and a round that is not open.
    """
    require(actor, "judging.score_entry", assignment)
    require_open(assignment.seat.panel.round, at)
    text = require_reason(reason)
    if ScoreSheet.objects.filter(assignment=assignment, state=states.LOCKED).exists():
        raise SheetLocked(entry=assignment.entry.code)
    row = _leave(assignment, "recuse", text, "judging.assignment.recused", actor, at)
    judge = assignment.seat.judge
    ConflictOfInterest.objects.get_or_create(
        judge=judge,
        entry=assignment.entry,
        defaults={"source": ConflictOfInterest.Source.DECLARED, "reason": text, "at": at, "recorded_by": judge},
    )
    withdraw_in_conflict(judge, assignment.entry, text, keeps_locked=True, actor=actor, at=at)
    return row


def _proposal(round: Round, seed: str, cap: int | None, calibration: list[Entry]) -> Proposal:
    try:
        proposal = propose_assignment(round, seed, cap, calibration)
    except Fault as fault:
        raise AssignmentImpossible(reason=fault.message) from fault
    if not proposal.rows:
        raise AssignmentImpossible(reason="还没有通过形式审查的项目或入席的评委。")
    return proposal


def _sheets(round: Round):
    return ScoreSheet.objects.filter(assignment__seat__panel__round=round)


def _deal_out(round: Round, proposal: Proposal, seed: str, at: datetime) -> None:
    """Rows of the proposal become assigned, others withdrawn; recused ones stay. Each seat has its own order."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(seat__panel__round=round).order_by("pk")
    held = {(row.seat_id, row.entry_id): row for row in rows}
    wanted = {(pick.seat.pk, entry.pk): (pick.seat, entry) for entry, picks in proposal.rows for pick in picks}
    for key, row in held.items():
        if key not in wanted and row.state == states.ASSIGNED:
            row.state, row.reason = states.ASSIGNMENT.target("withdraw", row.state), "重新分配"
            row.save(update_fields=["state", "reason"])
    for key, (seat, entry) in wanted.items():
        if key in held and held[key].state == states.ASSIGNED:
            continue
        position = int(sha256_hex(f"{seed}/{seat.number}/{entry.code}".encode())[:3], 16)
        _give(seat, entry, held.get(key), position, at)


def _give_all(seat: PanelSeat, entries: list[Entry], at: datetime) -> list[Assignment]:
    held = {row.entry_id: row for row in seat.assignments.select_for_update(of=("self",)).order_by("pk")}
    barred = standing_conflicts(entries, [seat.judge])
    given = []
    for entry in entries:
        row = held.get(entry.pk)
        if (seat.judge_id, entry.pk) not in barred and (row is None or row.state == states.WITHDRAWN):
            given.append(_give(seat, entry, row, entry.number or 0, at))
    return given


def _give(seat: PanelSeat, entry: Entry, row: Assignment | None, position: int, at: datetime) -> Assignment:
    if row is None:
        return Assignment.objects.create(seat=seat, entry=entry, position=position, assigned_at=at)
    if row.state != states.ASSIGNED:
        row.state, row.reason = states.ASSIGNMENT.target("reassign", row.state), ""
    row.position, row.assigned_at = position, at
    row.save(update_fields=["state", "reason", "position", "assigned_at"])
    return row


def _take_back(round: Round, wanted: set[int], at: datetime, actor: Actor) -> None:
    rows = Assignment.objects.filter(seat__panel__round=round, state=states.ASSIGNED).exclude(entry_id__in=wanted)
    held = _sheets(round).filter(assignment__state=states.ASSIGNED).exclude(assignment__entry_id__in=wanted)
    begun = held.exclude(state=states.EMPTY).count()
    if begun:
        raise AssignmentStarted(count=begun)
    for row in rows.select_related("seat__panel__round__edition", "entry").order_by("pk"):
        _leave(row, "withdraw", "不在更正后的入围名单中", "judging.assignment.withdrawn", actor, at)


def _leave(row: Assignment, verb: str, reason: str, code: str, actor: Actor, at: datetime) -> Assignment:
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=row.pk)
    before, locked.state = locked.state, states.ASSIGNMENT.target(verb, locked.state)
    locked.reason = reason
    locked.save(update_fields=["state", "reason"])
    move_room(row.seat.panel.round_id)
    journal.record(
        verb=code,
        obj=locked,
        actor=actor,
        at=at,
        edition=row.entry.edition.slug,
        before={"state": before},
        after={"state": locked.state, "reason": reason, "entry": row.entry.code, "seat": row.seat.number},
    )
    return locked
