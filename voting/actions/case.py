"""Cases of suspected vote rigging: one person proposes, another releases; only then a leaf is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.models import Edition
from core.audit.journal import record
from voting.actions.ledger import append_lines, lock_ledger
from voting.errors import AlreadyFinal, CaseCannotApply, CaseIsDecided, CaseIsEmpty, SamePerson
from voting.models import Ballot, LedgerLeaf, VoteCase, VoteCaseBallot, VoteCaseRelease
from voting.pure import leaf
from voting.pure.tally import MOVES
from voting.queries.campaign import is_final
from voting.queries.case_leaf import case_commitment, indices_of, marks_to_come, unwritten_cases
from voting.queries.ledger import ledger_state

MOST_A_LEAF = 5_000
"""Indices in one leaf: a leaf is at most 65,535 bytes, an index of a large ledger takes nine."""
_BUILD = {"hold": leaf.hold_leaf, "void": leaf.void_leaf, "restore": leaf.restore_leaf}


@transaction.atomic
def propose_case(
    *, edition: Edition, verb: str, reason: str, evidence: str, ballots: Sequence[Ballot], actor: User, at: datetime
) -> VoteCase:
    """Proposes to hold, void or restore `ballots` (all sealed, of this edition) for a public reason code.

    Nothing changes for the ballots until another person releases it. Refuses an empty list or unsealed ballots (CaseIsEmpty),
    marks the verb cannot follow (CaseCannotApply), and after the final tally (AlreadyFinal).
    """
    if is_final(edition):
        raise AlreadyFinal
    indices = _indices([ballot.pk for ballot in ballots], edition)
    if not indices or len(indices) != len({ballot.pk for ballot in ballots}):
        raise CaseIsEmpty
    _check_marks(edition, verb, indices.values())
    case = VoteCase.objects.create(
        edition=edition, verb=verb, reason=reason, evidence=evidence, proposed_at=at, proposed_by=actor
    )
    VoteCaseBallot.objects.bulk_create(VoteCaseBallot(case=case, ballot_id=ballot_id) for ballot_id in indices)
    after = {"verb": verb, "reason": reason, "ballots": len(indices)}
    record(verb="voting.case.proposed", obj=case, actor=actor, at=at, edition=edition.slug, after=after)
    return case


@transaction.atomic
def release_case(*, case: VoteCase, is_released: bool, note: str = "", actor: User, at: datetime) -> VoteCaseRelease:
    """A second person decides: released, it takes effect as a leaf of the ledger; dismissed, nothing happens.

    While the vote runs the leaf waits for the close: entries are published as they come, and a gap among them would tell a
    cheat what was found out (ADR 18). The public sees the leaf after the final tally only. Refuses the proposer (SamePerson),
    a decided case (CaseIsDecided), ballots that another case has moved since (CaseCannotApply), and after the final tally
    (AlreadyFinal).
    """
    case = VoteCase.objects.select_for_update().get(pk=case.pk)
    edition = case.edition
    if case.proposed_by_id == actor.pk:
        raise SamePerson
    lock_ledger(edition)
    if is_final(edition):
        raise AlreadyFinal
    if VoteCaseRelease.objects.filter(case=case).exists():
        raise CaseIsDecided
    if is_released:
        _check_marks(edition, case.verb, indices_of(case))
    release = VoteCaseRelease.objects.create(case=case, is_released=is_released, at=at, by=actor, note=note)
    if is_released and ledger_state(edition).is_closed:
        write_released_cases(edition, at)
    verb = "voting.case.released" if is_released else "voting.case.dismissed"
    record(verb=verb, obj=case, actor=actor, at=at, edition=edition.slug, after={"note": note})
    return release


def _indices(ballot_ids: list[int], edition: Edition) -> dict[int, int]:
    """Ballot id → leaf index, for those in this edition's ledger."""
    return dict(LedgerLeaf.objects.filter(edition=edition, ballot_id__in=ballot_ids).values_list("ballot_id", "index"))


def _check_marks(edition: Edition, verb: str, indices: Collection[int]) -> None:
    marks = marks_to_come(edition)
    wrong = [index for index in indices if marks.get(index) not in MOVES[verb]]
    if wrong:
        shown = "、".join(str(index) for index in sorted(wrong)[:5])
        raise CaseCannotApply(
            verb=VoteCase.Verb(verb).label, fault=f"账本第 {shown} 条等 {len(wrong)} 票现在的状态不允许，请从处理中去掉。"
        )


def write_released_cases(edition: Edition, at: datetime) -> None:
    """Appends the leaves of cases that were released and stand in no leaf yet, in order of release. The caller holds the lock."""
    for case in unwritten_cases(edition):
        append_lines(edition, _lines(case, at), at)


def _lines(case: VoteCase, at: datetime) -> list[tuple[str, bytes]]:
    indices, build = indices_of(case), _BUILD[case.verb]
    chunks = [indices[start : start + MOST_A_LEAF] for start in range(0, len(indices), MOST_A_LEAF)]
    commitment = case_commitment(case)
    return [(case.verb, build(case=commitment, code=case.reason, of=chunk, at=at)) for chunk in chunks]
