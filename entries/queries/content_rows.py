"""What an entry says, block by block: a line that sums each up, and what a return for correction asks of it."""

from __future__ import annotations

from dataclasses import dataclass

from core.figures import size
from entries import states
from entries.models import IPAsset
from entries.queries.dossier import Dossier
from entries.queries.sections import Section
from entries.queries.steps import STEPS, step_of

WANTED, MENDED, LOCKED = ("需补正", "undo", "warn"), ("已修改", "check", "ok"), ("已锁定", "lock", "mute")


@dataclass(frozen=True, slots=True)
class ContentRow:
    """A block of the form: its name, one line about it, a badge (word, icon, tone) while the entry is returned, and the
    template that shows it in full."""

    heading: str
    words: str
    badge: tuple[str, str, str] | None
    part: str


def content_rows(dossier: Dossier, details: list[Section]) -> list[ContentRow]:
    """The blocks in the order of the form; the optional facts only where there are any."""
    words = {"applicant": _applicants(dossier), "project": _project(dossier), "patents": _patents(dossier), "files": _files(dossier)}
    if details:
        words["details"] = "、".join(one.title for one in details)
    parts = {"patents": "patent_table"}
    return [
        ContentRow(STEPS[step], words[step], _badge(dossier, step), f"entries/applicant/{parts.get(step, f'part_{step}')}.html")
        for step in STEPS
        if step in words
    ]


def _badge(dossier: Dossier, step: str) -> tuple[str, str, str] | None:
    if dossier.entry.state != states.RETURNED or dossier.review is None:
        return None
    comments = [one for one in dossier.review.comments.all() if step_of(one.field) == step]
    if not comments:
        return LOCKED
    return MENDED if all(one.is_mended for one in comments) else WANTED


def _applicants(dossier: Dossier) -> str:
    names = "、".join(one.organisation.name for one in dossier.applicants)
    contact = dossier.lead.organisation.contact_name
    return f"{names}，联系人 {contact}" if contact else names


def _project(dossier: Dossier) -> str:
    entry = dossier.entry
    group = entry.group.name if entry.group else ""
    industry = str(dict(entry._meta.get_field("industry").choices or []).get(entry.industry, ""))
    return "，".join(filter(None, [group, industry])) or "还没有填写"


def _patents(dossier: Dossier) -> str:
    inventions = sum(one.asset_type == IPAsset.Kind.INVENTION for one in dossier.assets)
    return f"{len(dossier.assets)} 件，其中发明 {inventions} 件" if dossier.assets else "还没有填写"


def _files(dossier: Dossier) -> str:
    return f"{len(dossier.files)} 个文件，{size(sum(one.size for one in dossier.files))}" if dossier.files else "还没有文件"
