"""What a person sees of their entries on /my/."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.home_sections import Card, Empty
from accounts.models import User
from competitions.queries.access import latest_public_edition
from competitions.queries.schedule import is_stage_open
from core import dates
from entries import states
from entries.joint_link import joint_path
from entries.models import Entry, EntryApplicant, JointInvitation
from entries.queries.joint import waiting_for
from entries.queries.registration import entries_of

ACTIONS = {states.DRAFT: "继续填写", states.RETURNED: "去修改"}


def entry_cards(user: User, at: datetime) -> list[Card]:
    """The entries `user` acts for, newest first: status, edition, and since when."""
    return [_card(entry) for entry in entries_of(user)]


def joint_cards(user: User, at: datetime) -> list[Card]:
    """Invitations to take part in somebody else's entry that wait for `user` to answer for their organisation."""
    return [_joint_card(one) for one in waiting_for(user)]


def no_entries(user: User, at: datetime) -> Empty | None:
    """While registration is open, where to begin; nothing at other times."""
    edition = latest_public_edition()
    if edition is None or not is_stage_open(edition, "registration", at):
        return None
    return Empty(
        "还没有参赛项目", f"{edition.name}正在报名。", reverse("entries:register", args=[edition.slug]), "我要报名"
    )


def _joint_card(invitation: JointInvitation) -> Card:
    entry, invited = invitation.applicant.entry, invitation.applicant.organisation
    lead = next(one for one in entry.applicants.all() if one.part == EntryApplicant.Part.LEAD)
    return Card(
        title=entry.title or "未命名项目",
        url=joint_path(invitation.public_id),
        action="查看并答复",
        lines=(f"{lead.organisation.name}邀请{invited.name}", f"{dates.moment(invitation.invited_at, entry.edition.year)} 发出"),
    )


def _card(entry: Entry) -> Card:
    year = entry.edition.year
    lines = [entry.edition.short_name]
    if entry.number:
        lines.append(f"参赛编号 {entry.code}，{entry.group.name}" if entry.group else f"参赛编号 {entry.code}")
    elif entry.submitted_at and entry.state != states.DRAFT:
        lines.append(f"{dates.moment(entry.submitted_at, year)} 提交")
    else:
        lines.append(f"{dates.moment(entry.saved_at, year)} 保存")
    return Card(
        title=entry.title or "未命名项目",
        url=reverse("entries:my-entry", args=[entry.public_id]),
        action=ACTIONS.get(entry.state, "查看"),
        lines=tuple(lines),
        status=("entry", entry.state),
    )
