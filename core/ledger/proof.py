"""Offline receipts in the format of C2SP tlog-proof: index, inclusion proof, signed checkpoint."""

import base64
import binascii
import re
from dataclasses import dataclass

from core.ledger.checkpoint import Checkpoint
from core.ledger.note import BadNote
from core.ledger.tree import HASH_BYTES, verify_inclusion

HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class LogProof:
    """That a leaf stands at `index` of the tree named by the signed `checkpoint` (the whole note)."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def proves(self, leaf: bytes, checkpoint: Checkpoint) -> bool:
        """Return whether the leaf hash is included in `checkpoint`, the verified reading of our note."""
        return verify_inclusion(leaf, self.index, checkpoint.size, self.hashes, checkpoint.root)


def format_proof(proof: LogProof) -> str:
    """Return the text of a `.tlog-proof` file."""
    lines = [HEADER]
    if proof.extra:
        lines.append(f"extra {base64.b64encode(proof.extra).decode()}")
    lines.append(f"index {proof.index}")
    lines += [base64.b64encode(digest).decode() for digest in proof.hashes]
    return "\n".join(lines) + "\n\n" + proof.checkpoint


def parse_proof(text: str) -> LogProof:
    """Return the proof in a `.tlog-proof` file; refuses (BadNote) another format. The checkpoint is not verified."""
    head, separator, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not separator or lines.pop(0) != HEADER:
        raise BadNote("这不是 tlog-proof 格式的凭据。")
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = _decode(lines.pop(0).removeprefix("extra "))
    match = _INDEX.fullmatch(lines.pop(0)) if lines else None
    hashes = tuple(map(_decode, lines))
    if match is None or any(len(digest) != HASH_BYTES for digest in hashes):
        raise BadNote("凭据的序号或哈希有误。")
    return LogProof(int(match[1]), hashes, checkpoint, extra)


def _decode(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote("Base64 内容有误。") from None
