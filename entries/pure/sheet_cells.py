"""What a cell of a spreadsheet means in the patent list: words, days and ticks as people write them.

Standard library only. A cell that cannot be read keeps its text and gets a sentence that names it and the mend.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.text import fold, fold_number, parse_day
from entries.pure.application_number import parse_application_number
from entries.pure.asset_type import FOREIGN, IC_LAYOUT, INVENTION, PCT_APPLICATION
from entries.pure.sheet_columns import HEADINGS

LENGTHS = {
    "number_raw": 60,
    "title": 200,
    "owners": 300,
    "inventors": 300,
    "publication_number": 40,
    "classification": 40,
    "relation": 120,
    "family": 400,
    "number_reason": 200,
}
NOTHING = frozenset({"-", "--", "---", "/", "\\", "无", "暂无", "未授权", "n/a", "na", "none", "null", "—", "——", "空"})
TYPES = {
    "invention": ("发明", "发明专利", "发明授权", "授权发明", "发明申请", "发明公开", "中国发明", "中国发明专利", "invention", "inventionpatent", "patentforinvention", "patent"),
    "utility_model": ("实用新型", "实用新型专利", "新型", "实用", "utilitymodel", "um"),
    "design": ("外观设计", "外观设计专利", "外观", "design", "designpatent"),
    "ic_layout": ("集成电路布图设计", "布图设计", "集成电路", "布图", "iclayout", "layout", "layoutdesign"),
    "pct_application": ("pct", "pct申请", "pct国际申请", "国际申请", "pctapplication"),
    "foreign": ("境外专利", "境外", "国外专利", "海外专利", "外国专利", "foreign", "foreignpatent"),
}
STATUSES = {
    "filed": ("已受理", "受理", "申请中", "申请", "初审", "初步审查", "filed", "pending", "application"),
    "published": ("已公开", "公开", "published"),
    "substantive_exam": ("实质审查", "实审", "进入实审", "实质审查生效", "审查中", "审中", "在审", "复审", "授权通知", "待授权", "examination", "underexamination"),
    "granted": ("授权有效", "授权", "已授权", "有效", "有权", "专利权维持", "维持", "维持有效", "授权维持", "granted", "active", "inforce", "valid"),
    "ended": ("已失效", "失效", "无效", "无权", "终止", "未缴年费", "驳回", "撤回", "视为撤回", "视撤", "放弃", "届满", "期限届满", "宣告无效", "lapsed", "expired", "dead", "invalid", "rejected", "withdrawn"),
}
OBTAINED = {
    "self": ("自主研发", "自主", "自研", "自有", "原始取得", "申请取得", "self", "own"),
    "assigned": ("受让取得", "受让", "转让", "转让取得", "购买", "继受取得", "assigned", "assignment", "purchased"),
    "licensed": ("许可取得", "许可", "被许可", "获得许可", "licensed", "licence", "license"),
}
TICKS = {True: ("是", "有", "y", "yes", "true", "1", "√", "✓", "✔", "v", "☑", "核心"), False: ("否", "没有", "n", "no", "false", "0", "×", "✗", "x", "非")}
COUNTRIES = {
    "CN": ("中国", "中国大陆", "中华人民共和国", "china"),
    "US": ("美国", "usa", "unitedstates"),
    "EP": ("欧洲", "欧专局", "欧洲专利局", "epo"),
    "JP": ("日本", "japan"),
    "KR": ("韩国", "korea"),
    "WO": ("国际", "pct", "wipo"),
    "HK": ("香港", "中国香港"),
    "MO": ("澳门", "中国澳门"),
    "TW": ("台湾", "中国台湾"),
    "DE": ("德国", "germany"),
    "GB": ("英国",),
    "FR": ("法国",),
}
WORDS: dict[str, tuple[dict[Any, tuple[str, ...]], str]] = {
    "asset_type": (TYPES, "请填“发明”“实用新型”或“外观设计”"),
    "status": (STATUSES, "请填“授权有效”“实质审查”“已公开”“已受理”或“已失效”"),
    "obtained": (OBTAINED, "请填“自主研发”“受让取得”或“许可取得”"),
    "is_core": (TICKS, "请填“是”，或留空"),
    "is_licensed": (TICKS, "请填“是”或“否”"),
    "is_pledged": (TICKS, "请填“是”或“否”"),
    "is_litigated": (TICKS, "请填“是”或“否”"),
}
DAYS = ("filed_on", "granted_on")
LISTS = ("owners", "inventors", "family")
_SERIAL = re.compile(r"[2-6]\d{4}")
_EXCEL_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadCell:
    """`value` as the patent list keeps it (None when there is nothing), or the sentence why it cannot be read."""

    value: Any = None
    fault: str = ""


def read_cell(column: str, text: str) -> ReadCell:
    """Reads the cell of a column of HEADINGS. An empty cell, and what people write for “nothing”, is None."""
    words = fold(text)
    if not words or words.lower() in NOTHING:
        return ReadCell()
    if _EXCEL_ERROR.fullmatch(words):
        return ReadCell(fault=f"{HEADINGS[column]}是表格里的出错值“{words}”，请改成实际内容。")
    if column in DAYS:
        return _day(column, words)
    if column in WORDS:
        return _word(column, words)
    if column == "country":
        return _country(words)
    return _text(column, text.strip())


def settled_status(status: str, granted_on: date | None) -> str:
    """The legal state where none was given or the grant has overtaken it: granted with a day of grant, else filed."""
    if granted_on and status in ("", "filed", "published", "substantive_exam"):
        return "granted"
    return status or "filed"


def type_of_number(raw: str) -> tuple[str, str]:
    """(asset type, country) that a number tells of itself; ("", "") when it tells nothing."""
    code = fold_number(raw)
    parsed = parse_application_number(raw)
    if parsed.is_valid:
        return parsed.kind or INVENTION, "CN"
    if code.startswith(("PCT/", "PCTCN")):
        return PCT_APPLICATION, "WO"
    if code.startswith("BS"):
        return IC_LAYOUT, "CN"
    if re.match(r"(US|EP|JP|KR|WO|DE|GB|FR|TW|HK|AU|CA)[0-9D]", code):
        return FOREIGN, code[:2]
    return "", ""


def _day(column: str, words: str) -> ReadCell:
    text = re.split(r"[ T]\d{1,2}:\d{2}", words)[0]
    day = parse_day(text)
    if day is None and _SERIAL.fullmatch(text):
        day = date(1899, 12, 30) + timedelta(days=int(text))  # a day that lost its format in the spreadsheet
    if day is None:
        return ReadCell(fault=f"{HEADINGS[column]}“{words[:20]}”不是有效日期，请按“2024-03-02”的格式填写。")
    return ReadCell(day)


def _word(column: str, words: str) -> ReadCell:
    known, mend = WORDS[column]
    key = re.sub(r"[\s\-_。.（）()]+", "", words).lower()
    for value, spellings in known.items():
        if key == str(value).replace("_", "").lower() or key in spellings:
            return ReadCell(value)
    return ReadCell(fault=f"{HEADINGS[column]}“{words[:20]}”无法识别，{mend}。")


def _country(words: str) -> ReadCell:
    key = words.replace(" ", "").lower()
    for code, spellings in COUNTRIES.items():
        if key == code.lower() or key in spellings:
            return ReadCell(code)
    if re.fullmatch(r"[A-Za-z]{2}", words):
        return ReadCell(words.upper())
    return ReadCell(fault=f"国家或地区“{words[:20]}”无法识别，请填两位代码，如 CN、US、EP。")


def _text(column: str, text: str) -> ReadCell:
    joined = "；".join(part.strip() for part in text.split("\n") if part.strip()) if column in LISTS else " ".join(text.split())
    if len(joined) > LENGTHS[column]:
        return ReadCell(fault=f"{HEADINGS[column]}最多 {LENGTHS[column]} 字，现为 {len(joined)} 字，请删减。")
    return ReadCell(joined)
