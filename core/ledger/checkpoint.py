"""Checkpoints in the format of C2SP tlog-checkpoint: origin, size, root, extension lines; signed as a note."""

import base64
import binascii
import re
from dataclasses import dataclass

from core.ledger.note import BadNote
from core.ledger.tree import HASH_BYTES

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says about itself at one moment: `size` leaves with `root` (32 bytes)."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.origin or self.size < 0 or len(self.root) != HASH_BYTES:
            raise BadNote("检查点须有来源、非负的记录数和 32 字节的根。")
        if any(not line or "\n" in line for line in (self.origin, *self.extensions)):
            raise BadNote("检查点的来源和扩展行不能为空，不能换行。")


def format_checkpoint(checkpoint: Checkpoint) -> str:
    """Return the text to be signed."""
    lines = (
        checkpoint.origin,
        str(checkpoint.size),
        base64.b64encode(checkpoint.root).decode(),
        *checkpoint.extensions,
    )
    return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint in a note's text; refuses (BadNote) anything that would not format back the same."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not _DECIMAL.fullmatch(lines[1]):
        raise BadNote("检查点应有来源、记录数、根三行。")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError):
        raise BadNote("检查点的根不是 Base64。") from None
    checkpoint = Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:-1]))
    if format_checkpoint(checkpoint) != text:
        raise BadNote("检查点的写法不规范。")
    return checkpoint
