from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competitions.pure.vote_rule import VoteRule
from voting.pure.quota import (
    Candidate,
    ChoiceFault,
    Pick,
    Refused,
    Slotted,
    allocate,
    candidates,
    classify,
    entry_slots,
    explain,
    period_of,
    scope_of,
    slots,
)

AT = datetime(2026, 12, 1, 4, tzinfo=UTC)
A, B, C, D = (
    Pick(code, group)
    for code, group in (("A", "startup"), ("B", "startup"), ("C", "growth"), ("D", "growth"))
)


def submit(rule, picks, used=(), at=AT, **options):
    return allocate(rule, candidates(rule, picks, at), used, **options)


@pytest.mark.parametrize(
    ("at", "period"),
    [
        (datetime(2026, 11, 30, 15, 59, 59, 999_999, tzinfo=UTC), "2026-11-30"),
        (datetime(2026, 11, 30, 16, 0, tzinfo=UTC), "2026-12-01"),
        (datetime(2026, 12, 1, 15, 59, 59, tzinfo=UTC), "2026-12-01"),
        (datetime(2026, 12, 1, 0, 0, tzinfo=timezone(timedelta(hours=8))), "2026-12-01"),
    ],
)
def test_the_day_is_half_open_and_of_shanghai(at, period):
    assert period_of(at, VoteRule()) == period
    assert period_of(at, VoteRule.per_edition(5)) == "all"


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        period_of(AT.replace(tzinfo=None), VoteRule.per_edition(5))


def test_scope_and_slots():
    assert scope_of(VoteRule(), "startup") == "all"
    assert scope_of(VoteRule(scope="group"), "startup") == "startup"
    assert slots(VoteRule(limit=3)) == (1, 2, 3)
    assert entry_slots(VoteRule(limit=3, per_entry_limit=2)) == (1, 2)
    with pytest.raises(ValueError, match="group"):
        scope_of(VoteRule(scope="group"), "")


def test_candidates_carry_both_keys():
    assert candidates(VoteRule(limit=2, scope="group"), [A, C], AT) == (
        Candidate("A", "2026-12-01", "startup", (1, 2), (1,)),
        Candidate("C", "2026-12-01", "growth", (1, 2), (1,)),
    )


def test_votes_are_accepted_in_order_until_the_quota_is_used():
    done = submit(VoteRule(limit=2), [A, A, B, C])
    assert done.accepted == (
        Slotted("A", "2026-12-01", "all", 1, 1),
        Slotted("B", "2026-12-01", "all", 2, 1),
    )
    assert done.refused == (("A", Refused.ALREADY_VOTED), ("C", Refused.QUOTA_USED))


def test_the_next_day_starts_anew_but_the_edition_does_not():
    for rule, again in ((VoteRule(limit=1), 1), (VoteRule.per_edition(1), 0)):
        used = submit(rule, [A]).accepted
        assert len(submit(rule, [A], used, AT + timedelta(days=1)).accepted) == again


def test_all_votes_may_go_to_one_entry():
    done = submit(VoteRule.per_day_free(3), [A, A, A, A])
    assert [vote.entry_slot for vote in done.accepted] == [1, 2, 3]
    assert done.refused == (("A", Refused.ALREADY_VOTED),)


def test_a_limit_in_each_group():
    done = submit(VoteRule(limit=1, scope="group"), [A, B, C])
    assert [vote.entry for vote in done.accepted] == ["A", "C"]
    assert done.refused == (("B", Refused.QUOTA_USED),)


def test_one_ballot_a_day_that_chooses():
    rule = VoteRule.choose(2, 4)
    used = submit(rule, [A, B]).accepted
    assert [vote.slot for vote in used] == [1, 2]
    assert submit(rule, [C, D], used).accepted == ()
    assert submit(rule, [C, D], used).refused == (("C", Refused.QUOTA_USED), ("D", Refused.QUOTA_USED))
    mixed = submit(rule, [C, D, A], used)
    assert (mixed.accepted, mixed.refused[-1]) == ((), ("A", Refused.ALREADY_VOTED))
    assert len(submit(rule, [C, D], used, AT + timedelta(days=1)).accepted) == 2


def test_a_larger_second_ballot_is_refused_as_a_whole():
    rule = VoteRule.choose(1, 4)
    done = submit(rule, [B, C], submit(rule, [A]).accepted)
    assert (done.accepted, done.refused) == ((), (("B", Refused.QUOTA_USED),))


@pytest.mark.parametrize(
    ("rule", "picks", "message"),
    [
        (VoteRule.choose(2, 3), [A], "须选 2 至 3 个项目，现选了 1 个"),
        (VoteRule.choose(2, 3), [], "现选了 0 个"),
        (VoteRule.choose(1, 2), [A, B, C], "现选了 3 个"),
        (VoteRule.choose(2, 2, scope="group"), [A, B, C], "每个组别须选 2 个项目，现选了 1 个"),
        (VoteRule.choose(2, 3), [A, A], "同一项目只能选一次"),
    ],
)
def test_a_choice_of_the_wrong_size_is_refused(rule, picks, message):
    with pytest.raises(ChoiceFault, match=message):
        candidates(rule, picks, AT)


def test_nothing_is_accepted_while_closed():
    assert submit(VoteRule(), [A], is_open=False).refused == (("A", Refused.CLOSED),)


@pytest.mark.parametrize(
    ("is_open", "entry_used", "scope_used", "reason"),
    [
        (False, 1, 5, Refused.CLOSED),
        (True, 1, 5, Refused.ALREADY_VOTED),
        (True, 0, 5, Refused.QUOTA_USED),
        (True, 0, 4, None),
    ],
)
def test_the_reason_of_a_refusal(is_open, entry_used, scope_used, reason):
    assert classify(VoteRule(), is_open=is_open, entry_used=entry_used, scope_used=scope_used) is reason


@pytest.mark.parametrize(
    ("reason", "rule", "sentence"),
    [
        (Refused.CLOSED, VoteRule(), "投票当前未开放，本次未计票，请在投票时间内再投。"),
        (Refused.ALREADY_VOTED, VoteRule(), "您今天已为该项目投过 1 票，同一项目每天限投 1 票，明天 0 点恢复。"),
        (
            Refused.ALREADY_VOTED,
            VoteRule.per_edition(3),
            "您本届已为该项目投过 1 票，同一项目本届限投 1 票。",
        ),
        (Refused.QUOTA_USED, VoteRule(), "您今天的 5 票已用完，明天 0 点恢复。"),
        (Refused.QUOTA_USED, VoteRule(scope="group"), "您今天在该组别的 5 票已用完，明天 0 点恢复。"),
        (Refused.QUOTA_USED, VoteRule.choose(5, 10), "您今天已投过选票，每天限投 1 次，明天 0 点恢复。"),
    ],
)
def test_a_refusal_says_what_to_do(reason, rule, sentence):
    assert explain(reason, rule) == sentence


RULES = st.one_of(
    st.builds(VoteRule.per_day, st.integers(1, 4), st.sampled_from(["edition", "group"])),
    st.builds(VoteRule.per_day_free, st.integers(1, 4)),
    st.builds(VoteRule.per_edition, st.integers(1, 4)),
    st.just(VoteRule(limit=4, per_entry_limit=2)),
)


@given(
    RULES,
    st.lists(st.tuples(st.lists(st.sampled_from([A, B, C, D]), max_size=4), st.integers(0, 2)), max_size=8),
)
@settings(max_examples=150, deadline=None)
def test_no_script_of_submissions_breaks_a_limit(rule, script):
    used = ()
    for picks, day in script:
        at = AT + timedelta(days=day)
        done = submit(rule, picks, used, at)
        assert len(done.accepted) + len(done.refused) == len(picks)
        used += done.accepted
    scope_keys = [(vote.period, vote.scope, vote.slot) for vote in used]
    entry_keys = [(vote.period, vote.entry, vote.entry_slot) for vote in used]
    assert len(set(scope_keys)) == len(set(entry_keys)) == len(used)
    assert all(1 <= vote.slot <= rule.limit and 1 <= vote.entry_slot <= rule.per_entry_limit for vote in used)
