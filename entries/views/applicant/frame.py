"""What every step of the registration shows around its form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from core.errors import Reason
from entries import states
from entries.queries.completeness import missing_for_submission, unmended_reasons
from entries.queries.dossier import Dossier
from entries.queries.editing import edit_scope
from entries.queries.extension import registration_end, supplement_ends
from entries.queries.steps import OPTIONAL, STEPS, step_after, step_before, step_of

# Reasons that concern a list as a whole have no control of their own: the step says them on top.
WHOLE_LISTS = ("applicants", "assets")


def step_url(dossier: Dossier, step: str) -> str:
    return reverse("entries:register-step", args=[dossier.entry.public_id, step])


def frame(dossier: Dossier, step: str, at: datetime) -> dict[str, Any]:
    """Context of a step page: entry, deadline, the list of steps with what each still lacks, and the way on."""
    entry = dossier.entry
    scope = edit_scope(entry)
    reasons = [*missing_for_submission(dossier, at), *unmended_reasons(dossier)]
    comments = dossier.review.comments.all() if dossier.review else []
    before, following = step_before(step), step_after(step)
    return {
        "entry": entry,
        "edition": entry.edition,
        "dossier": dossier,
        "at": at,
        "step": step,
        "heading": STEPS[step],
        "scope": scope,
        "reasons": reasons,
        "step_notes": [one.message for one in reasons if one.field in WHOLE_LISTS and step_of(one.field) == step],
        "steps": [step_item(dossier, name, step, reasons) for name in (STEPS if entry.state != states.ACCEPTED else ["files"])],
        "deadline": deadline(dossier, at),
        "step_comments": [one for one in comments if step_of(one.field) == step],
        "is_returned": entry.state == states.RETURNED,
        "back_url": step_url(dossier, before) if before else "",
        "next_label": f"下一步：{STEPS[following]}" if following != step else "",
        "my_url": reverse("entries:my-entry", args=[entry.public_id]),
    }


def deadline(dossier: Dossier, at: datetime) -> datetime | None:
    """Until when the applicant can still change and submit."""
    if dossier.review is not None:
        return dossier.review.due_at
    if dossier.entry.state == states.ACCEPTED:
        return supplement_ends(dossier.entry)[0]
    return registration_end(dossier.entry, at)


def step_item(dossier: Dossier, name: str, current: str, reasons: list[Reason]) -> dict[str, str]:
    """One line of the list of steps: done, or what it still lacks."""
    lacking = [one for one in reasons if step_of(one.field) == name]
    state = "now" if name == current else "next" if lacking else "done"
    if name in OPTIONAL:
        hint, state = "选填", "now" if name == current else "next"
    elif name == "review":
        before = len(reasons) - len(lacking)
        hint = f"共有 {before} 项未完成" if before else "还差承诺与同意" if lacking else "可以提交"
        state = "now" if name == current else "next"
    else:
        hint = f"还有 {len(lacking)} 项" if lacking else "已完成"
    return {"label": STEPS[name], "hint": hint, "url": step_url(dossier, name), "state": state}
