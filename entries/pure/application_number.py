"""Chinese patent application numbers (standard ZC 0006-2003), which are also the patent numbers (ZL).

`YYYY T NNNNNNN . C` since 2003-10-01, `YY T NNNNN . C` from 1985 until then. T is the kind, C the check character:
digits × 2,3,4,5,6,7,8,9,2,3,4,5, sum modulo 11, 10 written X. Weights are distinct within eight places and 11 is
prime, so every single wrong digit and every swap of neighbours is caught; in the long form a swap of places
(1,9) (2,10) (3,11) (4,12) is not.
"""

import re

from core.parsed import Fault, Parsed, character_fault, refused
from core.text import fold_code
from entries.pure.asset_type import DESIGN, INVENTION, UTILITY_MODEL

SCHEME = "cn_application"
# 8 and 9 are international (PCT) applications that entered the national phase.
KIND_BY_DIGIT = {"1": INVENTION, "2": UTILITY_MODEL, "3": DESIGN, "8": INVENTION, "9": UTILITY_MODEL}
FIRST_LONG_YEAR = 2003
# Numbers of these years were often printed without a check character.
YEARS_WITHOUT_CHECK = range(1985, 1989)

_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_NOUN = "申请号"
_LABEL = re.compile(r"^(?:国家|中国|发明|实用新型|外观设计|专利|申请|[()/])*号码?:?")
_PUBLICATION = re.compile(r"CN[0-9]{7,9}[A-Z][0-9]?")
_ALLOWED = frozenset("0123456789X.")
_OLD_YEARS = {f"{year % 100:02d}": year for year in range(1985, 2004)}
_EMPTY = Fault("empty", "申请号还没有填写，请照受理通知书填写，例如 202210000101.3。")


def check_character(body: str) -> str:
    """Return the check character (0–9 or X) for a body of 8 or 12 ASCII digits; raise ValueError on another body."""
    if len(body) not in (8, 12) or not (body.isascii() and body.isdigit()):
        raise ValueError("an application number body has 8 or 12 digits")
    return "0123456789X"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=False)) % 11]


def make_application_number(year: int, kind_digit: str, serial: int) -> str:
    """Return a canonical long number with its check character, for demonstration data and tests.

    year: 2003–9999; kind_digit: one of 1 2 3 8 9; serial: 0–9999999. Other values raise ValueError.
    """
    if not FIRST_LONG_YEAR <= year <= 9999 or kind_digit not in KIND_BY_DIGIT or not 0 <= serial <= 9_999_999:
        raise ValueError("no such application number")
    body = f"{year}{kind_digit}{serial:07d}"
    return f"{body}.{check_character(body)}"


def parse_application_number(raw: str) -> Parsed:
    """Read a Chinese application or patent number as an applicant typed it; canonical form `202210000101.3`.

    Accepts ZL or CN, labels, spaces, hyphens, full-width text and a missing dot. Refuses a wrong or missing check
    character (naming the right one), a wrong length, an unknown kind or year, look-alike letters, placeholders and
    publication numbers. Source: ZC 0006-2003.
    """
    text = _LABEL.sub("", fold_code(raw)).replace("。", ".").replace("·", ".")
    if not text:
        return refused(SCHEME, _EMPTY, country="CN")
    if _PUBLICATION.fullmatch(text):
        message = f"{text} 是公开（公告）号，请填到“公开（公告）号”一栏，这里填写申请号。"
        return refused(SCHEME, Fault("publication_number", message), country="CN")
    prefix = text[:2] if text.startswith(("ZL", "CN")) else ""
    rest = text.removeprefix(prefix)
    fault = character_fault(rest, _ALLOWED, _NOUN) or _layout_fault(rest)
    if fault:
        return refused(SCHEME, fault, country="CN")
    return _read(prefix, *_split(rest))


def _layout_fault(rest: str) -> Fault | None:
    """Say what is wrong with a text of digits, X and dots that is no body plus check character."""
    if "X" in rest[:-1]:
        return Fault("placeholder", "“X”只能用作最后的校验位，请把中间的 X 换成实际数字。")
    if "." in rest[:-2] or rest.count(".") > 1:
        return Fault("dot", "点号只能出现在最后一位校验位之前，请照 202210000101.3 的样式填写。")
    return _length_fault(rest)


def _split(rest: str) -> tuple[str, str]:
    """Split body and check character; the check character may be missing."""
    if "." in rest:
        body, _, check = rest.partition(".")
        return body, check
    if len(rest) in (9, 13) or rest.endswith("X"):
        return rest[:-1], rest[-1]
    return rest, ""


def _length_fault(rest: str) -> Fault | None:
    body, _ = _split(rest)
    if len(body) in (8, 12):
        return None
    expected = "8 位" if body[:2] in _OLD_YEARS and len(body) < 10 else "12 位"
    return Fault("length", f"位数应为 {expected}，现为 {len(body)} 位（不计校验位），请对照受理通知书核对。")


def _read(prefix: str, body: str, check: str) -> Parsed:
    """Judge a body of the right length: year, kind, check character."""
    is_long = len(body) == 12
    year = int(body[:4]) if is_long else _OLD_YEARS.get(body[:2])
    digit = body[4] if is_long else body[2]
    checks, warnings = _check_findings(body, check, year)
    faults = (*_year_faults(body, year), *_kind_faults(digit), *checks)
    if faults:
        return refused(SCHEME, *faults, country="CN")
    canonical = f"{body}.{check_character(body)}"
    return Parsed(SCHEME, canonical, "CN", KIND_BY_DIGIT[digit], year, prefix, warnings=warnings)


def _year_faults(body: str, year: int | None) -> tuple[Fault, ...]:
    if year is None:
        return (Fault("year", f"前两位“{body[:2]}”不是年份：8 位申请号只用于 1985—2003 年，请核对是否少填了位数。"),)
    if len(body) == 12 and year < FIRST_LONG_YEAR:
        return (Fault("year", f"年份 {body[:4]} 不对：12 位申请号自 2003 年起使用，请核对前 4 位。"),)
    return ()


def _kind_faults(digit: str) -> tuple[Fault, ...]:
    if digit in KIND_BY_DIGIT:
        return ()
    return (Fault("kind", f"年份后一位应为 1、2、3、8 或 9（专利种类），现为 {digit}，请对照受理通知书核对。"),)


def _check_findings(body: str, check: str, year: int | None) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """Return the faults and the warnings about the check character."""
    expected = check_character(body)
    if check == expected:
        return (), ()
    if check:
        message = f"申请号校验位不对。按前 {len(body)} 位计算，最后一位应为 {expected}，请对照受理通知书核对。"
        return (Fault("check", message),), ()
    if len(body) == 8 and year in YEARS_WITHOUT_CHECK:
        message = f"{year} 年的申请号可以没有校验位，已按前 8 位补上 {expected}，请核对。"
        return (), (Fault("check_assumed", message),)
    return (Fault("check_missing", f"缺少校验位，应补 {expected}。"),), ()
