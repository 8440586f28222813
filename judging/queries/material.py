"""What a judge reads of an entry. The one place that hides names in a blind round."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accounts.models import Organisation
from entries.models import Attachment, Entry, IPAsset
from judging.models import Assignment

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
BLIND_KINDS = frozenset({Attachment.Kind.PROPOSAL})
SEPARATORS = re.compile(r"[、，,；;/\s]+")


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
    """The title for lists; in a blind round without names of applicants. `entry.applicants` may be prefetched."""
    if not is_blind:
        return entry.title
    return mask(entry.title, [one.organisation.name for one in entry.applicants.all()])


def organisation_names(entry: Entry, is_blind: bool) -> str:
    """Who takes part; empty in a blind round. `entry.applicants` may be prefetched."""
    return "" if is_blind else "、".join(one.organisation.name for one in entry.applicants.all())


def read_material(assignment: Assignment) -> Material:
    """The material of the assignment's entry, with names hidden where the round is blind."""
    entry, is_blind = assignment.entry, assignment.seat.panel.round.is_blind
    assets = list(entry.assets.all())
    names = _names(entry, assets) if is_blind else []
    for asset in assets:
        asset.title = mask(asset.title, names)
        asset.relation = mask(asset.relation, names)
        if is_blind:
            asset.owners = asset.inventors = ""
    return Material(
        title=mask(entry.title, names),
        pitch=mask(entry.pitch, names),
        organisations=organisation_names(entry, is_blind),
        sections=_sections(entry, names, is_blind),
        assets=assets,
        files=[_file(entry, one, is_blind) for one in readable_files(assignment)],
        hidden=_hidden_note(is_blind),
    )


def readable_files(assignment: Assignment) -> list[Attachment]:
    """The attachments the judge may open; in a blind round only the proposal."""
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
    for name in sorted(set(names), key=len, reverse=True):
        text = text.replace(name, HIDDEN)
    return text


def _names(entry: Entry, assets: list[IPAsset]) -> list[str]:
    organisations: list[Organisation] = [one.organisation for one in entry.applicants.select_related("organisation")]
    people = [part for asset in assets for text in (asset.owners, asset.inventors) for part in SEPARATORS.split(text)]
    contacts = [one.contact_name for one in organisations if getattr(one, "contact_name", "")]
    return [name for name in [*(one.name for one in organisations), *people, *contacts] if len(name) >= 2]


def _sections(entry: Entry, names: list[str], is_blind: bool) -> list[tuple[str, str]]:
    found = [("一句话介绍", entry.pitch), ("公开简介", entry.summary)]
    found += [(label, getattr(entry, name)) for name, label in TEXTS if not (is_blind and name in NAMING)]
    return [(label, mask(text, names)) for label, text in found if text.strip()]


def _file(entry: Entry, file: Attachment, is_blind: bool) -> File:
    return File(file.public_id, file_name(entry, file, is_blind), file.get_kind_display(), file.size)


def _hidden_note(is_blind: bool) -> str:
    if not is_blind:
        return ""
    return (
        "本轮隐去单位名称：参赛单位、专利权人、发明人、团队情况，以及除项目申报书外的附件均不显示，"
        "正文中出现的上述名称以〔已隐去〕代替。申报书文件的内容未作处理。"
    )
