"""Family members abroad, several in one cell: “US10681263B2；EP3406191B1（授权）；PCT/CN2022/093390”.

Standard library only. Lenient as all foreign numbers are: what looks odd is said, never refused.
"""

from __future__ import annotations

import re

from core.parsed import Parsed
from core.text import fold_number
from entries.pure.foreign_number import parse_foreign_number
from entries.pure.pct_number import parse_pct_application

_BETWEEN = re.compile(r"[；;、\n]+")
_REMARK = re.compile(r"[（(\[【].*?[）)\]】]")


def read_family(text: str) -> list[tuple[str, Parsed | None]]:
    """Each member as it was typed, with its number as read; None when it does not begin with its office."""
    members = [part.strip() for part in _BETWEEN.split(text)]
    return [(member, _read(member)) for member in members if member]


def family_warnings(text: str) -> list[str]:
    """A sentence for each member that cannot be told apart."""
    found = []
    for member, parsed in read_family(text):
        if parsed is None:
            found.append(f"境外同族“{member[:30]}”看不出国家或地区，请写成“US10681263B2”这样以两位代码开头的号码。")
        elif parsed.faults:
            found.append(f"境外同族“{member[:30]}”：{parsed.faults[0].message}")
    return found


def _read(member: str) -> Parsed | None:
    code = fold_number(_REMARK.sub("", member))
    if code.startswith("PCT"):
        return parse_pct_application(code)
    office = code[:2]
    return parse_foreign_number(code, office) if re.fullmatch(r"[A-Z]{2}", office) else None
