"""Folding of typed text before a number, a code or an address is read (standard library only)."""

import re
import unicodedata
from datetime import date
from string import ascii_lowercase, ascii_uppercase

_TYPED_DAY = re.compile(r"(\d{4})(?:[-/.年 ]?)(\d{1,2})(?:[-/.月 ]?)(\d{1,2})日?")
_UPPER = str.maketrans(ascii_lowercase, ascii_uppercase)
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
# Hyphens, dashes and the minus sign that NFKC leaves apart; people type any of them for "-".
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))


def fold(raw: str) -> str:
    """Return `raw` in NFKC (full-width becomes ASCII), without invisible format characters and outer spaces.

    Format characters (zero-width space, direction marks) come along when a number is copied out of a PDF or a
    certificate window; nobody sees them, so nobody could mend them.
    """
    # Whatever is removed can bring a letter and its accent together: hence NFKC once more, here and in `_join`.
    visible = "".join(ch for ch in unicodedata.normalize("NFKC", raw) if unicodedata.category(ch) != "Cf")
    return unicodedata.normalize("NFKC", visible).strip()


def upper_ascii(text: str) -> str:
    """Upper-case a–z only.

    `str.upper` would turn the dotless ı into I and ß into SS: a look-alike would become a valid code.
    """
    return text.translate(_UPPER)


def lower_ascii(text: str) -> str:
    """Lower-case A–Z only, for the reason given at `upper_ascii`."""
    return text.translate(_LOWER)


def unify_dashes(text: str) -> str:
    """Write every kind of hyphen, dash and minus sign as `-`."""
    return text.translate(_DASHES)


def fold_number(raw: str) -> str:
    """Fold a number in which spaces and letter case carry no meaning, but hyphens do."""
    return _join(unify_dashes(upper_ascii(fold(raw))).split())


def fold_code(raw: str) -> str:
    """Fold a number or code in which spaces, hyphens and letter case carry no meaning."""
    return _join(fold_number(raw).split("-"))


def _join(parts: list[str]) -> str:
    return unicodedata.normalize("NFKC", "".join(parts))


def quote_character(ch: str) -> str:
    """Name one character for a message: “Х”（西里尔字母）; what cannot be shown is named by its code point."""
    if not ch.isprintable() or ch.isspace():
        return f"不可见字符 U+{ord(ch):04X}"
    name = unicodedata.name(ch, "")
    for script, label in (("CYRILLIC", "西里尔字母"), ("GREEK", "希腊字母")):
        if name.startswith(script):
            return f"“{ch}”（{label}）"
    return f"“{ch}”"


def parse_day(text: str) -> date | None:
    """The day in folded text typed as 2024-03-02, 2024/3/2, 2024.3.2, 20240302 or 2024年3月2日; None when it is none."""
    match = _TYPED_DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
