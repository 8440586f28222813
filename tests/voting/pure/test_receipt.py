from datetime import UTC, datetime

import pytest

from core.ledger import keys
from core.ledger.checkpoint import parse_checkpoint
from core.ledger.note import BadNote
from core.ledger.tree import leaf_hash
from voting.pure.leaf import close_leaf, vote_leaf
from voting.pure.receipt import (
    Receipt,
    normalize_short_code,
    parse_receipt,
    short_code,
    sign_receipt,
    verify_receipt,
)

AT = datetime(2026, 12, 1, tzinfo=UTC)
KEY = keys.SigningKey("vote.example/2026", bytes(32))
LEAF = vote_leaf(by="a" * 32, entry="E02", evidence="b" * 64, at=AT)
RECEIPT = Receipt("vote.example/2026", LEAF)
SIGNED = sign_receipt(RECEIPT, KEY.name, KEY.key_id, KEY.sign)


def verify(note):
    return keys.verify(note, [KEY.verifier_key])


def test_a_receipt_is_a_signed_note_over_the_leaf():
    lines = SIGNED.split("\n")
    assert lines[:3] == ["vote.example/2026", f"receipt {leaf_hash(LEAF).hex()}", LEAF.decode()]
    assert verify_receipt(SIGNED, verify) == RECEIPT


def test_a_changed_receipt_is_refused():
    with pytest.raises(BadNote):
        verify_receipt(SIGNED.replace("E02", "E01"), verify)


def text_of(origin="log", digest=None, leaf=LEAF):
    return f"{origin}\nreceipt {digest or leaf_hash(leaf).hex()}\n{leaf.decode()}\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        text_of(origin=""),
        text_of(digest="0" * 64),
        text_of(leaf=close_leaf(at=AT)),
        text_of(leaf=b"{}"),
        text_of() + "more\n",
        text_of().replace("receipt ", "42 "),
    ],
)
def test_what_is_not_a_receipt_is_refused(text):
    with pytest.raises(ValueError):
        parse_receipt(text)


def test_a_receipt_cannot_pass_for_a_checkpoint():
    with pytest.raises(BadNote):
        parse_checkpoint(text_of())


def test_the_short_code_is_the_first_60_bits():
    assert short_code(bytes(32)) == "0000-0000-0000"
    assert short_code(b"\xff" * 32) == "ZZZZ-ZZZZ-ZZZZ"
    assert RECEIPT.code == short_code(leaf_hash(LEAF))


def test_the_short_code_of_a_counted_pattern():
    bits = "".join(f"{value:05b}" for value in range(12))
    digest = int(bits + "1111", 2).to_bytes(8, "big") + bytes(24)
    assert short_code(digest) == "0123-4567-89AB"


@pytest.mark.parametrize(
    "typed", ["0123-4567-89ab", " 0123 4567 89AB", "o123456789AB", "OI23-4567-89AB", "0L2345-6789ab"]
)
def test_a_code_is_read_as_people_type_it(typed):
    assert normalize_short_code(typed) == "0123-4567-89AB"


@pytest.mark.parametrize("typed", ["", "0123-4567-89A", "0123-4567-89ABC", "0123-4567-89AU"])
def test_a_code_that_is_none_is_refused(typed):
    with pytest.raises(ValueError, match="回执码有误"):
        normalize_short_code(typed)
