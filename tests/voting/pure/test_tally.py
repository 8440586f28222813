import json
from copy import deepcopy

import pytest

from tests.tools.published import CASE, ENTRIES, minute, opening, small_contest, vote
from voting.pure import leaf
from voting.pure.tally import Counted, TallyFault, TallyState, count_leaves, tally

LEAVES = [leaf.parse_leaf(data) for data in small_contest()]


def parsed(*leaves: bytes) -> list[dict]:
    return [leaf.parse_leaf(data) for data in leaves]


def entry_of(index: int) -> str | None:
    return LEAVES[index].get("e") if LEAVES[index]["t"] == "vote" else None


def mark(kind, *of):
    return leaf.parse_leaf(getattr(leaf, f"{kind}_leaf")(case=CASE, code="R1", of=of, at=minute(80)))


def test_the_whole_contest():
    counted = tally(LEAVES)
    assert counted == {"E01": Counted(3, 1, 0), "E02": Counted(2, 1, 0), "E03": Counted(0, 0, 0, 3)}
    assert count_leaves(LEAVES).totals() == Counted(5, 2, 0, 3)
    assert count_leaves(LEAVES).totals().total == 10


def test_held_votes_wait():
    assert tally(LEAVES[:16])["E01"] == Counted(2, 0, 2)
    assert tally(LEAVES[:16])["E02"] == Counted(2, 0, 1)


def test_a_void_of_a_withdrawn_entrys_vote_is_void():
    counted = tally([*LEAVES[:15], mark("void", 3), mark("hold", 6)])
    assert counted["E03"] == Counted(0, 1, 1, 1)


def test_a_vote_may_be_voided_and_restored_again():
    states = [mark("void", 1), mark("restore", 1), mark("hold", 1), mark("restore", 1), mark("void", 1)]
    assert [tally([*LEAVES[:15], *states[:count]])["E01"] for count in range(6)] == [
        Counted(4),
        Counted(3, 1),
        Counted(4),
        Counted(3, 0, 1),
        Counted(4),
        Counted(3, 1),
    ]


def test_the_count_goes_on_where_it_was_kept():
    for cut in range(len(LEAVES) + 1):
        kept = json.loads(json.dumps(count_leaves(LEAVES[:cut]).as_dict()))
        state = TallyState.from_dict(kept)
        for each in LEAVES[cut:]:
            state.apply(each, entry_of)
        assert state.counted() == tally(LEAVES)
        assert state.is_final


def test_votes_may_be_added_by_number():
    state = count_leaves(LEAVES[:1])
    state.add_votes({"E01": 3, "E02": 3, "E03": 3})
    for each in LEAVES[10:]:
        state.apply(each, entry_of)
    assert state.counted() == tally(LEAVES)
    assert state.size == len(LEAVES)


def test_numbers_for_a_stranger_or_after_the_close_are_refused():
    state = count_leaves(LEAVES[:1])
    with pytest.raises(TallyFault, match="没有参加投票的项目 E09"):
        state.add_votes({"E01": 1, "E09": 1})
    assert state == count_leaves(LEAVES[:1])
    with pytest.raises(TallyFault, match="之后不应再有票"):
        count_leaves(LEAVES[:15]).add_votes({"E01": 1})


def test_the_final_tally_leaves_withdrawn_entries_out():
    assert count_leaves(LEAVES[:-1]).final_tally() == {"E01": 3, "E02": 2}


@pytest.mark.parametrize(("cut", "message"), [(14, "尚未截止"), (16, "还有 3 票待核")])
def test_no_final_tally_too_early(cut, message):
    with pytest.raises(TallyFault, match=message):
        count_leaves(LEAVES[:cut]).final_tally()


@pytest.mark.parametrize(
    ("cut", "next_leaf", "message"),
    [
        (0, vote(1, "E01"), "账本须以“open”开头"),
        (1, opening(), "账本须以“open”开头"),
        (1, vote(1, "E09"), "没有参加投票的项目"),
        (15, vote(1, "E01"), "“close”之后不应再有票"),
        (15, leaf.close_leaf(at=minute(63)), "“close”之后不应再有“close”"),
        (15, leaf.extend_leaf(until=minute(99), at=minute(63)), "“close”之后不应再有“extend”"),
        (1, leaf.withdraw_leaf(entry="E09", at=minute(1)), "未参加投票或已退出"),
        (14, leaf.withdraw_leaf(entry="E03", at=minute(1)), "未参加投票或已退出"),
        (15, leaf.void_leaf(case=CASE, code="R1", of=[1, 14], at=minute(70)), "第 14 条不是此前的一票"),
        (15, leaf.void_leaf(case=CASE, code="R1", of=[1, 15], at=minute(70)), "第 15 条不是此前的一票"),
        (15, leaf.restore_leaf(case=CASE, code="R1", of=[1], at=minute(70)), "第 1 条的票现在不能“restore”"),
        (16, leaf.hold_leaf(case=CASE, code="R1", of=[1], at=minute(70)), "第 1 条的票现在不能“hold”"),
        (17, leaf.void_leaf(case=CASE, code="R1", of=[1], at=minute(70)), "第 1 条的票现在不能“void”"),
        (
            18,
            leaf.final_leaf(tally={"E01": 3, "E02": 3}, approved=2, at=minute(90)),
            "定稿的票数与账本重算的票数不符",
        ),
        (18, leaf.final_leaf(tally={"E01": 3}, approved=2, at=minute(90)), "定稿的票数与账本重算的票数不符"),
        (19, leaf.void_leaf(case=CASE, code="R1", of=[5], at=minute(91)), "“final”之后不应再有记录"),
    ],
)
def test_a_leaf_that_cannot_follow_changes_nothing(cut, next_leaf, message):
    state = count_leaves(LEAVES[:cut])
    before = deepcopy(state)
    with pytest.raises(TallyFault, match=message) as refused:
        state.apply(leaf.parse_leaf(next_leaf), entry_of)
    assert refused.value.index == cut
    assert state == before


def test_every_entry_is_counted_even_without_votes():
    assert tally(parsed(opening())) == dict.fromkeys(ENTRIES, Counted())
