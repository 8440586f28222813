"""Numbers of patents outside the mainland: a pattern by office, lenient.

A number that fits no pattern of its office is let through with a warning that asks for a reason, because offices have
more forms than are known here. Refused are only texts that cannot be a number. Source: domain §6.3.
"""

import re
import unicodedata
from string import ascii_uppercase, digits, punctuation
from typing import NamedTuple

from core.parsed import Fault, Parsed, character_fault, refused
from core.text import fold_code, fold_number
from entries.pure.asset_type import FOREIGN

MAX_LENGTH = 40
_ASCII = frozenset(ascii_uppercase + digits + punctuation)
# Scripts in which the offices of East Asia write numbers; any other script can hide a look-alike letter.
_SCRIPTS = ("CJK UNIFIED", "HIRAGANA", "KATAKANA", "HANGUL")
_JAPANESE = str.maketrans("愿开许號", "願開許号")


class Pattern(NamedTuple):
    """One form of number: its name, the expression, the canonical form built from the groups, an example."""

    scheme: str
    expression: re.Pattern[str]
    canonical: str
    example: str


PATTERNS: dict[str, tuple[Pattern, ...]] = {
    "WO": (
        Pattern(
            "wo_publication",
            re.compile(r"WO(?P<year>19[0-9]{2}|20[0-9]{2})/?([0-9]{6})(A[1-9])?"),
            r"WO\1/\2\3",
            "WO2023/093390A1",
        ),
    ),
    "US": (
        Pattern("us_application", re.compile(r"US([0-9]{2}/[0-9]{6})"), r"US\1", "US10/778449"),
        Pattern(
            "us_publication",
            re.compile(r"US(?P<year>20[0-9]{2})([0-9]{7})(A[1-9])?"),
            r"US\1\2\3",
            "US20040165664A1",
        ),
        Pattern("us_grant", re.compile(r"US([0-9]{7,8})(A|B[12])?"), r"US\1\2", "US10681263B2"),
        Pattern("us_design", re.compile(r"USD([0-9]{6,7})(S1?)?"), r"USD\1\2", "USD912345S1"),
        Pattern("us_reissue", re.compile(r"USRE([0-9]{5,6})(E1?)?"), r"USRE\1\2", "USRE49123E1"),
    ),
    "EP": (
        Pattern("ep_application", re.compile(r"EP([0-9]{8})\.([0-9])"), r"EP\1.\2", "EP98660050.0"),
        Pattern("ep_publication", re.compile(r"EP([0-9]{7})(A[1-9]|B[1-3])?"), r"EP\1\2", "EP3406191B1"),
    ),
    "JP": (
        Pattern(
            "jp_application",
            re.compile(r"特願((?P<year>19[0-9]{2}|20[0-9]{2})|[平昭][0-9]{2})-([0-9]{6})"),
            r"特願\1-\3",
            "特願2008-101068",
        ),
        Pattern(
            "jp_publication",
            re.compile(r"特開((?P<year>19[0-9]{2}|20[0-9]{2})|[平昭][0-9]{2})-([0-9]{6})"),
            r"特開\1-\3",
            "特開2008-178149",
        ),
        Pattern("jp_grant", re.compile(r"特許第([0-9]{7})号"), r"特許第\1号", "特許第6928348号"),
        Pattern("jp_grant", re.compile(r"JP([0-9]{7})(B[12])?"), r"JP\1\2", "JP6928348B2"),
        Pattern(
            "jp_publication",
            re.compile(r"JP(?P<year>19[0-9]{2}|20[0-9]{2})-?([0-9]{6})A"),
            r"JP\1-\2A",
            "JP2008-178149A",
        ),
    ),
}


def ep_check_digit(body: str) -> str:
    """Return the Luhn check digit of the eight digits of a European application number, doubling from the right."""
    if len(body) != 8 or not (body.isascii() and body.isdigit()):
        raise ValueError("a European application number has 8 digits before the check digit")
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def parse_foreign_number(raw: str, country: str) -> Parsed:
    """Read a number of the office `country` (two letters; WO and EP are offices too); kind `foreign`.

    Refuses an empty text, one longer than 40 characters, one without a digit, Cyrillic or Greek look-alikes, and
    the country CN, whose numbers have their own readers. Offices without a pattern are stored as text.
    """
    office = fold_code(country)
    text = _normalise(raw, office)
    fault = _country_fault(office) or _text_fault(text)
    if fault:
        return refused("foreign_text", fault)
    for pattern in PATTERNS.get(office, ()):
        match = pattern.expression.fullmatch(text)
        if match:
            return _matched(pattern, match, office)
    return Parsed("foreign_text", text, office, FOREIGN, warnings=_unusual(office))


def _normalise(raw: str, office: str) -> str:
    text = fold_number(raw).replace("。", ".")
    if office == "US":
        text = text.replace(",", "")
    if office == "JP":
        text = text.translate(_JAPANESE)
    if office in PATTERNS and text and text[0] in digits:
        return office + text
    return text


def _country_fault(office: str) -> Fault | None:
    if not re.fullmatch(r"[A-Z]{2}", office):
        return Fault("country", "请先选择国家或地区，再填写号码。")
    if office == "CN":
        return Fault("country", "这是中国专利：请把类型改为发明、实用新型或外观设计，再填写申请号。")
    return None


def _text_fault(text: str) -> Fault | None:
    if not text:
        return Fault("empty", "专利号码还没有填写，请照受理通知书或证书填写。")
    if len(text) > MAX_LENGTH:
        return Fault("length", f"号码最多 {MAX_LENGTH} 个字符，现为 {len(text)} 个，请只填写号码。")
    east_asian = {ch for ch in text if unicodedata.name(ch, "").startswith(_SCRIPTS)}
    fault = character_fault(text, _ASCII | east_asian, "专利号码")
    if fault or any(ch in digits for ch in text):
        return fault
    return Fault("format", "号码中没有数字，请照受理通知书或证书填写。")


def _matched(pattern: Pattern, match: re.Match[str], office: str) -> Parsed:
    year = match.groupdict().get("year")
    warnings: tuple[Fault, ...] = ()
    if pattern.scheme == "ep_application":
        warnings = _ep_warnings(match.group(1), match.group(2))
    canonical = match.expand(pattern.canonical)
    return Parsed(pattern.scheme, canonical, office, FOREIGN, int(year) if year else None, warnings=warnings)


def _ep_warnings(body: str, check: str) -> tuple[Fault, ...]:
    expected = ep_check_digit(body)
    if check == expected:
        return ()
    message = f"欧洲申请号校验位不对。按前 8 位计算，最后一位应为 {expected}，请核对；确认无误请填写说明。"
    return (Fault("check", message, needs_reason=True),)


def _unusual(office: str) -> tuple[Fault, ...]:
    """Return the warning for a number that fits no pattern of an office whose patterns are known."""
    if office not in PATTERNS:
        return ()
    examples = "、".join(pattern.example for pattern in PATTERNS[office])
    message = f"这个号码不是常见的写法（如 {examples}），请核对；确认无误请填写说明。"
    return (Fault("unusual", message, needs_reason=True),)
