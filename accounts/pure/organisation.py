"""The rules for what an organisation says about itself (standard library and the identifier readers only)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.pure.email import normalize_email
from accounts.pure.mobile import normalize_mobile
from accounts.pure.uscc import parse_uscc
from core.text import fold

KINDS_WITHOUT_USCC = frozenset({"team", "individual", "overseas"})


@dataclass(slots=True)
class Checked:
    """Canonical `values` by field, `faults` (refuse) by field, `warnings` (show, let through)."""

    values: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def check_organisation(values: Mapping[str, str]) -> Checked:
    """Check name, kind, uscc, contact_name, contact_mobile, contact_email and address as they were typed.

    A legal person needs a credit code that checks; a team, a person or an overseas institution has none. The contact's
    mobile and address may be empty, what is given must be readable.
    """
    checked = Checked()
    for name in ("name", "contact_name", "address"):
        checked.values[name] = fold(values.get(name) or "")
    if not checked.values["name"]:
        checked.faults["name"] = "单位名称还没有填写，请与营业执照或法人证书一致。"
    _check_uscc(checked, values.get("kind") or "", fold(values.get("uscc") or ""))
    for name, read in (("contact_mobile", normalize_mobile), ("contact_email", normalize_email)):
        text = fold(values.get(name) or "")
        parsed = read(text) if text else None
        checked.values[name] = parsed.canonical if parsed else ""
        if parsed and parsed.faults:
            checked.faults[name] = parsed.faults[0].message
    return checked


def _check_uscc(checked: Checked, kind: str, uscc: str) -> None:
    checked.values["uscc"] = ""
    if kind in KINDS_WITHOUT_USCC:
        if uscc:
            checked.faults["uscc"] = "这类主体没有统一社会信用代码，请清空此项，或改选有代码的主体类型。"
        return
    parsed = parse_uscc(uscc)
    checked.values["uscc"] = parsed.canonical
    checked.warnings += [warning.message for warning in parsed.warnings]
    if parsed.faults:
        checked.faults["uscc"] = parsed.faults[0].message
