"""The organiser's menu: which pages there are, and the permission each asks for."""

from __future__ import annotations

from dataclasses import dataclass

from competitions.models import Round


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A page of the back office. `counts` names what waits there (console.queries.waiting), or is empty.

    `kind` is the round the page is about: the item is left out of an edition without it, and its name stands before the
    label.
    """

    label: str
    icon: str
    url: str
    permission: str
    kind: str = ""
    counts: str = ""


PRELIMINARY, FINAL = Round.Kind.PRELIMINARY.value, Round.Kind.FINAL.value
MANAGE = "competitions.manage_edition"

MENU: tuple[tuple[str, tuple[MenuItem, ...]], ...] = (
    (
        "",
        (
            MenuItem("工作台", "home", "console:dashboard", "competitions.view_console"),
            MenuItem("赛程与阶段", "flag", "competitions:stage-manage", MANAGE),
        ),
    ),
    (
        "项目",
        (
            MenuItem("形式审查", "inbox", "entries:formality-queue", "entries.examine_entry", counts="formality"),
            MenuItem("全部项目", "layers", "entries:entry-list", "entries.list_entries"),
            MenuItem("单位核验", "shield", "entries:organisation-list", "entries.examine_entry"),
        ),
    ),
    (
        "评审与决赛",
        (
            MenuItem("评委邀请", "mail", "judging:invitations", "judging.manage_panel"),
            MenuItem("评委与分组", "score", "judging:panel-manage", "judging.manage_panel", PRELIMINARY),
            MenuItem("评审进度", "chart", "judging:progress", "judging.view_progress", PRELIMINARY),
            MenuItem("评分表", "doc", "judging:sheet-list", "judging.view_sheets", PRELIMINARY),
            MenuItem("评委与分组", "score", "judging:panel-manage", "judging.manage_panel", FINAL),
            MenuItem("评审进度", "chart", "judging:progress", "judging.view_progress", FINAL),
            MenuItem("评分表", "doc", "judging:sheet-list", "judging.view_sheets", FINAL),
            MenuItem("入围项目", "flag", "judging:finalist-list", "judging.manage_panel"),
            MenuItem("顺序抽签", "shuffle", "judging:draw-manage", "judging.run_draw"),
            MenuItem("纸质评分", "edit", "judging:paper-list", "judging.type_sheet"),
            MenuItem("路演主控", "screen", "judging:stage-desk", "judging.operate_stage"),
        ),
    ),
    (
        "投票",
        (
            MenuItem("投票监控", "ballot", "voting:monitor", "voting.view_monitor"),
            MenuItem("异常核查", "shield", "voting:case-list", "voting.view_monitor", counts="cases"),
            MenuItem("终计", "check-circle", "voting:final-approve", "voting.approve_final"),
        ),
    ),
    (
        "结果",
        (
            MenuItem("排名", "trophy", "results:ranking", "results.view_result", PRELIMINARY),
            MenuItem("排名", "trophy", "results:ranking", "results.view_result", FINAL),
            MenuItem("公示与异议", "megaphone", "results:notices", "results.view_objection", counts="objections"),
            MenuItem("证书", "medal", "results:certificates", "results.view_result"),
            MenuItem("数据导出", "download", "results:exports", "results.export_result"),
        ),
    ),
    (
        "设置",
        (
            MenuItem("届设置", "settings", "competitions:setup", MANAGE),
            MenuItem("角色", "users", "competitions:role-manage", MANAGE),
            MenuItem("公告", "megaphone", "competitions:announcement-manage", MANAGE),
            MenuItem("消息", "mail", "console:outbox", MANAGE, counts="failed"),
            MenuItem("数据推送", "share", "competitions:webhooks", MANAGE),
            MenuItem("操作日志", "history", "console:journal", "competitions.view_journal"),
        ),
    ),
)
