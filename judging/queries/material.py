"""What a judge reads of an entry. The one place that hides names in a blind round."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accounts.models import Organisation
from entries.models import Attachment, Entry, IPAsset
from judging.models import Assignment
from judging.pure.conflict import short_name, split_names

HIDDEN = "〔已隐去〕"
TEXTS = (
    ("description", "技术方案与效果"),
    ("advantages", "与同类技术相比的优势"),
    ("layout", "专利布局思路"),
    ("market", "市场与转化情况"),
    ("team", "团队情况"),
    ("needs", "融资与合作需求"),
)
NAMING = frozenset({"team"})
BLIND_KINDS = frozenset({Attachment.Kind.ANONYMISED})
SHORTEST = 2  # a single character is no name, and would tear words apart


@dataclass(frozen=True, slots=True)
class File:
    """An attachment as the judge sees it: in a blind round without its own name."""

    public_id: str
    label: str
    detail: str
    size: int


@dataclass(frozen=True, slots=True)
class Material:
    """Everything of an entry a judge may read; `hidden` says what is left out, empty in an open round."""

    title: str
    pitch: str
    organisations: str
    sections: list[tuple[str, str]]
    assets: list[IPAsset]
    files: list[File]
    hidden: str


def entry_title(entry: Entry, is_blind: bool) -> str:
    """The title for lists; in a blind round without names. `entry.applicants` and `entry.assets` may be prefetched."""
    if not is_blind:
        return entry.title
    return mask(entry.title, hidden_names(entry, list(entry.assets.all())))


def entry_name(entry: Entry, is_blind: bool) -> str:
    """The short name for the wall and for papers, else the title; in a blind round without names."""
    if not is_blind:
        return entry.short_name or entry.title
    return mask(entry.short_name or entry.title, hidden_names(entry, list(entry.assets.all())))


def organisation_names(entry: Entry, is_blind: bool) -> str:
    """Who takes part; empty in a blind round. `entry.applicants` may be prefetched."""
    return "" if is_blind else "、".join(one.organisation.name for one in entry.applicants.all())


def read_material(assignment: Assignment) -> Material:
    """The material of the assignment's entry, with names hidden where the round is blind."""
    round = assignment.seat.panel.round
    entry, is_blind = assignment.entry, round.is_blind
    assets = list(entry.assets.all())
    names = hidden_names(entry, assets, with_numbers=round.hides_numbers) if is_blind else []
    for asset in assets:
        asset.title = mask(asset.title, names)
        asset.relation = mask(asset.relation, names)
        if is_blind:
            asset.owners = asset.inventors = ""
        if is_blind and round.hides_numbers:
            asset.number = asset.number_raw = asset.publication_number = ""
    return Material(
        title=mask(entry.title, names),
        pitch=mask(entry.pitch, names),
        organisations=organisation_names(entry, is_blind),
        sections=_sections(entry, names, is_blind),
        assets=assets,
        files=[_file(entry, one, is_blind) for one in readable_files(assignment)],
        hidden=_hidden_note(is_blind, round.hides_numbers),
    )


def readable_files(assignment: Assignment) -> list[Attachment]:
    """The attachments the judge may open; in a blind round only the anonymised file the examiner has seen."""
    files = assignment.entry.attachments.all()
    if assignment.seat.panel.round.is_blind:
        return [one for one in files if one.kind in BLIND_KINDS]
    return list(files)


def file_name(entry: Entry, file: Attachment, is_blind: bool) -> str:
    """The name a file is downloaded under: in a blind round made of number and kind, never what the entrant typed."""
    if not is_blind:
        return file.original_name
    ending = re.search(r"\.[A-Za-z0-9]{1,5}$", file.original_name)
    return f"{entry.code}-{file.get_kind_display()}{ending.group().lower() if ending else ''}"


def mask(text: str, names: list[str]) -> str:
    """`text` with every name in it replaced, the longest first."""
    wanted = sorted({name for name in names if len(name) >= SHORTEST}, key=len, reverse=True)
    if not wanted:
        return text
    return re.sub("|".join(re.escape(name) for name in wanted), HIDDEN, text, flags=re.IGNORECASE)


def hidden_names(entry: Entry, assets: list[IPAsset], *, with_numbers: bool = False) -> list[str]:
    """What must not be read in a blind round: applicants, owners, inventors and contacts, each also without its legal
    form (示例企业甲 for 示例企业甲有限公司); `with_numbers`: the numbers of the patents too."""
    organisations: list[Organisation] = [one.organisation for one in entry.applicants.all()]
    bodies = [one.name for one in organisations] + [name for one in assets for name in split_names(one.owners)]
    people = [name for one in assets for name in split_names(one.inventors)] + [one.contact_name for one in organisations]
    numbers = [text for one in assets for text in (one.number, one.number_raw, one.publication_number)]
    return [*bodies, *(short_name(body) for body in bodies), *people, *(numbers if with_numbers else [])]


def _sections(entry: Entry, names: list[str], is_blind: bool) -> list[tuple[str, str]]:
    found = [("一句话介绍", entry.pitch), ("公开简介", entry.summary)]
    found += [(label, getattr(entry, name)) for name, label in TEXTS if not (is_blind and name in NAMING)]
    return [(label, mask(text, names)) for label, text in found if text.strip()]


def _file(entry: Entry, file: Attachment, is_blind: bool) -> File:
    return File(file.public_id, file_name(entry, file, is_blind), file.get_kind_display(), file.size)


def _hidden_note(is_blind: bool, hides_numbers: bool) -> str:
    if not is_blind:
        return ""
    numbers = "、专利号" if hides_numbers else ""
    shown = "" if hides_numbers else "专利号没有隐去，请不要据此查询权利人。"
    return (
        f"本轮隐去单位名称：参赛单位、专利权人、发明人{numbers}、团队情况，以及除匿名版申报书外的附件均不显示，"
        f"正文中出现的上述名称以〔已隐去〕代替。没有隐去的：产业、组别、专利名称和日期，以及文件内未遮盖的内容。{shown}"
        "公开展示的页面上仍有单位名称，评审期间请不要查看。"
    )
