"""International (PCT) application numbers: `PCT/CC YYYY/NNNNNN` since 2004, `PCT/CC YY/NNNNN` before."""

import re

from core.parsed import Fault, Parsed, character_fault, refused
from core.text import fold_code
from entries.pure.asset_type import PCT_APPLICATION

SCHEME = "pct_application"
FIRST_LONG_YEAR = 2004
# The treaty opened for filing in 1978; two digits of the year were written until 2003.
_SHORT_YEARS = {f"{year % 100:02d}": year for year in range(1978, FIRST_LONG_YEAR)}

_NOUN = "PCT 国际申请号"
_EXAMPLE = "PCT/CN2022/079908"
_LABEL = re.compile(r"^(?:PCT)?(?:国际)?(?:申请)?号:?")
_SHAPE = re.compile(r"PCT/([A-Z]{2})([0-9]{4}|[0-9]{2})/([0-9]+)")
_ALLOWED = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ/")


def parse_pct_application(raw: str) -> Parsed:
    """Read a PCT application number; canonical form `PCT/CN2022/079908`, country `WO`, year of filing.

    Refuses missing slashes, a two-digit year after 2003, a wrong length, and a WO publication number.
    Source: the numbering of international applications (domain §6.3).
    """
    text = _LABEL.sub("", fold_code(raw))
    fault = _form_fault(text)
    match = _SHAPE.fullmatch(text)
    if fault or match is None:
        return refused(SCHEME, fault or _shape_fault(), country="WO")
    digits, serial = match.group(2), match.group(3)
    fault = _year_fault(digits) or _serial_fault(digits, serial)
    if fault:
        return refused(SCHEME, fault, country="WO")
    return Parsed(SCHEME, text, "WO", PCT_APPLICATION, _SHORT_YEARS.get(digits) or int(digits))


def _form_fault(text: str) -> Fault | None:
    if not text:
        return Fault("empty", f"PCT 国际申请号还没有填写，例如 {_EXAMPLE}。")
    if text.startswith("WO"):
        return Fault("publication_number", f"WO 开头的是国际公布号，这里填写国际申请号，例如 {_EXAMPLE}。")
    return character_fault(text, _ALLOWED, _NOUN)


def _shape_fault() -> Fault:
    return Fault("format", f"PCT 国际申请号应写作 {_EXAMPLE}，含两处斜线，请照受理通知书填写。")


def _year_fault(digits: str) -> Fault | None:
    if len(digits) == 2 and digits not in _SHORT_YEARS:
        return Fault("year", f"2004 年起年份应写 4 位，现为 {digits}，例如 {_EXAMPLE}。")
    if len(digits) == 4 and int(digits) < FIRST_LONG_YEAR:
        return Fault("year", f"{digits} 不是可用的年份：2003 年及以前写两位年份，例如 PCT/CN98/00123。")
    return None


def _serial_fault(digits: str, serial: str) -> Fault | None:
    expected = 6 if len(digits) == 4 else 5
    if len(serial) == expected:
        return None
    return Fault("length", f"最后一段应为 {expected} 位数字，现为 {len(serial)} 位，请照受理通知书核对。")
