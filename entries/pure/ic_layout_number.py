"""Registration numbers of layout-designs of integrated circuits: `BS.` + two digits of the year + seven digits."""

import re

from core.parsed import Fault, Parsed, character_fault, refused
from core.text import fold_number
from entries.pure.asset_type import IC_LAYOUT

SCHEME = "cn_ic_layout"
_NOUN = "布图设计登记号"
_EXAMPLE = "BS.185559220"
_LABEL = re.compile(r"^(?:布图设计)?登记号:?")
_DIGITS = frozenset("0123456789")


def parse_ic_layout_number(raw: str) -> Parsed:
    """Read a layout-design number; canonical form `BS.185559220`; the dot may be missing, the letters BS may not.

    Refuses another length, a hyphen for the dot, and characters other than digits. There is no check character.
    """
    text = _LABEL.sub("", fold_number(raw)).replace("。", ".")
    number = text.removeprefix("BS").removeprefix(".")
    fault = _prefix_fault(text) or character_fault(number, _DIGITS, _NOUN) or _length_fault(number)
    if fault:
        return refused(SCHEME, fault, country="CN")
    return Parsed(SCHEME, f"BS.{number}", "CN", IC_LAYOUT, 2000 + int(number[:2]))


def _prefix_fault(text: str) -> Fault | None:
    if not text:
        return Fault("empty", f"布图设计登记号还没有填写，例如 {_EXAMPLE}。")
    if not text.startswith("BS"):
        return Fault("prefix", f"布图设计登记号应以 BS. 开头，例如 {_EXAMPLE}，请照登记证书填写。")
    if text.startswith("BS-"):
        return Fault("dot", f"BS 与数字之间应为点号，不是短横，请写作 {_EXAMPLE} 的样式。")
    return None


def _length_fault(number: str) -> Fault | None:
    if len(number) == 9:
        return None
    return Fault("length", f"BS. 之后应为 9 位数字，现为 {len(number)} 位，请照登记证书核对。")
