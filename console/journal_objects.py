"""What the journal calls the things that acts were done to."""

from __future__ import annotations

OBJECTS: dict[str, str] = {
    "competitions.edition": "届",
    "competitions.stage": "阶段",
    "competitions.announcement": "公告",
    "competitions.role": "角色",
    "competitions.editionpage": "页面",
    "entries.entry": "项目",
    "entries.submission": "申报存档",
    "entries.attachment": "附件",
    "judging.panel": "评审组",
    "judging.panelseat": "席位",
    "judging.assignment": "评审分配",
    "judging.scoresheet": "评分表",
    "judging.papersheet": "纸质评分",
    "judging.draw": "抽签",
    "judging.judgeinvitation": "评委邀请",
    "judging.judgeprofile": "评委档案",
    "voting.voteappeal": "票数申诉",
    "voting.votecase": "异常处理",
    "results.roundresult": "结果",
    "accounts.powersession": "系统管理权限",
    "core.message": "消息",
    "core.broadcast": "群发消息",
    "core.messagesetting": "自动消息",
}
