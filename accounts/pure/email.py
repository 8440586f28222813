"""E-mail addresses: one canonical form, so that one person is one address however it is typed."""

import re

from core.parsed import Fault, Parsed, refused
from core.text import fold, lower_ascii, quote_character

SCHEME = "email"
MAX_LENGTH = 254
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,58}}[a-z0-9])")


def normalize_email(raw: str) -> Parsed:
    """Read an address; canonical form is NFKC, stripped, lower case.

    Refuses characters outside ASCII (a Cyrillic letter would make a second account look like the first), a missing
    or second @, and domains without a dot. Quoted local parts, which no provider here issues, are refused too.
    """
    text = lower_ascii(fold(raw))
    fault = _text_fault(text) or _shape_fault(text)
    if fault:
        return refused(SCHEME, fault)
    return Parsed(SCHEME, text)


def mask_email(canonical: str) -> str:
    """Return an address fit to be shown: `a***@example.com`; anything unreadable becomes `***`."""
    local, at, domain = canonical.rpartition("@")
    if not (local and at and domain):
        return "***"
    first = local[0] if len(local) > 1 else ""
    return f"{first}***@{domain}"


def _text_fault(text: str) -> Fault | None:
    if not text:
        return Fault("empty", "邮箱还没有填写，例如 name@example.com。")
    if len(text) > MAX_LENGTH:
        return Fault("length", f"邮箱最多 {MAX_LENGTH} 个字符，现为 {len(text)} 个，请只填写一个邮箱。")
    odd = next((ch for ch in text if not "!" <= ch <= "~"), None)
    if odd is None:
        return None
    return Fault("character", f"邮箱中不能有{_name(odd)}，请删去或切换到英文输入法重新输入。")


def _name(ch: str) -> str:
    return "空格" if ch == " " else quote_character(ch)


def _shape_fault(text: str) -> Fault | None:
    count = text.count("@")
    if count != 1:
        return Fault("at", f"邮箱中应有一个 @，现有 {count} 个，例如 name@example.com。")
    local, _, domain = text.partition("@")
    if len(local) > 64 or not _LOCAL.fullmatch(local):
        return Fault("local", "@ 之前的部分写法不对，请核对字母、数字和点号，例如 name@example.com。")
    if not _DOMAIN.fullmatch(domain):
        return Fault("domain", "@ 之后应为完整的邮箱域名，例如 name@example.com，请核对。")
    return None
