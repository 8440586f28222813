"""Cases and their leaves: which released ones the ledger does not carry yet, and what they will do to the count."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json

from django.conf import settings

from competitions.models import Edition
from core.canonical import canonical_json
from core.wrapping import unwrap
from entries.pure.entry_code import entry_code
from voting.models import CampaignKey, LedgerLeaf, VoteCase
from voting.pure import leaf
from voting.pure.tally import MOVES, TallyState
from voting.queries.campaign import key_label
from voting.queries.ledger import released_cases
from voting.queries.tally import sealed_tally

ACTS = (LedgerLeaf.Kind.HOLD, LedgerLeaf.Kind.VOID, LedgerLeaf.Kind.RESTORE)


def case_commitment(case: VoteCase) -> str:
    """What the leaf says of a case: binds reason and evidence, tells neither. Its salt comes from the campaign key and is
    destroyed with it, so that the commitment then says nothing any more."""
    wrapped = CampaignKey.objects.get(edition=case.edition).wrapped
    key = unwrap(wrapped, key=settings.KEY_WRAPPING_KEY, label=key_label(case.edition.slug))
    salt = hmac.digest(key, f"case:{case.public_id}".encode(), hashlib.sha256)
    record = {"case": case.public_id, "evidence": case.evidence, "reason": case.reason, "verb": case.verb}
    return leaf.commitment(salt, canonical_json(record))


def unwritten_cases(edition: Edition) -> list[VoteCase]:
    """Released cases without a leaf, in order of release: those of a vote that has not been closed."""
    released = released_cases(edition)
    if not released:
        return []
    acts = LedgerLeaf.objects.filter(edition=edition, kind__in=ACTS).order_by().values_list("body", flat=True)
    written = {json.loads(body)["case"] for body in acts}
    return [case for case in released if case_commitment(case) not in written]


def indices_of(case: VoteCase) -> list[int]:
    """Leaf indices of the case's votes, ascending."""
    found = LedgerLeaf.objects.filter(edition_id=case.edition_id, ballot__cases__case=case)
    return list(found.order_by("index").values_list("index", flat=True))


def marks_to_come(edition: Edition) -> dict[int, str]:
    """Leaf index → hold or void, as it will be once every released case has its leaf."""
    found = sealed_tally(edition)
    marks: dict[int, str | None] = dict(found.state.marks) if found else {}
    for case in unwritten_cases(edition):
        for index in indices_of(case):
            marks[index] = MOVES[case.verb][marks.get(index)]
    return {index: mark for index, mark in marks.items() if mark is not None}


def coming_tally(edition: Edition) -> TallyState | None:
    """The count as it will be once every released case has its leaf: what the committee works with during the vote."""
    found = sealed_tally(edition)
    if found is None or not (cases := unwritten_cases(edition)):
        return found.state if found else None
    state = copy.deepcopy(found.state)
    for case in cases:
        indices = indices_of(case)
        votes = LedgerLeaf.objects.filter(edition=edition, index__in=indices).values_list("index", "ballot__entry__number")
        entries = {index: entry_code(number) for index, number in votes}
        state.apply({"t": case.verb, "of": indices}, entries.get)
    return state
