"""Ed25519 keys of the ledger: the one file here that is not pure (it needs `cryptography`)."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from core.ledger.note import (
    BadNote,
    Note,
    VerifierKey,
    format_verifier_key,
    key_id,
    parse_note,
    parse_verifier_key,
    sign_note,
)

SEED_BYTES = 32


def generate_seed() -> bytes:
    """Return 32 random bytes for a new signing key; whoever deploys keeps them in the environment."""
    return secrets.token_bytes(SEED_BYTES)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The signing half of a note key, from a 32-byte seed (RFC 8032); refuses another length."""

    name: str
    seed: bytes = field(repr=False)
    _private: Ed25519PrivateKey = field(init=False, repr=False, compare=False)
    public_key: bytes = field(init=False)
    key_id: bytes = field(init=False)  # the 4 bytes that signature lines carry

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_BYTES:
            raise ValueError("签名密钥的种子应为 32 字节。")
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        object.__setattr__(self, "_private", private)
        object.__setattr__(self, "public_key", private.public_key().public_bytes_raw())
        object.__setattr__(self, "key_id", key_id(self.name, self.public_key))
        format_verifier_key(self.name, self.public_key)

    @property
    def verifier_key(self) -> str:
        """The public half as text, to be published as `log.vkey`."""
        return format_verifier_key(self.name, self.public_key)

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of `message`."""
        return self._private.sign(message)

    def sign_note(self, text: str) -> str:
        """Return `text` as a note signed by this key."""
        return sign_note(text, self.name, self.key_id, self.sign)


def verify(note: str, verifier_keys: Iterable[str]) -> Note:
    """Return the note when a trusted key signed it.

    Signatures of unknown keys are ignored; refuses (BadNote) a note no trusted key signed, and one on which
    a trusted key's signature is wrong (C2SP signed-note).
    """
    parsed = parse_note(note)
    known = {(key.name, key.key_id): key for key in map(parse_verifier_key, verifier_keys)}
    trusted = [line for line in parsed.signatures if (line.name, line.key_id) in known]
    if not trusted:
        raise BadNote("没有受信任的签名。")
    for line in trusted:
        _check(known[line.name, line.key_id], parsed.text.encode(), line.signature)
    return parsed


def is_signature(key: VerifierKey, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is the key's signature of `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _check(key: VerifierKey, message: bytes, signature: bytes) -> None:
    if not is_signature(key, message, signature):
        raise BadNote(f"“{key.name}”的签名不正确。")
