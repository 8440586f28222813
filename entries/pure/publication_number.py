"""Chinese publication and grant numbers with kind codes (standard ZC 0008)."""

import re

from core.parsed import Fault, Parsed, character_fault, refused
from core.text import fold_code
from entries.pure.asset_type import DESIGN, INVENTION, UTILITY_MODEL

SCHEME = "cn_publication"
# A published application; B, C granted invention; U, Y utility model; S, D design.
KIND_BY_LETTER = {
    "A": INVENTION,
    "B": INVENTION,
    "C": INVENTION,
    "U": UTILITY_MODEL,
    "Y": UTILITY_MODEL,
    "S": DESIGN,
    "D": DESIGN,
}
_KIND_BY_DIGIT = {"1": INVENTION, "2": UTILITY_MODEL, "3": DESIGN}
_NAMES = {INVENTION: "发明", UTILITY_MODEL: "实用新型", DESIGN: "外观设计"}
_NOUN = "公开（公告）号"
_LABEL = re.compile(r"^(?:申请|授权)?(?:公开|公告|公开\(公告\))号:?")
_SHAPE = re.compile(r"CN([0-9]+)([A-Z]?)[0-9]?")
_NUMBER = re.compile(r"[0-9]{7}|[0-9]{9}|8[5-8][0-9]{6}")
_APPLICATION = re.compile(r"(?:CN|ZL)?(?:[0-9]{8}|[0-9]{12})\.[0-9X]|(?:CN|ZL)?[0-9]{12}[0-9X]")
_ALLOWED = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def parse_publication_number(raw: str) -> Parsed:
    """Read a Chinese publication or grant number; canonical form `CN117129738A`, kind = asset type.

    Refuses an application number (naming its field), a missing or unknown kind code, a wrong length, and a number
    whose first digit contradicts the kind code. Since 2010 A and B share the number. Source: ZC 0008.
    """
    text = _LABEL.sub("", fold_code(raw))
    fault = _form_fault(text)
    match = _SHAPE.fullmatch(text)
    if fault or match is None:
        return refused(SCHEME, fault or _shape_fault(), country="CN")
    number, letter = match.groups()
    faults = _length_faults(number) or _kind_faults(number, letter)
    if faults:
        return refused(SCHEME, *faults, country="CN")
    return Parsed(SCHEME, text, "CN", KIND_BY_LETTER[letter])


def _form_fault(text: str) -> Fault | None:
    if not text:
        return Fault("empty", "公开（公告）号还没有填写，例如 CN117129738A。")
    if _APPLICATION.fullmatch(text):
        return Fault("application_number", "这是申请号，请填到“申请号”一栏；公开（公告）号的样式是 CN117129738A。")
    return character_fault(text, _ALLOWED, _NOUN)


def _shape_fault() -> Fault:
    return Fault("format", "公开（公告）号应为 CN 加数字再加一个字母，例如 CN117129738A，请照公布公告填写。")


def _length_faults(number: str) -> tuple[Fault, ...]:
    if _NUMBER.fullmatch(number):
        return ()
    return (Fault("length", f"数字应为 7 位或 9 位，现为 {len(number)} 位，请照公布公告核对。"),)


def _kind_faults(number: str, letter: str) -> tuple[Fault, ...]:
    if not letter:
        return (Fault("kind_missing", "末尾缺少种类字母（如 A、B、U、S），请照公布公告补上。"),)
    if letter not in KIND_BY_LETTER:
        return (Fault("kind", f"种类字母“{letter}”不存在，应为 A、B、C、U、Y、S、D 之一，请照公布公告核对。"),)
    # The 8-digit numbers of 1985–88 are application numbers: two digits of the year, then the kind.
    place = 3 if len(number) == 8 else 1
    digit = number[place - 1 : place]
    if _KIND_BY_DIGIT.get(digit) == KIND_BY_LETTER[letter]:
        return ()
    name = _NAMES[KIND_BY_LETTER[letter]]
    return (Fault("kind_mismatch", f"第 {place} 位数字 {digit} 与种类字母 {letter}（{name}）不一致，请照公布公告核对。"),)
