"""Unified social credit codes 统一社会信用代码 (GB 32100-2015) and the organisation code inside them (GB 11714).

18 characters: 1 registering authority, 2 kind of entity, 3–8 region, 9–17 organisation code, 18 check character.
"""

import re

from core.parsed import Fault, Parsed, character_fault, refused
from core.text import fold_code

SCHEME = "uscc"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_NOUN = "统一社会信用代码"
_LABEL = re.compile(r"^(?:统一社会信用代码|统一代码|信用代码)(?:证)?(?:号)?:?")
# Rural collectives (N) and others have a letter in front: python-stdnum refuses these legal codes.
_AUTHORITIES = frozenset("123456789ANY")
_KIND_BY_PREFIX = {
    "11": "government",
    "12": "public_institution",
    "51": "social_organisation",
    "52": "social_organisation",
    "53": "social_organisation",
    "91": "enterprise",
    "92": "self_employed",
    "93": "farmers_cooperative",
}


def check_character(body: str) -> str:
    """Return the 18th character for the first 17 of a code (upper case); raise ValueError on anything else."""
    if len(body) != 17 or any(ch not in ALPHABET for ch in body):
        raise ValueError("the body of a credit code has 17 characters of its alphabet")
    total = sum(ALPHABET.index(ch) * weight for ch, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check_character(body: str) -> str:
    """Return the 9th character of an organisation code for its first 8; letters count A=10 … Z=35 (GB 11714)."""
    if len(body) != 8 or any(ch not in ALPHABET for ch in body):
        raise ValueError("the body of an organisation code has 8 characters")
    total = sum(int(ch, 36) * weight for ch, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def parse_uscc(raw: str) -> Parsed:
    """Read a credit code as typed by an organisation; kind = kind of entity by its first two characters, or empty.

    Refuses another length than 18, letters outside the alphabet (I O S V Z and look-alikes), an unknown registering
    authority, letters in the region, and a wrong check character (naming the right one). A wrong check character of
    the organisation code inside is a warning: some old codes have one.
    """
    code = _LABEL.sub("", fold_code(raw))
    fault = _form_fault(code) or _place_fault(code)
    if fault:
        return refused(SCHEME, fault, country="CN")
    kind = _KIND_BY_PREFIX.get(code[:2], "")
    return Parsed(SCHEME, code, "CN", kind, warnings=_organisation_warnings(code[8:17]))


def _form_fault(code: str) -> Fault | None:
    if not code:
        return Fault("empty", "统一社会信用代码还没有填写，请照营业执照或法人证书填写。")
    fault = character_fault(code, ALPHABET, _NOUN)
    if fault is None and len(code) != 18:
        return Fault("length", f"统一社会信用代码应为 18 位，现为 {len(code)} 位，请对照营业执照核对。")
    return fault


def _place_fault(code: str) -> Fault | None:
    if code[0] not in _AUTHORITIES:
        return Fault("authority", f"第 1 位（登记管理部门）应为 1—9、A、N 或 Y，现为 {code[0]}，请对照营业执照核对。")
    if not code[2:8].isdigit():
        return Fault("region", f"第 3—8 位应为 6 位行政区划数字，现为 {code[2:8]}，请对照营业执照核对。")
    expected = check_character(code[:17])
    if code[17] == expected:
        return None
    message = f"统一社会信用代码校验位不对。按前 17 位计算，最后一位应为 {expected}，请对照营业执照核对。"
    return Fault("check", message)


def _organisation_warnings(code: str) -> tuple[Fault, ...]:
    expected = organisation_check_character(code[:8])
    if code[8] == expected:
        return ()
    message = f"代码中的组织机构代码（第 9—17 位）校验位应为 {expected}，现为 {code[8]}，请对照营业执照核对。"
    return (Fault("organisation_check", message),)
