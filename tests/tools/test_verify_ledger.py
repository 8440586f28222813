import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competitions.pure.vote_rule import VoteRule
from core.ledger import tree
from core.ledger.keys import SigningKey
from core.ledger.proof import LogProof, format_proof
from tests.tools import published
from tests.tools.published import (
    KEY,
    checkpoint,
    minute,
    opening,
    publish,
    receipt,
    small_contest,
    vote,
    write_leaves,
)
from tools import verify_ledger
from voting.pure import leaf
from voting.pure.recount import quota_faults
from voting.pure.tally import TallyFault, count_leaves, tally

SIZES = (1, 5, 10)


def run(capsys, folder: Path, *options: str) -> tuple[int, str]:
    code = verify_ledger.main([str(folder), *options])
    return code, capsys.readouterr().out


def sealed(folder: Path, leaves: list[bytes]) -> Path:
    """A ledger whose tree and signatures are right, whatever its leaves say."""
    return publish(folder / "ledger", leaves, SIZES)


def kinds(folder: Path) -> set[str]:
    return {kind for kind, _ in verify_ledger.verify(folder)[0]}


@pytest.mark.parametrize("form", ["jsonl", "entries"])
def test_a_true_ledger_is_accepted(tmp_path, capsys, form):
    code, out = run(capsys, publish(tmp_path / "ledger", small_contest(), SIZES, form=form))
    assert (code, "核验通过。" in out) == (0, True)
    assert "检查点：4 份，最新 19 条" in out
    assert "每人每天可投 5 个项目" in out
    assert "E01　有效 3　作废 1　待核 0" in out
    assert "E02　有效 2　作废 1　待核 0" in out
    assert "E03　有效 0　作废 0　待核 0　退出不计 3" in out
    assert "作废原因：R3 2 票" in out
    assert "已定稿" in out


def test_it_runs_alone_without_site_packages(tmp_path):
    ledger = publish(tmp_path / "ledger", small_contest(), SIZES)
    command = [sys.executable, "-I", "-S", verify_ledger.__file__, str(ledger)]
    good = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=tmp_path
    )
    assert (good.returncode, good.stderr) == (0, "")
    (ledger / "checkpoints" / "5").write_text(
        checkpoint(small_contest()[:5]).replace("vote.example", "vote.exampie", 1)
    )
    bad = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=tmp_path)
    assert bad.returncode == 1
    assert "检查点 5 的签名不正确" in bad.stdout


@pytest.mark.parametrize("make", [verify_ledger.pure_verifier, verify_ledger.library_verifier])
def test_both_ed25519_agree_with_our_signatures(make):
    for seed in range(4):
        key = SigningKey("log", bytes([seed]) * 32)
        verify, signature = make(key.public_key), key.sign(b"message")
        assert verify(signature, b"message")
        assert not verify(signature, b"massage")
        assert not verify(signature[:63], b"message")
        for place in (0, 31, 32, 62):
            assert not verify(
                signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :], b"message"
            )
        s = int.from_bytes(signature[32:], "little") + verify_ledger.ORDER
        assert not verify(signature[:32] + s.to_bytes(32, "little"), b"message")


def test_a_key_that_is_no_point_is_refused():
    with pytest.raises(verify_ledger.Unreadable):
        verify_ledger.pure_verifier((2).to_bytes(32, "little"))


def test_a_removed_leaf(tmp_path, capsys):
    leaves = small_contest()
    ledger = publish(tmp_path / "ledger", leaves, SIZES)
    write_leaves(ledger, leaves[:6] + leaves[7:])
    code, out = run(capsys, ledger)
    assert code == 1
    assert "【改写】检查点 10 与记录不符：第 5 至 9 条" in out
    assert "【缺失】最新检查点有 19 条，公布的记录和哈希只有 18 条" in out


def test_a_leaf_removed_from_the_end(tmp_path):
    ledger = publish(tmp_path / "ledger", small_contest(), SIZES)
    write_leaves(ledger, small_contest()[:-1])
    assert kinds(ledger) == {"缺失"}


def test_a_leaf_too_many(tmp_path):
    leaves = [opening(), vote(1, "E01")]
    ledger = publish(tmp_path / "ledger", leaves)
    write_leaves(ledger, [*leaves, vote(2, "E01")])
    assert kinds(ledger) == {"多出"}


def test_a_changed_leaf(tmp_path, capsys):
    leaves = small_contest()
    ledger = publish(tmp_path / "ledger", leaves, SIZES)
    write_leaves(ledger, [*leaves[:2], leaves[2].replace(b"E02", b"E01"), *leaves[3:]])
    code, out = run(capsys, ledger)
    assert code == 1
    assert "检查点 5 与记录不符：第 1 至 4 条" in out
    assert "项目 E02 定稿 2 票，重算 2 票" not in out


def test_a_changed_leaf_is_found_to_the_line_with_tiles(tmp_path, capsys):
    leaves = small_contest()
    ledger = publish(tmp_path / "ledger", leaves, SIZES, form="entries")
    write_leaves(ledger, [*leaves[:2], leaves[2].replace(b"E02", b"E01"), *leaves[3:]])
    code, out = run(capsys, ledger)
    assert code == 1
    assert "【矛盾】第 2 条在 leaves.jsonl 与 tile/entries 中不同" in out
    assert "【改动】第 2 条记录与哈希瓦片不符" in out


def test_swapped_leaves(tmp_path):
    leaves = small_contest()
    ledger = publish(tmp_path / "ledger", leaves, SIZES)
    write_leaves(ledger, [*leaves[:2], leaves[3], leaves[2], *leaves[4:]])
    assert "改写" in kinds(ledger)


def test_history_rewritten_between_two_checkpoints(tmp_path, capsys):
    """The log's owner signs a new end over a changed beginning; the old checkpoints are still there."""
    leaves = small_contest()
    forged = [*leaves[:7], vote(3, "E01", 4), *leaves[8:]]
    ledger = publish(tmp_path / "ledger", forged, ())
    (ledger / "checkpoints" / "5").write_text(checkpoint(leaves[:5]))
    (ledger / "checkpoints" / "10").write_text(checkpoint(leaves[:10]))
    code, out = run(capsys, ledger)
    assert code == 1
    assert "检查点 10 与记录不符：第 5 至 9 条中有改动、删除、插入或换序（不符的检查点共 1 份）" in out


def test_everything_signed_anew_contradicts_a_known_checkpoint_and_receipt(tmp_path, capsys):
    leaves = small_contest()
    forged = [*leaves[:7], vote(9, "E01", 3), *leaves[8:]]
    ledger = publish(tmp_path / "ledger", forged, SIZES)
    (tmp_path / "day-1").write_text(checkpoint(leaves[:10]))
    (tmp_path / "receipt").write_text(receipt(leaves[7]))
    code, out = run(capsys, ledger, "--known", str(tmp_path / "day-1"))
    assert code == 1
    assert "账本的前 10 条与已知检查点 day-1 不符：历史被改写" in out
    code, out = run(capsys, ledger, "--known", str(tmp_path / "receipt"))
    assert code == 1
    assert "回执 receipt 所载的票不在账本的 19 条记录中" in out


def known_files(folder: Path, leaves: list[bytes]) -> dict[str, Path]:
    hashes = [tree.leaf_hash(data) for data in leaves]
    path = tuple(tree.inclusion_proof(tree.node_reader(hashes), 7, 10))
    texts = {
        "checkpoint": checkpoint(leaves[:7]),
        "receipt": receipt(leaves[7]),
        "proof": format_proof(LogProof(7, path, checkpoint(leaves[:10]), extra=b"x")),
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    return {name: folder / name for name in texts}


@pytest.mark.parametrize("form", ["jsonl", "tiles"])
@pytest.mark.parametrize("name", ["checkpoint", "receipt", "proof"])
def test_what_was_kept_from_earlier_agrees(tmp_path, name, form):
    ledger = publish(tmp_path / "ledger", small_contest(), SIZES, form=form)
    assert verify_ledger.verify(ledger, [known_files(tmp_path, small_contest())[name]])[0] == []


def test_a_proof_of_another_leaf_contradicts(tmp_path):
    ledger = publish(tmp_path / "ledger", small_contest(), SIZES)
    proof = known_files(tmp_path, small_contest())["proof"]
    right = proof.read_text()
    more = right.replace("\n\n", "\n" + "A" * 43 + "=\n\n", 1)
    for wrong in (right.replace("index 7", "index 6"), right.replace("index 7", "index 10"), more):
        proof.write_text(wrong)
        assert [kind for kind, _ in verify_ledger.verify(ledger, [proof])[0]] == ["矛盾"]


def test_a_known_checkpoint_ahead_of_the_ledger(tmp_path):
    ledger = publish(tmp_path / "ledger", small_contest()[:10])
    (tmp_path / "later").write_text(checkpoint(small_contest()))
    assert verify_ledger.verify(ledger, [tmp_path / "later"])[0] == [
        ("矛盾", "已知检查点 later 有 19 条，账本只有 10 条。")
    ]


def test_a_known_file_of_another_key_or_kind(tmp_path):
    ledger = publish(tmp_path / "ledger", small_contest())
    other = SigningKey(published.ORIGIN, bytes(32))
    (tmp_path / "foreign").write_text(checkpoint(small_contest()[:5], other))
    (tmp_path / "letter").write_text(KEY.sign_note(published.ORIGIN + "\n你好\n"))
    (tmp_path / "elsewhere").write_text(KEY.sign_note("other.example\n0\n" + "A" * 43 + "=\n"))
    faults = verify_ledger.verify(
        ledger, [tmp_path / "foreign", tmp_path / "letter", tmp_path / "elsewhere"]
    )[0]
    assert [kind for kind, _ in faults] == ["凭据"] * 3


def test_a_wrong_signature(tmp_path, capsys):
    ledger = publish(tmp_path / "ledger", small_contest(), SIZES)
    (ledger / "checkpoints" / "5").write_text(
        checkpoint(small_contest()[:5], SigningKey(published.ORIGIN, bytes(32)))
    )
    code, out = run(capsys, ledger)
    assert code == 1
    assert "【签名】检查点 5 的签名不正确" in out


def test_a_checkpoint_changed_after_signing(tmp_path):
    ledger = publish(tmp_path / "ledger", small_contest(), SIZES)
    path = ledger / "checkpoints" / "5"
    path.write_text(path.read_text().replace("\n5\n", "\n4\n"))
    assert kinds(ledger) == {"签名"}


def test_a_checkpoint_that_is_none(tmp_path):
    ledger = publish(tmp_path / "ledger", small_contest(), SIZES)
    (ledger / "checkpoints" / "5").write_text(KEY.sign_note("你好\n"))
    (ledger / "checkpoints" / "10").write_text("没有签名")
    faults = verify_ledger.verify(ledger)[0]
    assert [kind for kind, _ in faults] == ["签名", "签名"]


def test_what_is_no_tile_is_left_alone(tmp_path):
    ledger = publish(tmp_path / "ledger", small_contest(), SIZES, form="entries")
    (ledger / "tile" / "0" / "readme.txt").write_text("x")
    (ledger / "tile" / "0" / "000.p" / "300").write_text("x")
    assert kinds(ledger) == set()


def test_a_checkpoint_under_another_name_or_of_another_log(tmp_path):
    ledger = publish(tmp_path / "ledger", small_contest())
    (ledger / "checkpoints" / "6").write_text(checkpoint(small_contest()[:5]))
    (ledger / "checkpoint").write_text(KEY.sign_note("other.example\n19\n" + "A" * 43 + "=\n"))
    assert kinds(ledger) == {"签名", "分叉"}


def test_another_key_than_the_one_known(tmp_path, capsys):
    ledger = publish(tmp_path / "ledger", small_contest())
    assert run(capsys, ledger, "--key", KEY.verifier_key)[0] == 0
    code, out = run(capsys, ledger, "--key", SigningKey(published.ORIGIN, bytes(32)).verifier_key)
    assert (code, "【公钥】" in out) == (1, True)


def test_over_quota(tmp_path, capsys):
    leaves = [opening(VoteRule.per_day(2)), *[vote(1, entry) for entry in published.ENTRIES]]
    code, out = run(capsys, sealed(tmp_path, leaves))
    assert code == 1
    assert f"【超额】第 3 条：选民 {1:032x} 在 2026-12-01 超过 2 票。" in out


def test_twice_for_one_entry_even_when_the_first_was_voided(tmp_path, capsys):
    leaves = [
        opening(),
        vote(1, "E01"),
        leaf.void_leaf(case=published.CASE, code="R1", of=[1], at=minute(2)),
        vote(1, "E01", 3),
    ]
    code, out = run(capsys, sealed(tmp_path, leaves))
    assert (code, "对 E01 超过 1 票" in out) == (1, True)


@pytest.mark.parametrize(
    ("rule", "votes", "is_right"),
    [
        (
            VoteRule.per_day(1),
            [
                ("E01", datetime(2026, 12, 1, 15, 59, tzinfo=UTC)),
                ("E01", datetime(2026, 12, 1, 16, tzinfo=UTC)),
            ],
            True,
        ),
        (
            VoteRule.per_day(1),
            [
                ("E01", datetime(2026, 12, 1, 16, tzinfo=UTC)),
                ("E02", datetime(2026, 12, 2, 15, 59, tzinfo=UTC)),
            ],
            False,
        ),
        (VoteRule.per_edition(1), [("E01", 1), ("E02", datetime(2026, 12, 5, tzinfo=UTC))], False),
        (VoteRule.per_day_free(3), [("E01", 1)] * 3, True),
        (VoteRule.per_day_free(3), [("E01", 1)] * 4, False),
        (VoteRule.per_day(1, scope="group"), [("E01", 1), ("E03", 1)], True),
        (VoteRule.per_day(1, scope="group"), [("E01", 1), ("E02", 1)], False),
        (VoteRule.choose(2, 3), [("E01", 1), ("E02", 1)], True),
        (VoteRule.choose(2, 3), [("E01", 1)], False),
        (VoteRule.choose(2, 3), [("E01", 1), ("E02", 1), ("E03", 2)], False),
    ],
)
def test_quotas_come_from_the_open_leaf(tmp_path, rule, votes, is_right):
    groups = {"E01": "startup", "E02": "startup", "E03": "growth"}
    leaves = [
        opening(rule, groups),
        *[vote(1, *one) for one in votes],
        leaf.close_leaf(at=datetime(2026, 12, 9, tzinfo=UTC)),
    ]
    assert kinds(sealed(tmp_path, leaves)) == (set() if is_right else {"超额"})


def test_a_wrong_total(tmp_path, capsys):
    leaves = [
        *small_contest()[:-1],
        leaf.final_leaf(tally={"E01": 3, "E02": 3, "E03": 3}, approved=2, at=minute(90)),
    ]
    code, out = run(capsys, sealed(tmp_path, leaves))
    assert code == 1
    assert "【票数】第 18 条：项目 E02 定稿 3 票，重算 2 票" in out
    assert "项目 E03 定稿 3 票，重算 不计票 票" in out


def contest_with(*more: bytes, at: int = 13) -> list[bytes]:
    """The small contest up to `at` (13: before the last vote, 15: after the close) and other leaves after it."""
    return [*small_contest()[:at], *more]


@pytest.mark.parametrize(
    ("leaves", "kind"),
    [
        (small_contest()[1:], "次序"),
        (contest_with(opening()), "次序"),
        (contest_with(vote(5, "E01", 62), at=15), "次序"),
        (contest_with(vote(5, "E09", 20)), "次序"),
        (contest_with(leaf.withdraw_leaf(entry="E03", at=minute(14))), "次序"),
        (contest_with(leaf.close_leaf(at=minute(63)), at=15), "次序"),
        (contest_with(leaf.extend_leaf(until=minute(99), at=minute(63)), at=15), "次序"),
        (contest_with(leaf.void_leaf(case="a" * 64, code="R1", of=[0], at=minute(63)), at=15), "次序"),
        (contest_with(leaf.void_leaf(case="a" * 64, code="R1", of=[99], at=minute(63)), at=15), "次序"),
        (contest_with(leaf.restore_leaf(case="a" * 64, code="R1", of=[1], at=minute(63)), at=15), "次序"),
        (contest_with(leaf.void_leaf(case="a" * 64, code="R1", of=[1], at=minute(91)), at=19), "次序"),
        (contest_with(leaf.final_leaf(tally={"E01": 3, "E02": 3}, approved=2, at=minute(63))), "次序"),
        (contest_with(leaf.final_leaf(tally={"E01": 3, "E02": 2}, approved=2, at=minute(75)), at=16), "定稿"),
        (contest_with(vote(5, "E01", 12)), "时间"),
        (contest_with(leaf.pause_leaf(until=minute(30), at=minute(20)), vote(5, "E01", 25)), "时间"),
        (
            contest_with(
                *small_contest()[14:18], small_contest()[18].replace(b'"approved":2', b'"approved":1')
            ),
            "定稿",
        ),
        (contest_with(vote(5, "E01", -1)), "时间"),
        (contest_with(vote(5, "E01", 63), leaf.close_leaf(at=minute(62))), "时间"),
        (contest_with(b"{}"), "写法"),
        (contest_with(b'{"t":[]}'), "写法"),
        (contest_with(b'{"a":"\\ud800"}'), "写法"),
        (contest_with(small_contest()[1].replace(b"-12-", b"-13-")), "写法"),
        (contest_with(b'{"at":5,"e":"E01","t":"withdraw","v":1}'), "写法"),
        (contest_with(b'{"at":"2026-12-01T00:14Z","t":"pause","until":5,"v":1}'), "写法"),
        (contest_with(*small_contest()[14:16], small_contest()[16].replace(b'"R3"', b'""')), "写法"),
        (contest_with(*small_contest()[14:16], small_contest()[16].replace(b"ccc", b"")), "写法"),
        (contest_with(leaf.close_leaf(at=minute(62)).replace(b'"v":1', b'"v":true')), "写法"),
        (contest_with(leaf.close_leaf(at=minute(62)).replace(b"-12-", b"-13-")), "写法"),
        ([opening().replace(b'"groups":{}', b'"groups":[]')], "写法"),
        ([opening().replace(b'"E01"', b"[]")], "写法"),
        (contest_with(b"not json"), "写法"),
        (contest_with(small_contest()[1].replace(b'"by"', b'"by" ')), "写法"),
        (contest_with(small_contest()[1].replace(b'"v":1', b'"v":2')), "写法"),
        (contest_with(b'{"at":"2026-12-01T00:14Z","case":"c","code":"R1","of":7,"t":"void","v":1}'), "写法"),
        ([opening().replace(b'"limit":5', b'"limit":"5"')], "写法"),
        ([opening().replace(b'"period":"day"', b'"period":"week"')], "写法"),
    ],
)
def test_what_the_leaves_must_not_say(tmp_path, leaves, kind):
    assert kind in kinds(sealed(tmp_path, leaves))


def test_while_the_board_is_hidden_only_tiles_are_published(tmp_path, capsys):
    ledger = publish(tmp_path / "ledger", small_contest()[:14], SIZES, form="tiles")
    code, out = run(capsys, ledger)
    assert (code, "记录：14 条，其中公开 0 条，含票 0 张" in out) == (0, True)
    write_leaves(ledger, small_contest()[:5])
    code, out = run(capsys, ledger)
    assert (code, "还有 9 条尚未公开" in out) == (0, True)


@pytest.mark.parametrize("form", ["entries", "tiles"])
def test_every_tile_is_compared(tmp_path, form):
    leaves = [opening(), *[vote(voter, "E01") for voter in range(600)]]
    ledger = publish(tmp_path / "ledger", leaves, (200, 300), form=form)
    assert kinds(ledger) == set()
    paths = [path for path in (ledger / "tile").rglob("*") if path.is_file()]
    assert len(paths) == (10 if form == "entries" else 7)
    for path in paths:
        right = path.read_bytes()
        path.write_bytes(right[:-1] + bytes([right[-1] ^ 1]))
        assert kinds(ledger), path
        path.write_bytes(right)


@pytest.mark.parametrize("name", ["log.vkey", "checkpoints/19"])
def test_a_directory_that_is_no_ledger(tmp_path, capsys, name):
    ledger = publish(tmp_path / "ledger", small_contest())
    (ledger / name).unlink()
    assert run(capsys, ledger)[0] == 2


@pytest.mark.parametrize(
    "text", ["", "log+00000000+AAAA", "log+00000000+*", "log+00000000+" + "A" * 44, "a+b"]
)
def test_a_key_that_is_none(tmp_path, capsys, text):
    ledger = publish(tmp_path / "ledger", small_contest())
    (ledger / "log.vkey").write_text(text)
    assert run(capsys, ledger)[0] == 2


def test_a_cut_entry_bundle_cannot_be_read(tmp_path, capsys):
    ledger = publish(tmp_path / "ledger", small_contest(), form="entries")
    bundle = ledger / "tile" / "entries" / "000.p" / "19"
    bundle.write_bytes(bundle.read_bytes()[:-1])
    assert run(capsys, ledger)[0] == 2


def test_a_last_line_without_end_and_many_faults(tmp_path, capsys):
    leaves = [opening(), *[vote(1, "E01") for _ in range(40)]]
    ledger = publish(tmp_path / "ledger", leaves)
    (ledger / "leaves.jsonl").write_bytes(b"\n".join(leaves))
    code, out = run(capsys, ledger)
    assert code == 1
    assert "末行没有换行" in out
    assert out.count("✗") == 20
    assert "另有" in out


VOTES = [vote(voter, entry, 1) for voter in (1, 2) for entry in published.ENTRIES]
MARKS = [
    make(case=published.CASE, code="R1", of=of, at=minute(60))
    for make in (leaf.hold_leaf, leaf.void_leaf, leaf.restore_leaf)
    for of in ([1], [2], [1, 2])
]
OTHERS = [leaf.withdraw_leaf(entry="E03", at=minute(2)), leaf.close_leaf(at=minute(60))]
RULES = [
    VoteRule(),
    VoteRule.per_day(2),
    VoteRule.per_day_free(2),
    VoteRule.choose(1, 2),
    VoteRule.choose(2, 3),
]


def finished(leaves: list[bytes]) -> list[bytes]:
    """The leaves with the `final` our tally makes of them, when it makes one."""
    try:
        counted = count_leaves(map(leaf.parse_leaf, leaves)).final_tally()
    except TallyFault:
        return leaves
    return [*leaves, leaf.final_leaf(tally=counted, approved=2, at=minute(90))]


@given(
    st.sampled_from(RULES),
    st.lists(st.sampled_from(VOTES), max_size=5),
    st.lists(st.sampled_from(VOTES[:1] + MARKS + OTHERS * 3), max_size=6),
)
@settings(max_examples=400, deadline=None)
def test_the_verifier_and_our_own_count_agree(rule, votes, others):
    """Two programs written apart accept the same ledgers and count the same."""
    leaves = finished([opening(rule), *votes, *others])
    parsed = [leaf.parse_leaf(data) for data in leaves]
    recount = verify_ledger.Recount(verify_ledger.Faults())
    recount.run(leaves)
    try:
        ours = {entry: (row.valid, row.void, row.held) for entry, row in tally(parsed).items()}
    except TallyFault:
        assert recount.faults
        return
    assert bool(recount.faults) == bool(quota_faults(parsed))
    assert {
        entry: (row["valid"], row["void"], row["held"]) for entry, row in recount.counts().items()
    } == ours
