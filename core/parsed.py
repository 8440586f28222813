"""What every reader of a typed identifier gives back (standard library only).

A reader never raises on text: it returns a `Parsed` that is either accepted (a canonical form, perhaps warnings) or
refused (no canonical form, at least one fault). Forms show the messages as they are.
"""

from collections.abc import Container
from dataclasses import dataclass

from core.text import quote_character

# Letters that are taken for a digit, and the digit probably meant.
_MEANT = {"O": "0", "I": "1", "L": "1", "Z": "2", "S": "5"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong or doubtful: a stable `code` for tests and machines, a Chinese `message` for people.

    `needs_reason` marks a warning that is let through only when the applicant writes down why it is right.
    """

    code: str
    message: str
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """Faults (refuse) and warnings (show, let through) that concern several fields at once."""

    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A read identifier.

    scheme: which pattern was read, e.g. `cn_application`, `us_grant`, `uscc`, `mobile`.
    canonical: the one stored form, by which duplicates are found; empty when there are faults.
    country: two letters (`CN`, `US`, `WO`), empty where it means nothing.
    kind: what the number says about its bearer: an asset type, a kind of legal entity, an IPC level; or empty.
    year: the year written in the number, or None.
    prefix: what stood before a Chinese application number (`ZL` means a granted patent, `CN`, or empty).
    """

    scheme: str
    canonical: str = ""
    country: str = ""
    kind: str = ""
    year: int | None = None
    prefix: str = ""
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether the identifier was accepted (warnings do not count)."""
        return not self.faults

    @property
    def needs_reason(self) -> bool:
        """Whether the applicant has to write down why an unusual number is right."""
        return any(warning.needs_reason for warning in self.warnings)


def refused(scheme: str, *faults: Fault, country: str = "") -> Parsed:
    """Return the answer for an identifier that is not accepted."""
    return Parsed(scheme, country=country, faults=faults)


def character_fault(text: str, allowed: Container[str], noun: str) -> Fault | None:
    """Return the fault that names the first character of `text` which a `noun` (e.g. 申请号) never has."""
    odd = next((ch for ch in text if ch not in allowed), None)
    if odd is None:
        return None
    if odd in _MEANT:
        return Fault("character", f"{noun}中不会出现字母“{odd}”，请核对是否应为数字 {_MEANT[odd]}。")
    if odd.isascii():
        return Fault("character", f"{noun}中不会出现{quote_character(odd)}，请删去或改正这一位。")
    return Fault("character", f"{noun}中不会出现{quote_character(odd)}，请切换到英文输入法重新输入这一位。")
