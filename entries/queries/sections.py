"""What an entry says as rows an examiner can comment on, by the tabs of the review page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from core.figures import wan
from entries.models import Attachment, Entry, IPAsset
from entries.queries.completeness import required_files
from entries.queries.content import TEXTS
from entries.queries.detail_rows import Row, detail_rows
from entries.queries.details import BLOCKS
from entries.queries.dossier import Dossier
from entries.queries.formality import ASSET_COLUMNS

MONO = ("number", "publication_number", "ipc_main", "classification")
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading; `name` when the section as one can be commented on; `is_whole` when it only stands for the
    whole list, so that one can comment on that."""

    title: str
    rows: list[Row] = field(default_factory=list)
    name: str = ""
    badge: str = ""
    is_whole: bool = False


def applicant_sections(dossier: Dossier) -> list[Section]:
    """One section for each organisation, without its contacts: those are shown only when asked for."""
    found = []
    for index, applicant in enumerate(dossier.applicants, start=1):
        organisation = applicant.organisation
        rows = [
            Row("", "单位名称", organisation.name),
            Row("", "主体类型", organisation.get_kind_display()),
            Row("", organisation.identifier_label, organisation.identifier or NOTHING, is_mono=True),
            Row("", "所在县（市、区）", organisation.get_district_display()),
            Row("", "地址", organisation.address or NOTHING),
            Row(f"applicant.{index}.revenue", "上一年度营业收入", wan(applicant.revenue)),
        ]
        found.append(Section(applicant.get_part_display(), rows, badge="" if applicant.joined_at else "未确认参加"))
    return [*found, Section("全部申报主体", [Row("applicants", "单位增减", f"共 {len(found)} 家")], is_whole=True)]


def project_sections(dossier: Dossier) -> list[Section]:
    entry = dossier.entry
    public = ("title", "short_name", "track", "industry", "ipc_main", "maturity", "pitch", "summary")
    told = [name for name in TEXTS if name not in public]
    declared = ["is_display_consented", "is_truth_declared"]
    if dossier.rules.needs_award_declaration:
        declared.append("is_award_free_declared")
    return [
        Section("公开展示的内容", _texts(entry, public)),
        Section("供评审阅读的内容", _texts(entry, told)),
        Section("声明", _texts(entry, declared)),
    ]


def patent_sections(dossier: Dossier) -> list[Section]:
    found = [
        Section(f"第 {index} 件", _asset_rows(index, asset), f"asset.{index}", "核心" if asset.is_core else "")
        for index, asset in enumerate(dossier.assets, start=1)
    ]
    return [*found, Section("整份清单", [Row("assets", "增减和次序", f"共 {len(found)} 件")], is_whole=True)]


def file_sections(dossier: Dossier) -> list[Section]:
    """A section for each kind of material that is there or must be."""
    needed = required_files(dossier)
    kinds = [kind for kind in Attachment.Kind if kind in needed or any(one.kind == kind for one in dossier.files)]
    found = []
    for kind in kinds:
        files = [one for one in dossier.files if one.kind == kind]
        rows = [Row("", one.original_name, "", file=one) for one in files] or [Row("", "还没有上传", "")]
        if kind == Attachment.Kind.COVER:
            rows.append(Row("", "封面说明", dossier.entry.cover_alt or NOTHING))
        found.append(Section(str(kind.label), rows, f"file.{kind.value}", "必交" if kind in needed else ""))
    return [*found, Section("其他材料", [Row("files", "补充或更换", f"共 {len(dossier.files)} 个文件")], is_whole=True)]


def detail_sections(dossier: Dossier) -> list[Section]:
    """The optional facts that were given, each block as one that can be commented on."""
    return [Section(BLOCKS[name], rows, name) for name, rows in detail_rows(dossier.entry, dossier.applicants).items()]


TABS = {
    "applicant": ("申报主体", applicant_sections),
    "project": ("项目信息", project_sections),
    "patents": ("专利清单", patent_sections),
    "files": ("附件", file_sections),
    "details": ("补充信息", detail_sections),
}


def _texts(entry: Entry, names: Iterable[str]) -> list[Row]:
    shown = [(name, _value(entry, name)) for name in names]
    return [Row(name, _label(Entry, name), value, name in MONO and value != NOTHING) for name, value in shown]


def _asset_rows(index: int, asset: IPAsset) -> list[Row]:
    rows = []
    for column in ASSET_COLUMNS:
        stored = "number_raw" if column == "number" else column
        value = asset.number or asset.number_raw or NOTHING if column == "number" else _value(asset, column)
        rows.append(Row(f"asset.{index}.{column}", _label(IPAsset, stored), value, column in MONO and value != NOTHING))
    return rows


def _label(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def _value(obj: Any, name: str) -> str:
    display = getattr(obj, f"get_{name}_display", None)
    value = display() if display else getattr(obj, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value or NOTHING)
