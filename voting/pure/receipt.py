"""The receipt a voter gets at once: the leaf and the platform's signature, before the leaf is in the tree.

It is a signed note (C2SP) whose second line cannot be a checkpoint's size, so neither can pass for the other:

    <origin of the log>
    receipt <leaf hash in hex>
    <leaf, canonical JSON>

    — <key name> <signature>
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.ledger.note import BadNote, Note, sign_note
from core.ledger.tree import leaf_hash
from voting.pure.leaf import parse_leaf

CODE_CHARS = 12
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)  # ten bits each
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})
_CODE = re.compile(f"[{_ALPHABET}]{{{CODE_CHARS}}}")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A vote as the platform signed for it: the log's origin and the leaf's bytes."""

    origin: str
    leaf: bytes

    @property
    def leaf_hash(self) -> bytes:
        """The hash under which the leaf stands in the tree."""
        return leaf_hash(self.leaf)

    @property
    def code(self) -> str:
        """The short code for people."""
        return short_code(self.leaf_hash)


def sign_receipt(receipt: Receipt, name: str, key_id: bytes, sign: Callable[[bytes], bytes]) -> str:
    """Return the receipt as a signed note."""
    text = f"{receipt.origin}\nreceipt {receipt.leaf_hash.hex()}\n{receipt.leaf.decode()}\n"
    return sign_note(text, name, key_id, sign)


def parse_receipt(text: str) -> Receipt:
    """Return the receipt in a note's text; refuses (ValueError) one whose hash is not the leaf's, or no vote."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0] or not lines[1].startswith("receipt "):
        raise BadNote("这不是投票回执。")
    receipt = Receipt(lines[0], lines[2].encode())
    if lines[1] != f"receipt {receipt.leaf_hash.hex()}":
        raise BadNote("回执的哈希与所载的票不符。")
    if parse_leaf(receipt.leaf)["t"] != "vote":
        raise BadNote("回执所载的不是一张票。")
    return receipt


def verify_receipt(data: str, verify: Callable[[str], Note]) -> Receipt:
    """Return the receipt in a signed note; `verify` returns the note or refuses it (BadNote)."""
    return parse_receipt(verify(data).text)


def short_code(digest: bytes) -> str:
    """Return the first 60 bits of a leaf hash in Crockford's base 32, as "XXXX-XXXX-XXXX"."""
    number = int.from_bytes(digest[:8], "big") >> 4
    return "{}{}-{}{}-{}{}".format(*(_PAIRS[number >> shift & 1023] for shift in (50, 40, 30, 20, 10, 0)))


def normalize_short_code(typed: str) -> str:
    """Return a code as `short_code` writes it, however it was typed; refuses (ValueError) anything else."""
    code = typed.upper().translate(_READ_AS)
    if not _CODE.fullmatch(code):
        raise ValueError("回执码有误：应为 12 位数字和字母，例如 7ZK4-09QD-W3MA。")
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"
