import pytest

from competitions.pure.vote_rule import RuleFault, VoteRule
from voting.pure.ledger_rules import LedgerRules

ENTRIES = ["E01", "E02"]


def test_rules_come_back_as_they_went():
    rules = LedgerRules(VoteRule.per_day(2, scope="group"), "全文", {"E01": "startup", "E02": "growth"})
    assert LedgerRules.from_dict(rules.as_dict(), ENTRIES) == rules


@pytest.mark.parametrize(
    "change",
    [
        {"text": None},
        {"groups": ["E01"]},
        {"quota": 5},
        {"quota": {"limit": 5}},
        {"sentence": "每人每天可投 500 个项目。"},
        {"more": 1},
    ],
)
def test_wrong_rules_are_refused(change):
    with pytest.raises(RuleFault):
        LedgerRules.from_dict(LedgerRules(VoteRule(), "全文").as_dict() | change, ENTRIES)


def test_a_limit_in_each_group_needs_every_group():
    rules = LedgerRules(VoteRule(scope="group"), "全文", {"E01": "startup"})
    with pytest.raises(RuleFault, match="项目 E02 没有组别"):
        LedgerRules.from_dict(rules.as_dict(), ENTRIES)
