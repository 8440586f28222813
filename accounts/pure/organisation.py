"""The rules for what an organisation says about itself (standard library and the identifier readers only)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.pure.email import normalize_email
from accounts.pure.mobile import normalize_mobile
from accounts.pure.registration import PLACES, check_registration, told_by_code
from accounts.pure.uscc import parse_uscc
from core.text import fold

OVERSEAS = "overseas"
KINDS_WITHOUT_USCC = frozenset({"team", "individual", OVERSEAS})


@dataclass(slots=True)
class Checked:
    """Canonical `values` by field, `faults` (refuse) by field, `warnings` (show, let through)."""

    values: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def check_organisation(values: Mapping[str, str]) -> Checked:
    """Check name, kind, uscc, district, registered_in, registration_number, contact_name, contact_mobile, contact_email
    and address as they were typed.

    A legal person needs a credit code that checks; kind and district left open are taken from it. An overseas institution
    has a registration number of its place instead (loosely checked), a team or a person has neither. The contact's mobile
    and address may be empty, what is given must be readable.
    """
    checked = Checked()
    for name in ("name", "contact_name", "address"):
        checked.values[name] = fold(values.get(name) or "")
    if not checked.values["name"]:
        checked.faults["name"] = "单位名称还没有填写，请与营业执照或法人证书一致。"
    told = told_by_code(fold(values.get("uscc") or ""), checked.values["name"])
    for name, missing in (("kind", "请选择主体类型。"), ("district", "请选择所在县（市、区）。")):
        checked.values[name] = values.get(name) or told.get(name, "")
        if not checked.values[name]:
            checked.faults[name] = missing
    _check_uscc(checked, checked.values["kind"], fold(values.get("uscc") or ""))
    _check_registration(checked, checked.values["kind"], values)
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


def _check_registration(checked: Checked, kind: str, values: Mapping[str, str]) -> None:
    checked.values |= {"registered_in": "", "registration_number": ""}
    if kind != OVERSEAS:
        return
    place = values.get("registered_in") or ""
    if place not in PLACES:
        checked.faults["registered_in"] = "请选择在哪里登记注册。"
    number, fault, warning = check_registration(place, values.get("registration_number") or "")
    checked.values |= {"registered_in": place, "registration_number": number}
    if fault:
        checked.faults["registration_number"] = fault
    if warning:
        checked.warnings.append(warning)
