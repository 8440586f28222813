"""Invitations of judges: one row each, without the link."""

from __future__ import annotations

from accounts.pure.mobile import write_mobile
from competitions.models import Edition
from core.table_export import Field, Table
from judging.models import JudgeInvitation

FIELDS: list[Field[JudgeInvitation]] = [
    Field("name", "姓名", 14, lambda one: one.name),
    Field("kind", "角色", 12, lambda one: one.get_kind_display()),
    Field("reach", "邮箱或手机号", 30, lambda one: one.email or write_mobile(one.mobile)),
    Field("state", "状态", 12, lambda one: _state(one)),
    Field("sent_at", "发送时间", 20, lambda one: one.sent_at),
    Field("expires_at", "有效期至", 20, lambda one: one.expires_at),
    Field("accepted_at", "接受时间", 20, lambda one: one.accepted_at),
    Field("withdrawn_at", "撤回时间", 20, lambda one: one.withdrawn_at),
    Field("invited_by", "邀请人", 14, lambda one: one.invited_by.name),
]


def invitations_table(edition: Edition) -> Table[JudgeInvitation]:
    """Every invitation of the edition, by time."""
    rows = JudgeInvitation.objects.filter(edition=edition).select_related("invited_by")
    return Table(f"{edition.short_name}评委邀请", FIELDS, rows.order_by("sent_at", "pk"))


def _state(one: JudgeInvitation) -> str:
    """Whether it expired is told by its date: a file has no moment of its own."""
    if one.accepted_at:
        return "已接受"
    return "已撤回" if one.withdrawn_at else "等待接受"
