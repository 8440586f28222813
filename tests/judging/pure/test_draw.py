import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.fault import Fault
from judging.pure.draw import (
    Commitment,
    chain_end,
    code_for,
    code_matches,
    commitment_note_body,
    draw_faults,
    draw_order,
    draw_record,
    hash_chain,
    keep_apart,
    label,
    position,
    sources_fault,
)

SECRET = bytes(range(32))
LABELS = tuple(label(f"E{number:02}", name) for number, name in enumerate("甲乙丙丁戊己", start=1))
VALUES = ("01,05,09,22,30,33+07", "3 1 4 1 5")
SOURCES = ("双色球 2026123 期：红球升序两位数逗号相连 + 蓝球", "排列5 26301 期：五位数字以空格相连")
COMMITMENT = Commitment("2026 决赛 初创组", LABELS, SOURCES, chain_end(SECRET))


def test_the_chain_is_sha256_over_and_over():
    link = SECRET
    for _ in range(25):
        link = hashlib.sha256(link).digest()
    assert chain_end(SECRET) == link.hex()
    assert hash_chain(SECRET, 0) == SECRET
    assert hashlib.sha256(bytes.fromhex(code_for(SECRET))).hexdigest() == chain_end(SECRET)
    assert hashlib.sha256(bytes.fromhex(code_for(SECRET, 2))).hexdigest() == code_for(SECRET)


def test_a_code_belongs_to_one_draw_only():
    assert code_matches(code_for(SECRET), COMMITMENT)
    assert code_matches(code_for(SECRET, 2), COMMITMENT, 2)
    assert not code_matches(code_for(SECRET, 2), COMMITMENT, 1)
    assert not code_matches("00" * 32, COMMITMENT)
    assert not code_matches("xyz", COMMITMENT)
    assert not code_matches(code_for(SECRET), COMMITMENT, 26)
    assert code_matches(code_for(SECRET, 25), COMMITMENT, 25)


def test_positions_are_hkdf_with_sha256():
    code = bytes.fromhex(code_for(SECRET))
    key = hmac.new(code, "\n".join(VALUES).encode(), hashlib.sha256).digest()
    right = hmac.new(key, "E01 甲".encode() + b"\x01", hashlib.sha256).digest()
    assert position("E01 甲", code_for(SECRET), VALUES) == right


def test_the_order_is_the_labels_by_position():
    order = draw_order(COMMITMENT, code_for(SECRET), VALUES)
    positions = [position(one, code_for(SECRET), VALUES) for one in order]
    assert positions == sorted(positions) and sorted(order) == sorted(LABELS)
    assert order == ("E01 甲", "E04 丁", "E06 己", "E03 丙", "E02 乙", "E05 戊")


def test_a_withdrawn_entry_is_skipped_and_the_others_keep_their_order():
    order = draw_order(COMMITMENT, code_for(SECRET), VALUES)
    without = draw_order(COMMITMENT, code_for(SECRET), VALUES, withdrawn=[order[2]])
    assert without == order[:2] + order[3:]


def test_a_redraw_uses_the_next_code_and_gives_another_order():
    again = draw_order(COMMITMENT, code_for(SECRET, 2), VALUES, draw_number=2)
    assert again != draw_order(COMMITMENT, code_for(SECRET), VALUES)
    with pytest.raises(Fault, match="口令与承诺不符"):
        draw_order(COMMITMENT, code_for(SECRET, 2), VALUES)


def test_other_public_values_give_another_order():
    assert draw_order(COMMITMENT, code_for(SECRET), ("x", "y")) != draw_order(COMMITMENT, code_for(SECRET), VALUES)


@pytest.mark.parametrize(
    ("organisations", "order"),
    [
        ({"a": "1", "b": "1", "c": "2", "d": "1"}, "acbd"),
        ({"a": "1", "b": "1", "c": "1", "d": "1"}, "abcd"),
        ({"a": "1", "b": "2", "c": "2", "d": "1"}, "abdc"),
        ({"a": "1", "b": "2", "c": "3", "d": "4"}, "abcd"),
        ({"a": "2", "b": "1", "c": "1", "d": "1"}, "abcd"),
    ],
)
def test_neighbours_of_one_organisation_are_kept_apart(organisations, order):
    owners = {one: tuple(names) for one, names in organisations.items()}
    assert "".join(keep_apart("abcd", owners)) == order


def test_a_joint_entry_neighbours_both_its_organisations():
    owners = {"a": ("1", "2"), "b": ("2", "3"), "c": ("4",)}
    assert keep_apart("abc", owners) == ["a", "c", "b"]


def test_the_neighbours_rule_works_on_the_drawn_order():
    owners = {one: ("同一家",) if one in ("E01 甲", "E04 丁") else (one,) for one in LABELS}
    apart = Commitment("决赛", LABELS, SOURCES, chain_end(SECRET), organisations=owners)
    order = draw_order(apart, code_for(SECRET), VALUES)
    assert order == ("E01 甲", "E06 己", "E04 丁", "E03 丙", "E02 乙", "E05 戊")


@given(st.permutations(LABELS))
def test_the_order_of_the_list_is_irrelevant(labels):
    other = Commitment("决赛", tuple(labels), SOURCES, chain_end(SECRET))
    assert draw_order(other, code_for(SECRET), VALUES) == draw_order(COMMITMENT, code_for(SECRET), VALUES)


def test_the_text_to_be_signed():
    body = commitment_note_body(Commitment("决赛", (LABELS[1], LABELS[0]), SOURCES[:1], chain_end(SECRET)))
    assert body == (
        "jianggaosai draw v1\n决赛\nneighbours none\n"
        f"chain 25 {chain_end(SECRET)}\nvalues 1\n{SOURCES[0]}\nlabels 2\nE01 甲\nE02 乙\n"
    )


def test_the_text_to_be_signed_names_the_organisations_when_they_matter():
    owners = {LABELS[0]: ("乙公司", "甲大学"), LABELS[1]: ("乙公司",)}
    body = commitment_note_body(Commitment("决赛", LABELS[:2], SOURCES, chain_end(SECRET), organisations=owners))
    assert "neighbours same-organisation-apart\n" in body
    assert body.endswith("organisations 3\n1 乙公司\n1 甲大学\n2 乙公司\n")


def test_labels_are_code_space_name_in_nfc():
    assert label("E01", " Cafe\u0301 ") == "E01 Caf\u00e9"
    for code, name in (("E 1", "甲"), ("", "甲"), ("E1", " "), ("E1", "甲\n乙")):
        with pytest.raises(Fault):
            label(code, name)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"labels": ()}, "bad_labels"),
        ({"labels": ("E01 甲", "E01 甲")}, "bad_labels"),
        ({"labels": ("E01 甲\nE02 乙",)}, "bad_text"),
        ({"sources": ()}, "no_sources"),
        ({"chain_end": "AB" * 32}, "bad_chain"),
        ({"chain_length": 1}, "bad_chain"),
        ({"organisations": {LABELS[0]: ("甲",)}}, "bad_organisations"),
    ],
)
def test_a_commitment_that_cannot_be_is_refused(fields, code):
    whole = {"name": "决赛", "labels": LABELS, "sources": SOURCES, "chain_end": chain_end(SECRET)}
    with pytest.raises(Fault) as refusal:
        Commitment(**{**whole, **fields})
    assert refusal.value.code == code


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(Fault, match="承诺采用 2 个公开数值，现有 1 个"):
        draw_order(COMMITMENT, code_for(SECRET), VALUES[:1])
    with pytest.raises(Fault, match="不在抽签名单中：E99 某"):
        draw_order(COMMITMENT, code_for(SECRET), VALUES, withdrawn=["E99 某"])
    with pytest.raises(Fault, match="第 26 次抽签无口令可用"):
        code_for(SECRET, 26)
    with pytest.raises(Fault, match="口令须为 32 字节"):
        chain_end(b"short")


def test_faults_of_a_published_order_are_named():
    order = draw_order(COMMITMENT, code_for(SECRET), VALUES)
    assert draw_faults(COMMITMENT, code_for(SECRET), VALUES, order) == []
    swapped = (order[1], order[0], *order[2:])
    faults = draw_faults(COMMITMENT, code_for(SECRET), VALUES, swapped)
    assert faults[0] == f"第 1 位应为“{order[0]}”，公布的是“{order[1]}”。" and len(faults) == 2
    assert draw_faults(COMMITMENT, code_for(SECRET), VALUES, order[1:]) == ["公布的顺序与抽签名单中的项目不一致。"]
    assert "口令与承诺不符" in draw_faults(COMMITMENT, "00" * 32, VALUES, order)[0]


def test_a_redraw_without_reason_and_a_foreign_note_are_not_published():
    note = commitment_note_body(COMMITMENT) + "\n— x y\n"
    with pytest.raises(Fault, match="写明理由"):
        draw_record(COMMITMENT, note, "k", code_for(SECRET, 2), VALUES, draw_number=2, reason=" ")
    with pytest.raises(Fault, match="承诺书与本次抽签的承诺不符"):
        draw_record(COMMITMENT, "x" + note, "k", code_for(SECRET), VALUES)
    record = draw_record(COMMITMENT, note, "k", code_for(SECRET), VALUES, withdrawn=[LABELS[0]])
    assert record["order"] == list(draw_order(COMMITMENT, code_for(SECRET), VALUES, withdrawn=[LABELS[0]]))


@pytest.mark.parametrize(("count", "lotteries"), [(1, 0), (2, 1), (10, 1), (11, 2), (16, 2), (17, 3), (20, 3), (24, 4)])
def test_public_values_must_be_able_to_give_every_order(count: int, lotteries: int) -> None:
    assert sources_fault(count, ["双色球"] * lotteries) == ""
    if lotteries:
        assert sources_fault(count, ["双色球"] * (lotteries - 1)) != ""
    assert sources_fault(count, ["drand quicknet 第 12345 轮"]) == ""
