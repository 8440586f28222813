from datetime import UTC, datetime

import pytest

from competitions.pure.vote_rule import VoteRule
from tests.tools.published import CASE, minute, opening, small_contest, vote
from voting.pure import leaf
from voting.pure.recount import QuotaFault, quota_faults

GROUPS = {"E01": "startup", "E02": "startup", "E03": "growth"}
CLOSE = leaf.close_leaf(at=datetime(2026, 12, 9, tzinfo=UTC))


def faults(rule, *leaves):
    return quota_faults(map(leaf.parse_leaf, [opening(rule, GROUPS), *leaves]))


def test_a_true_contest_has_none():
    assert quota_faults(map(leaf.parse_leaf, small_contest())) == []


def test_a_vote_too_many_is_named():
    found = faults(VoteRule.per_day(2), vote(1, "E01"), vote(1, "E02"), vote(2, "E03"), vote(1, "E03"))
    assert found == [QuotaFault(4, f"{1:032x}", "2026-12-01 超过 2 票。")]


def test_a_voided_vote_does_not_free_its_slot():
    void = leaf.void_leaf(case=CASE, code="R1", of=[1], at=minute(2))
    assert [fault.index for fault in faults(VoteRule(), vote(1, "E01"), void, vote(1, "E01", 3))] == [3]


@pytest.mark.parametrize(
    ("rule", "votes", "count"),
    [
        (
            VoteRule.per_day(1),
            [
                vote(1, "E01", datetime(2026, 12, 1, 15, 59, tzinfo=UTC)),
                vote(1, "E01", datetime(2026, 12, 1, 16, tzinfo=UTC)),
            ],
            0,
        ),
        (VoteRule.per_edition(1), [vote(1, "E01"), vote(1, "E02", datetime(2026, 12, 3, tzinfo=UTC))], 1),
        (VoteRule.per_day(1, scope="group"), [vote(1, "E01"), vote(1, "E03")], 0),
        (VoteRule.per_day(1, scope="group"), [vote(1, "E01"), vote(1, "E02")], 1),
        (VoteRule.choose(2, 3), [vote(1, "E01"), vote(1, "E02")], 0),
        (VoteRule.choose(2, 3), [vote(1, "E01")], 1),
        (VoteRule.choose(1, 3), [vote(1, "E01", 1), vote(1, "E02", 5)], 1),
    ],
)
def test_each_rule(rule, votes, count):
    assert len(faults(rule, *votes, CLOSE)) == count
