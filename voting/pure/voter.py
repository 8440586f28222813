"""Who votes: canonical identity strings, and the tag under which a voter stands in the ledger.

One person written in two ways would have two quotas, so an identity has one spelling before it is hashed.
"""

import hashlib
import hmac
import re
import unicodedata

from core.fault import Fault

TAG_BYTES = 16
KEY_BYTES = 32

_DEVICE = re.compile(r"[0-9a-f]{32}")
_OPENID = re.compile(r"[0-9A-Za-z_-]{16,64}")
_NOISE = re.compile(r"[\s\-‐-―().]+")
# Mainland, Hong Kong and Macau mobile numbers in E.164.
_MOBILE = re.compile(r"\+86(1[3-9]\d{9})|\+852([4-9]\d{7})|\+853(6\d{7})", re.ASCII)


class BadIdentity(Fault):
    """An identity that has no canonical form; the message is Chinese."""

    def __init__(self, message: str) -> None:
        super().__init__("bad_identity", message)


def device_identity(token_id: str) -> str:
    """Return the identity of a device by the id of its signed token (32 hex digits)."""
    if not _DEVICE.fullmatch(token_id):
        raise BadIdentity("设备标识有误，请刷新页面后再投。")
    return f"device:{token_id}"


def wechat_identity(openid: str) -> str:
    """Return the identity of a WeChat user; openids are case-sensitive and taken as they are."""
    if not _OPENID.fullmatch(openid):
        raise BadIdentity("微信标识有误，请重新授权。")
    return f"wechat:{openid}"


def mobile_identity(number: str) -> str:
    """Return the identity of a mobile number in E.164, however it was typed (full width, spaces, 0086).

    Accepts numbers of the mainland, Hong Kong (+852) and Macau (+853); refuses (BadIdentity) others.
    """
    digits = _NOISE.sub("", unicodedata.normalize("NFKC", number))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif re.fullmatch(r"86\d{11}", digits):
        digits = "+" + digits
    elif not digits.startswith("+"):
        digits = "+86" + digits
    if not _MOBILE.fullmatch(digits):
        raise BadIdentity("手机号码有误：请填 11 位内地手机号，或以 +852、+853 开头的港澳手机号。")
    return f"mobile:{digits}"


def voter_tag(campaign_key: bytes, identity: str) -> str:
    """Return the first 16 bytes, in hex, of HMAC-SHA256(campaign key, canonical identity).

    Refuses (ValueError) a key below 32 bytes: mobile numbers are few enough to be tried out.
    """
    if len(campaign_key) < KEY_BYTES:
        raise ValueError("a campaign key has at least 32 bytes")
    return hmac.digest(campaign_key, identity.encode(), hashlib.sha256)[:TAG_BYTES].hex()
