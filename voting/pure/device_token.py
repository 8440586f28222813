"""Signed device tokens: what an ordinary browser shows instead of an account, without a row in a database.

    1.<key id>.<base64url of 16-byte id ‖ 4-byte minute of issue>.<base64url of the first 16 bytes of the HMAC>

The HMAC-SHA256 covers the audience too, so a token of another edition or installation is worth nothing here.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from core.fault import Fault

ID_BYTES = 16
MAC_BYTES = 16
SECRET_BYTES = 32

_TOKEN = re.compile(r"1\.([0-9a-z]{1,16})\.([0-9A-Za-z_-]{27})\.([0-9A-Za-z_-]{22})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_SKEW = timedelta(minutes=5)


class BadDeviceToken(Fault):
    """A token that is not accepted; `code` is malformed, foreign, forged or expired."""

    def __init__(self, code: str) -> None:
        super().__init__(code, "设备凭证无效或已过期，请刷新页面后再投。")


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """A signing secret (32 bytes or more) under a short id; `retired_at` is set when a newer one took over."""

    key_id: str
    secret: bytes = field(repr=False)
    retired_at: datetime | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9a-z]{1,16}", self.key_id) or len(self.secret) < SECRET_BYTES:
            raise ValueError("a device key has an id of 1 to 16 characters 0-9a-z and at least 32 bytes")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of one audience: exactly one current, the retired ones honoured for `grace`.

    A token is good for `lifetime` from its issue. Refuses (ValueError) two current keys, none, or one id twice.
    """

    audience: str
    keys: tuple[DeviceKey, ...]
    lifetime: timedelta = timedelta(days=90)
    grace: timedelta = timedelta(days=30)

    def __post_init__(self) -> None:
        current = [key for key in self.keys if key.retired_at is None]
        if len(current) != 1 or len({key.key_id for key in self.keys}) < len(self.keys):
            raise ValueError("a key ring has exactly one current key and no id twice")

    @property
    def current(self) -> DeviceKey:
        """The key new tokens are signed with."""
        return next(key for key in self.keys if key.retired_at is None)


@dataclass(frozen=True, slots=True)
class DeviceToken:
    """A token that was accepted: the device's id (32 hex digits), when it was issued, the key that signed it."""

    token_id: str
    issued_at: datetime
    key_id: str


def issue(ring: KeyRing, random: bytes, at: datetime) -> str:
    """Return a new token over 16 random bytes, signed with the current key.

    To renew one under a new key, pass the bytes of its `token_id`: the device stays the same voter.
    """
    if len(random) != ID_BYTES:
        raise ValueError("a device id is 16 random bytes")
    payload = random + ((at - _EPOCH) // _MINUTE).to_bytes(4, "big")
    head = f"1.{ring.current.key_id}.{_encode(payload)}"
    return f"{head}.{_encode(_mac(ring, ring.current, head))}"


def read(ring: KeyRing, token: str, at: datetime) -> DeviceToken:
    """Return the token's device; refuses (BadDeviceToken) what is malformed, foreign, forged or expired."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise BadDeviceToken("malformed")
    key = next((key for key in ring.keys if key.key_id == match[1]), None)
    if key is None:
        raise BadDeviceToken("foreign")
    # As text: another way to write the same bytes is not what was signed.
    if not hmac.compare_digest(match[3], _encode(_mac(ring, key, token.rpartition(".")[0]))):
        raise BadDeviceToken("forged")
    payload = base64.urlsafe_b64decode(match[2] + "=")
    issued_at = _EPOCH + int.from_bytes(payload[ID_BYTES:], "big") * _MINUTE
    _check_age(ring, key, issued_at, at)
    return DeviceToken(payload[:ID_BYTES].hex(), issued_at, key.key_id)


def _check_age(ring: KeyRing, key: DeviceKey, issued_at: datetime, at: datetime) -> None:
    if at >= issued_at + ring.lifetime or (key.retired_at and at >= key.retired_at + ring.grace):
        raise BadDeviceToken("expired")
    # A retired key that leaked must not mint tokens dated after its retirement.
    if issued_at > at + _SKEW or (key.retired_at and issued_at > key.retired_at + _SKEW):
        raise BadDeviceToken("forged")


def _mac(ring: KeyRing, key: DeviceKey, head: str) -> bytes:
    message = f"device-token\n{ring.audience}\n{head}".encode()
    return hmac.digest(key.secret, message, hashlib.sha256)[:MAC_BYTES]


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
