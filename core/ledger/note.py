"""Signed notes in the format of C2SP signed-note: a text, a blank line, signature lines.

    — <key name> base64(<4-byte key id> ‖ <signature>)

Nothing here signs or verifies: the callables are passed in (`core.ledger.keys` has Ed25519).
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from core.fault import Fault

ED25519 = b"\x01"
MAX_NOTE_CHARS = 1_000_000
MAX_SIGNATURES = 64
_NOT_IN_NAME = re.compile(r"[\s+\x00-\x1f]")
_NOT_IN_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f]")


class BadNote(Fault):
    """A text that is not a signed note, or one that no trusted key signed."""

    def __init__(self, message: str) -> None:
        super().__init__("bad_note", message)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name, its 4-byte id, the signature bytes."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """The signed text (with its last newline) and its signatures."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of an Ed25519 note key."""

    name: str
    key_id: bytes
    public_key: bytes


def key_id(name: str, public_key: bytes) -> bytes:
    """Return the first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:4]


def format_verifier_key(name: str, public_key: bytes) -> str:
    """Return `<name>+<key id in hex>+<base64 of 0x01 ‖ key>` for a 32-byte Ed25519 key."""
    _check_name(name)
    if len(public_key) != 32:
        raise BadNote("Ed25519 公钥应为 32 字节。")
    return f"{name}+{key_id(name, public_key).hex()}+{base64.b64encode(ED25519 + public_key).decode()}"


def parse_verifier_key(text: str) -> VerifierKey:
    """Return the key named by a verifier string; refuses (BadNote) another algorithm or a wrong key id."""
    name, _, rest = text.strip().partition("+")
    identifier, _, encoded = rest.partition("+")
    _check_name(name)
    data = _decode(encoded)
    if len(data) != 33 or data[:1] != ED25519:
        raise BadNote("验签公钥不是 Ed25519 公钥。")
    if key_id(name, data[1:]).hex() != identifier:
        raise BadNote("验签公钥的编号与名称、公钥不符。")
    return VerifierKey(name, key_id(name, data[1:]), data[1:])


def format_note(text: str, signatures: tuple[Signature, ...]) -> str:
    """Return the note as text; refuses (BadNote) a text without final newline or with control characters."""
    _check_text(text)
    if not signatures:
        raise BadNote("签名文本至少要有一个签名。")
    return text + "\n" + "".join(map(_signature_line, signatures))


def sign_note(text: str, name: str, key: bytes, sign: Callable[[bytes], bytes]) -> str:
    """Return `text` signed once: `key` is the 4-byte key id, `sign` maps the text's bytes to a signature."""
    _check_text(text)
    return format_note(text, (Signature(name, key, sign(text.encode())),))


def parse_note(data: str) -> Note:
    """Return the note in `data`; refuses (BadNote) whatever C2SP signed-note does not allow."""
    if len(data) > MAX_NOTE_CHARS:
        raise BadNote("签名文本过长。")
    text, separator, block = data.rpartition("\n\n")
    if not separator or not block.endswith("\n"):
        raise BadNote("缺少签名：正文与签名行之间应有一个空行，末行应以换行结束。")
    lines = block[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise BadNote("签名行过多。")
    _check_text(text + "\n")
    return Note(text + "\n", tuple(map(_parse_line, lines)))


def _signature_line(item: Signature) -> str:
    _check_name(item.name)
    if len(item.key_id) != 4 or not item.signature:
        raise BadNote("签名行须含 4 字节公钥编号和签名。")
    return f"— {item.name} {base64.b64encode(item.key_id + item.signature).decode()}\n"


def _parse_line(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != "—":
        raise BadNote("签名行应以“— ”开头。")
    _check_name(name)
    data = _decode(encoded)
    if len(data) < 5:
        raise BadNote("签名过短。")
    return Signature(name, data[:4], data[4:])


def _decode(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote("Base64 内容有误。") from None


def _check_name(name: str) -> None:
    if not name or _NOT_IN_NAME.search(name):
        raise BadNote("密钥名称不能为空，不能含空白或加号。")


def _check_text(text: str) -> None:
    if not text.endswith("\n"):
        raise BadNote("签名正文应以换行结束。")
    if _NOT_IN_TEXT.search(text):
        raise BadNote("签名正文不能含控制字符。")
