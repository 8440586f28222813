"""What a credit code says about its owner, and the registration numbers of places without credit codes."""

import re
from collections.abc import Mapping

from accounts.pure.uscc import parse_uscc
from core.text import fold_code

DISTRICT_CODES = ("440703", "440704", "440705", "440781", "440783", "440784", "440785")
OUTSIDE = "outside"
CITY = "4407"
KINDS_BY_PREFIX = {
    "91": "enterprise",
    "92": "enterprise",
    "93": "enterprise",
    "12": "public_institution",
    "51": "social_org",
    "52": "social_org",
    "53": "social_org",
}
# Universities and institutes are public institutions by their code: the name tells them apart.
KINDS_BY_WORD = {"大学": "university", "学院": "university", "研究院": "research_institute", "研究所": "research_institute"}
PLACES = {"hk": "香港", "mo": "澳门", "tw": "台湾", "other": "其他国家和地区"}
LONGEST_NUMBER = 40
# place → (pattern, how a number looks there); numbers of other places have no pattern of their own
_NUMBERS = {
    "hk": (r"\d{7,8}", "香港商业登记号码为 8 位数字，公司编号为 7 位数字"),
    "mo": (r"\d{1,6}(\(?[A-Z]{2}\)?)?", "澳门商业登记编号为不超过 6 位的数字，后面可带 SO 等字母"),
    "tw": (r"\d{8}", "台湾统一编号为 8 位数字"),
}
_USABLE = re.compile(r"[0-9A-Z().,/&#-]+")


def told_by_code(uscc: str, name: str = "") -> dict[str, str]:
    """`kind` and `district` as far as a sound credit code (with the organisation's `name`) tells them.

    The region is where the code was given, so a code of the nation, a province or the city as a whole tells no district.
    Only a suggestion: whoever fills in the form decides.
    """
    parsed = parse_uscc(uscc)
    if not uscc or parsed.faults:
        return {}
    found = {}
    kind = KINDS_BY_PREFIX.get(parsed.canonical[:2], "")
    if kind == "public_institution":
        kind = next((special for word, special in KINDS_BY_WORD.items() if word in name), kind)
    if kind:
        found["kind"] = kind
    region = parsed.canonical[2:8]
    if region in DISTRICT_CODES:
        found["district"] = region
    elif not region.endswith("0000") and not region.startswith(CITY):
        found["district"] = OUTSIDE
    return found


def tables() -> Mapping[str, object]:
    """The same for the browser (js/told-by-code.js), which fills in while somebody types."""
    return {
        "kinds": KINDS_BY_PREFIX, "words": KINDS_BY_WORD, "districts": list(DISTRICT_CODES), "city": CITY, "outside": OUTSIDE,
    }  # fmt: skip


def check_registration(place: str, raw: str) -> tuple[str, str, str]:
    """(canonical number, fault, warning) of an institution registered at `place` (a key of PLACES).

    Loose: a number that looks unlike those of its place is let through with a warning; only nothing, something too long
    and characters no register uses are refused.
    """
    number = fold_code(raw)
    if not number:
        return "", "请填写登记编号，如香港商业登记号码、澳门商业登记编号或所在地的公司注册号。", ""
    if len(number) > LONGEST_NUMBER:
        return "", f"登记编号最多 {LONGEST_NUMBER} 个字符，现为 {len(number)} 个，请只填编号。", ""
    if not _USABLE.fullmatch(number):
        odd = next(ch for ch in number if not _USABLE.fullmatch(ch))
        return "", f"登记编号中有“{odd}”，请只填字母、数字和连字符。", ""
    pattern, looks = _NUMBERS.get(place, ("", ""))
    if pattern and not re.fullmatch(pattern, number):
        return number, "", f"{looks}，您填写的是 {number}。已照填写的保存，请再对照登记证核对。"
    return number, "", ""
