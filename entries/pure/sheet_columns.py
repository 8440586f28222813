"""Which column of a spreadsheet is which column of the patent list: by its heading, or by what stands in it.

Standard library only. The words are those found on the exports of search services and in the lists firms keep.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from core.text import fold, parse_day
from entries.pure.application_number import parse_application_number

# The columns of the template in their order, each with its heading there.
HEADINGS: dict[str, str] = {
    "number_raw": "申请号",
    "asset_type": "类型",
    "title": "专利名称",
    "filed_on": "申请日",
    "granted_on": "授权公告日",
    "status": "法律状态",
    "owners": "专利权人",
    "inventors": "发明人",
    "publication_number": "公开（公告）号",
    "classification": "分类号",
    "is_core": "核心专利",
    "relation": "与项目的关系",
    "obtained": "取得方式",
    "is_licensed": "已许可",
    "is_pledged": "已质押",
    "is_litigated": "有诉讼",
    "family": "境外同族",
    "country": "国家或地区",
    "number_reason": "号码说明",
}
# Other headings, the likelier first: where two columns of a sheet fit, the one named earlier is taken.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "number_raw": ("专利申请号", "专利号", "申请号码", "登记号", "申请编号", "号码", "applicationnumber", "applicationno", "appno", "patentnumber", "patentno", "number"),
    "asset_type": ("专利类型", "专利类别", "专利种类", "知识产权类型", "种类", "类别", "type", "patenttype", "kind", "category"),
    "title": ("名称", "发明名称", "标题", "专利标题", "名称标题", "title", "patenttitle", "inventiontitle", "name"),
    "filed_on": ("申请日期", "申请时间", "提交日", "filingdate", "applicationdate", "filedon", "filed", "appdate"),
    "granted_on": ("授权日", "授权日期", "授权公告日期", "授权时间", "公告日", "公告日期", "登记日", "grantdate", "grantedon", "issuedate", "granted"),
    "status": ("状态", "当前法律状态", "专利状态", "法律状态事件", "案件状态", "legalstatus", "status"),
    "owners": ("专利权人申请人", "权利人", "当前权利人", "当前专利权人", "申请人", "申请专利权人", "owner", "owners", "assignee", "applicant", "patentee"),
    "inventors": ("发明人设计人", "设计人", "发明设计人", "inventor", "inventors"),
    "publication_number": ("授权公告号", "公告号", "公开公告号", "公开号", "publicationnumber", "publicationno", "pubno", "grantnumber"),
    "classification": ("主分类号", "ipc", "ipc分类号", "ipc主分类号", "洛迦诺分类号", "分类", "classification", "ipcclass"),
    "is_core": ("核心", "是否核心", "是否核心专利", "参赛核心专利", "core", "iscore"),
    "relation": ("与项目关系", "关系", "关联说明", "relation"),
    "obtained": ("来源", "取得途径", "获得方式", "obtained", "source"),
    "is_licensed": ("是否许可", "许可", "许可情况", "licensed", "licence", "license"),
    "is_pledged": ("是否质押", "质押", "质押情况", "pledged", "pledge"),
    "is_litigated": ("是否诉讼", "诉讼", "涉诉", "诉讼情况", "litigated", "litigation"),
    "family": ("同族专利", "同族", "海外同族", "family", "familymembers", "patentfamily"),
    "country": ("国家", "国别", "申请国家", "国家地区", "受理局", "country", "office", "jurisdiction"),
    "number_reason": ("说明", "号码备注", "reason"),
}
_RANKS = {
    word: (rank, column)
    for column, heading in HEADINGS.items()
    for rank, word in enumerate((re.sub(r"[（(）)]", "", heading), *SYNONYMS[column]))
}
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_NOISE = re.compile(r"[\s*：:_\-/、.（）()]+")
LOOKED_AT = 10  # lines in which the headings are sought
ENOUGH = 0.6  # share of the cells that must read as numbers or days for a column without a heading


def column_of(heading: str) -> tuple[int, str] | None:
    """(rank, column) of a heading in any spelling; None when it is none of ours."""
    text = fold(heading).lower()
    for form in (text, _BRACKETS.sub("", text), re.split(r"[/、或]", text)[0]):
        found = _RANKS.get(_NOISE.sub("", form))
        if found:
            return found
    return None


def map_headings(headings: Sequence[str]) -> list[str]:
    """The column of the patent list for each heading, "" where there is none; each column is given once."""
    best: dict[str, tuple[int, int]] = {}
    for place, heading in enumerate(headings):
        found = column_of(heading)
        if found and found[1] not in best:
            best[found[1]] = (found[0], place)
        elif found:
            best[found[1]] = min(best[found[1]], (found[0], place))
    places = {place: column for column, (_, place) in best.items()}
    return [places.get(place, "") for place in range(len(headings))]


def find_headings(lines: Sequence[Sequence[str]]) -> int | None:
    """The index of the line of headings among the first ones: the one most of which is known, at least two cells."""
    known = [(sum(map(bool, map_headings(line))), -index) for index, line in enumerate(lines[:LOOKED_AT])]
    count, index = max(known, default=(0, 0))
    return -index if count >= 2 else None


def guess_columns(lines: Sequence[Sequence[str]]) -> list[str]:
    """For a table without headings: the application number, the days in their order and the title, by what is there."""
    width = max((len(line) for line in lines), default=0)
    columns = [[line[place] for line in lines if place < len(line) and line[place]] for place in range(width)]
    found = [""] * width
    days = ["filed_on", "granted_on"]
    lengths: Mapping[int, int] = {place: sum(map(len, cells)) for place, cells in enumerate(columns)}
    for place, cells in enumerate(columns):
        if "number_raw" not in found and _share(cells, lambda cell: parse_application_number(cell).is_valid):
            found[place] = "number_raw"
        elif days and _share(cells, lambda cell: parse_day(fold(cell)) is not None):
            found[place] = days.pop(0)
    free = [place for place in range(width) if not found[place] and columns[place]]
    if free and "number_raw" in found:
        found[max(free, key=lambda place: lengths[place])] = "title"
    return found


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(fits, cells)) >= ENOUGH * len(cells)
