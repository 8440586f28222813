"""An entry on paper: everything that was filled in, and the commitment to be stamped and scanned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core import dates
from core.documents import render_pdf
from core.figures import size as written_size
from entries import states
from entries.models import Entry, IPAsset, Submission
from entries.pure.declarations import promises
from entries.queries.dossier import Dossier
from entries.queries.sections import NOTHING, Section, applicant_sections, detail_sections, project_sections


def entry_pdf(dossier: Dossier, *, at: datetime) -> bytes:
    """The PDF of the entry as it stands. What is not filed is marked as a draft; what is filed bears receipt and hash."""
    entry = dossier.entry
    submission = entry.submissions.order_by("-sequence").first()
    is_draft = entry.state in states.EDITABLE or submission is None
    data = {
        "edition": entry.edition.name,
        "committee": f"{entry.edition.name}组委会",
        "title": entry.title or "未命名项目",
        "mark": _mark(entry, submission, is_draft, at),
        "is_draft": is_draft,
        "sha256": "" if is_draft or submission is None else submission.sha256,
        "parts": [
            _part("申报主体", applicant_sections(dossier)),
            _part("项目信息", project_sections(dossier)[:-1]),
            *([_part("补充信息", told)] if (told := detail_sections(dossier)) else []),
        ],
        "assets": [_asset(one) for one in dossier.assets],
        "files": [[one.get_kind_display(), f"{one.original_name}（{written_size(one.size)}）"] for one in dossier.files],
        "promises": promises(excludes_awarded=dossier.rules.needs_award_declaration),
        "applicants": "、".join(one.organisation.name for one in dossier.applicants),
    }
    return render_pdf("entries/entry", data, at=at)


def _mark(entry: Entry, submission: Submission | None, is_draft: bool, at: datetime) -> str:
    if submission is None or entry.state == states.DRAFT:
        return f"草稿，尚未提交（{dates.moment(at)} 打印）"
    filed = f"受理号 {submission.receipt}，第 {submission.sequence} 版，{dates.moment(submission.at)} 提交"
    return f"补正中，尚未重新提交（{dates.moment(at)} 打印）" if is_draft else filed


def _part(title: str, sections: list[Section]) -> dict[str, Any]:
    shown = [one for one in sections if not one.is_whole]
    rows = [[[row.label, row.value] for row in one.rows if row.value != NOTHING] for one in shown]
    return {"title": title, "sections": [{"title": one.title, "rows": own} for one, own in zip(shown, rows, strict=True) if own]}


def _asset(asset: IPAsset) -> dict[str, Any]:
    flags = [text for name, text in (("is_licensed", "已许可"), ("is_pledged", "已质押"), ("is_litigated", "有诉讼或无效程序")) if getattr(asset, name)]
    more = [asset.owners, asset.get_obtained_display(), *flags, *([f"同族：{asset.family}"] if asset.family else [])]
    return {
        "number": asset.number or asset.number_raw or NOTHING,
        "is_core": asset.is_core,
        "kind": asset.get_asset_type_display(),
        "title": asset.title or NOTHING,
        "more": "；".join(one for one in more if one),
        "filed": asset.filed_on.isoformat() if asset.filed_on else NOTHING,
        "granted": asset.granted_on.isoformat() if asset.granted_on else NOTHING,
        "status": asset.get_status_display(),
    }
