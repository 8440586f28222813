"""Mobile numbers of the mainland (by rule) and of Hong Kong and Macau (by the phonenumbers tables)."""

import re

import phonenumbers

from core.parsed import Fault, Parsed, refused
from core.text import fold, unify_dashes

SCHEME = "mobile"
_MAINLAND = re.compile(r"1[3-9][0-9]{9}")
_SEPARATORS = re.compile(r"[\s().-]+")
_INTERNATIONAL = re.compile(r"\+([0-9]+)")
_LANDLINE = re.compile(r"0[1-9][0-9]{8,10}")
_E164 = re.compile(r"\+(86|852|853)([0-9]{8,11})")
_REGIONS = {"852": "HK", "853": "MO"}
_NAMES = {"HK": "香港", "MO": "澳门"}
_MOBILE_TYPES = frozenset(
    {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
)


def normalize_mobile(raw: str) -> Parsed:
    """Read a mobile number; canonical form E.164 (`+8613800138000`), country CN, HK or MO.

    Accepts spaces, hyphens, brackets, full-width digits, +86 / 0086 / 86; Hong Kong and Macau need +852 / +853.
    Refuses landlines, other countries, and numbers that no operator of the region can have.
    """
    text = _SEPARATORS.sub("", unify_dashes(fold(raw)))
    if text.startswith("00"):
        text = "+" + text[2:]
    if text.startswith("86") and len(text) == 13:
        text = "+" + text
    match = _INTERNATIONAL.fullmatch(text)
    if match is None:
        return _mainland(text)
    for code, region in _REGIONS.items():
        if match.group(1).startswith(code):
            return _hong_kong_or_macau(match.group(1), region)
    if match.group(1).startswith("86"):
        return _mainland(match.group(1)[2:])
    return refused(SCHEME, Fault("region", "目前只支持内地、香港（+852）和澳门（+853）的手机号，请换一个号码。"))


def write_mobile(canonical: str | None) -> str:
    """Return a number as people write it: `13800138000`, `+852 61234567`; anything unreadable stays as it is."""
    match = _E164.fullmatch(canonical or "")
    if match is None:
        return canonical or ""
    code, number = match.groups()
    return number if code == "86" else f"+{code} {number}"


def mask_mobile(canonical: str) -> str:
    """Return a number fit to be shown: `138****8000`, `+852 61****67`; anything unreadable becomes `****`."""
    match = _E164.fullmatch(canonical)
    if match is None:
        return "****"
    code, number = match.groups()
    if code == "86":
        return f"{number[:3]}****{number[-4:]}"
    return f"+{code} {number[:2]}****{number[-2:]}"


def _mainland(number: str) -> Parsed:
    if _MAINLAND.fullmatch(number):
        return Parsed(SCHEME, f"+86{number}", "CN")
    return refused(SCHEME, _mainland_fault(number))


def _mainland_fault(number: str) -> Fault:
    if not number:
        return Fault("empty", "手机号还没有填写，请填写 11 位手机号。")
    if not (number.isascii() and number.isdigit()):
        return Fault("character", "手机号只能是数字，香港、澳门号码前加 +852 或 +853，请重新输入。")
    if _LANDLINE.fullmatch(number):
        return Fault("landline", "这是固定电话，请填到“固定电话”一栏，这里填写 11 位手机号。")
    if len(number) != 11:
        return Fault("length", f"手机号应为 11 位，您输入了 {len(number)} 位。")
    return Fault("prefix", f"手机号应以 13—19 开头，您输入的是 {number[:2]}，请核对。")


def _hong_kong_or_macau(digits: str, region: str) -> Parsed:
    """Judge a number by its full international digits, e.g. 85261234567."""
    if len(digits) != 11:
        message = f"{_NAMES[region]}手机号应为 8 位，您输入了 {len(digits) - 3} 位。"
        return refused(SCHEME, Fault("length", message))
    number = phonenumbers.parse(f"+{digits}")
    if phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in _MOBILE_TYPES:
        return Parsed(SCHEME, f"+{digits}", region)
    return refused(SCHEME, Fault("prefix", f"这不是{_NAMES[region]}的手机号，请核对后重新输入。"))
