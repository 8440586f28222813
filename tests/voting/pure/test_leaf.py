import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from competitions.pure.vote_rule import VoteRule
from core.canonical import canonical_json
from voting.pure import leaf
from voting.pure.ledger_rules import LedgerRules

AT = datetime(2026, 12, 1, 0, 15, 59, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
TAG, EVIDENCE, CASE = "dfc26494e15249836d24789d74208a02", "e" * 64, "c" * 64
RULES = LedgerRules(VoteRule(), "规则全文")
STAMP = '"at":"2026-12-01T00:15Z"'

LEAVES = {
    "vote": (
        leaf.vote_leaf(by=TAG, entry="E02", evidence=EVIDENCE, at=AT),
        f'{{{STAMP},"by":"{TAG}","e":"E02","ev":"{EVIDENCE}","t":"vote","v":1}}',
    ),
    "hold": (
        leaf.hold_leaf(case=CASE, code="R3", of=[12, 13], at=AT),
        f'{{{STAMP},"case":"{CASE}","code":"R3","of":[12,13],"t":"hold","v":1}}',
    ),
    "void": (
        leaf.void_leaf(case=CASE, code="R3", of=[0], at=AT),
        f'{{{STAMP},"case":"{CASE}","code":"R3","of":[0],"t":"void","v":1}}',
    ),
    "restore": (
        leaf.restore_leaf(case=CASE, code="R12", of=[7], at=AT),
        f'{{{STAMP},"case":"{CASE}","code":"R12","of":[7],"t":"restore","v":1}}',
    ),
    "withdraw": (leaf.withdraw_leaf(entry="E05", at=AT), f'{{{STAMP},"e":"E05","t":"withdraw","v":1}}'),
    "pause": (leaf.pause_leaf(until=None, at=AT), f'{{{STAMP},"t":"pause","until":null,"v":1}}'),
    "pause until": (
        leaf.pause_leaf(until=LATER, at=AT),
        f'{{{STAMP},"t":"pause","until":"2026-12-01T01:15Z","v":1}}',
    ),
    "resume": (
        leaf.resume_leaf(until=LATER, at=AT),
        f'{{{STAMP},"t":"resume","until":"2026-12-01T01:15Z","v":1}}',
    ),
    "extend": (
        leaf.extend_leaf(until=LATER, at=AT),
        f'{{{STAMP},"t":"extend","until":"2026-12-01T01:15Z","v":1}}',
    ),
    "close": (leaf.close_leaf(at=AT), f'{{{STAMP},"t":"close","v":1}}'),
    "final": (
        leaf.final_leaf(tally={"E02": 1, "E01": 0}, approved=2, at=AT),
        f'{{"approved":2,{STAMP},"t":"final","tally":{{"E01":0,"E02":1}},"v":1}}',
    ),
}


@pytest.mark.parametrize("kind", LEAVES)
def test_the_bytes_of_every_kind(kind):
    data, text = LEAVES[kind]
    assert data == text.encode()
    assert leaf.parse_leaf(data)["t"] == kind.split()[0]


def test_the_open_leaf_carries_the_whole_rules():
    parsed = leaf.parse_leaf(leaf.open_leaf(entries=["E01", "E02"], rules=RULES, at=AT))
    assert set(parsed) == {"at", "entries", "rules", "t", "v"}
    assert parsed["entries"] == ["E01", "E02"]
    assert LedgerRules.from_dict(parsed["rules"], parsed["entries"]) == RULES


def test_rules_too_long_for_a_log_entry_are_refused():
    with pytest.raises(leaf.LeafFault, match="请缩短规则全文"):
        leaf.open_leaf(entries=["E01"], rules=LedgerRules(VoteRule(), "字" * 22_000), at=AT)


def test_an_entry_without_group_is_refused_where_groups_count():
    with pytest.raises(leaf.LeafFault, match="没有组别"):
        leaf.open_leaf(entries=["E01"], rules=LedgerRules(VoteRule(scope="group"), ""), at=AT)


def test_times_are_utc_minutes():
    assert (
        leaf.utc_minute(datetime(2026, 12, 1, 8, 15, 59, tzinfo=timezone(timedelta(hours=8))))
        == "2026-12-01T00:15Z"
    )
    with pytest.raises(leaf.LeafFault, match="时区"):
        leaf.utc_minute(AT.replace(tzinfo=None))


@pytest.mark.parametrize("of", [[], [2, 1], [1, 1], [-1], ["1"], [True]])
def test_a_wrong_list_of_votes_is_refused(of):
    with pytest.raises(leaf.LeafFault, match="“of”有误"):
        leaf.void_leaf(case=CASE, code="R3", of=of, at=AT)


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("by", {"by": TAG.upper()}),
        ("e", {"entry": "E 1"}),
        ("e", {"entry": ""}),
        ("ev", {"evidence": "e" * 63}),
    ],
)
def test_a_wrong_member_is_named(member, change):
    with pytest.raises(leaf.LeafFault, match=f"“{member}”有误"):
        leaf.vote_leaf(**{"by": TAG, "entry": "E02", "evidence": EVIDENCE, "at": AT} | change)


@pytest.mark.parametrize(
    ("approved", "tally"), [(1, {}), (2, {"E01": -1}), (2, {"E01": "1"}), (2, {"E 1": 1})]
)
def test_a_wrong_final_is_refused(approved, tally):
    with pytest.raises(leaf.LeafFault):
        leaf.final_leaf(tally=tally, approved=approved, at=AT)


@pytest.mark.parametrize("entries", [[], ["E01", "E01"], ["E 1"]])
def test_wrong_entries_are_refused(entries):
    with pytest.raises(leaf.LeafFault, match="entries"):
        leaf.open_leaf(entries=entries, rules=RULES, at=AT)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff",
        b"1.5",
        b"{}",
        b'{"t":[]}',
        b'{"t":"gift"}',
        LEAVES["close"][0].replace(b'"v":1', b'"v":2'),
        LEAVES["close"][0].replace(b'"v":1', b'"v":true'),
        LEAVES["close"][0].replace(b'"v":1', b'"v":1.0'),
        LEAVES["close"][0].replace(b"00:15Z", b"24:15Z"),
        LEAVES["close"][0].replace(b"00:15Z", b"00:15"),
        LEAVES["close"][0].replace(b'"at":"2026-12-01T00:15Z"', b'"at":5'),
        LEAVES["close"][0].replace(b",", b", "),
        LEAVES["vote"][0].replace(b'"e":"E02",', b""),
        LEAVES["vote"][0].replace(b'"e":"E02"', b'"e":"E01","e":"E02"'),
        LEAVES["vote"][0].replace(b'"t":"vote"', b'"t":"vote","u":1'),
        b"[" * 100_000,
    ],
)
def test_what_is_not_a_leaf_is_refused(data):
    with pytest.raises(leaf.LeafFault):
        leaf.parse_leaf(data)


def test_the_commitment_is_salted():
    record = canonical_json({"device": "d", "address": "240.0.0.1"})
    expected = hashlib.sha256(bytes(32) + b'{"address":"240.0.0.1","device":"d"}').hexdigest()
    assert leaf.commitment(bytes(32), record) == expected
    assert leaf.commitment(b"\x01" * 32, record) != expected
    with pytest.raises(ValueError, match="32"):
        leaf.commitment(b"", record)
