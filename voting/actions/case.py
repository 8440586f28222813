"""Cases of suspected vote rigging: one person proposes, another releases; only then a leaf is written."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.models import User
from competitions.models import Edition
from core.audit.journal import record
from core.wrapping import unwrap
from voting.actions.ledger import append_lines, lock_ledger
from voting.errors import AlreadyFinal, CaseCannotApply, CaseIsDecided, CaseIsEmpty, SamePerson
from voting.models import Ballot, CampaignKey, LedgerLeaf, VoteCase, VoteCaseBallot, VoteCaseRelease
from voting.pure import leaf
from voting.pure.tally import MOVES
from voting.queries.campaign import is_final, key_label
from voting.queries.tally import sealed_tally

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
    _check_marks(edition, verb, indices)
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

    Refuses the proposer (SamePerson), a decided case (CaseIsDecided), ballots that another case has moved since
    (CaseCannotApply) and after the final tally (AlreadyFinal). The public sees the leaf after the final tally only.
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
    release = VoteCaseRelease.objects.create(case=case, is_released=is_released, at=at, by=actor, note=note)
    if is_released:
        indices = _indices(list(case.ballots.values_list("ballot_id", flat=True)), edition)
        _check_marks(edition, case.verb, indices)
        append_lines(edition, _lines(case, sorted(indices.values()), at), at)
    verb = "voting.case.released" if is_released else "voting.case.dismissed"
    record(verb=verb, obj=case, actor=actor, at=at, edition=edition.slug, after={"note": note})
    return release


def _indices(ballot_ids: list[int], edition: Edition) -> dict[int, int]:
    """Ballot id → leaf index, for those in this edition's ledger."""
    return dict(LedgerLeaf.objects.filter(edition=edition, ballot_id__in=ballot_ids).values_list("ballot_id", "index"))


def _check_marks(edition: Edition, verb: str, indices: dict[int, int]) -> None:
    found = sealed_tally(edition)
    assert found is not None, "ballots with a leaf have a ledger"
    wrong = [index for index in indices.values() if found.state.marks.get(index) not in MOVES[verb]]
    if wrong:
        shown = "、".join(str(index) for index in sorted(wrong)[:5])
        raise CaseCannotApply(
            verb=VoteCase.Verb(verb).label, fault=f"账本第 {shown} 条等 {len(wrong)} 票现在的状态不允许，请从处理中去掉。"
        )


def _lines(case: VoteCase, indices: list[int], at: datetime) -> list[tuple[str, bytes]]:
    commitment = leaf.commitment(_salt(case), _record(case))
    build = _BUILD[case.verb]
    chunks = [indices[start : start + MOST_A_LEAF] for start in range(0, len(indices), MOST_A_LEAF)]
    return [(case.verb, build(case=commitment, code=case.reason, of=chunk, at=at)) for chunk in chunks]


def _record(case: VoteCase) -> dict[str, str]:
    return {"case": case.public_id, "evidence": case.evidence, "reason": case.reason, "verb": case.verb}


def _salt(case: VoteCase) -> bytes:
    """32 bytes from the campaign key: destroyed with it, so that the commitment then says nothing any more."""
    wrapped = CampaignKey.objects.get(edition=case.edition).wrapped
    key = unwrap(wrapped, key=settings.KEY_WRAPPING_KEY, label=key_label(case.edition.slug))
    return hmac.digest(key, f"case:{case.public_id}".encode(), hashlib.sha256)
