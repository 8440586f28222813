"""Every list of an edition that people work with, as a file: what it is called, who may take it, and how it is made.

The rows are those of the pages: accepted figures come from published results and the sealed ledger, marks only from rounds
that were computed, so that no file tells more than the page beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.table_export import Table
from results.exports.lists.appeals import appeals_table
from results.exports.lists.assignments import assignments_table
from results.exports.lists.awards import awards_table
from results.exports.lists.broadcasts import broadcasts_table
from results.exports.lists.case_ballots import case_ballots_table
from results.exports.lists.cases import cases_table
from results.exports.lists.conflicts import conflicts_table
from results.exports.lists.contacts import contacts_table
from results.exports.lists.deliveries import deliveries_table
from results.exports.lists.entries import entries_table
from results.exports.lists.exclusions import exclusions_table
from results.exports.lists.extensions import extensions_table
from results.exports.lists.finalists import finalists_table
from results.exports.lists.invitations import invitations_table
from results.exports.lists.judges import judges_table
from results.exports.lists.messages import messages_table
from results.exports.lists.notices import notices_table
from results.exports.lists.objections import objections_table
from results.exports.lists.organisations import organisations_table
from results.exports.lists.patents import patents_table
from results.exports.lists.roles import roles_table
from results.exports.lists.running_order import running_order_table
from results.exports.lists.severity import severity_table
from results.exports.lists.sheets import sheets_table
from results.exports.lists.votes import votes_table


@dataclass(frozen=True, slots=True)
class ExportList:
    """`key` stands in the address, `permission` is asked of the edition; `is_personal` lists name people and are logged as
    such. `build(edition)` gives the whole; lists that a page can narrow (results.views.narrowing) take chosen rows too."""

    key: str
    name: str
    about: str
    permission: str
    build: Callable[..., Table[Any]]
    is_personal: bool = False


LISTS: dict[str, ExportList] = {
    one.key: one
    for one in (
        ExportList("entries", "参赛项目", "每个项目一行：编号、单位、组别、状态、专利件数。", "entries.list_entries", entries_table),
        ExportList("patents", "专利", "每件专利一行，含申请号、法律状态和是否参赛后新增。", "entries.list_entries", patents_table),
        ExportList("organisations", "参赛单位", "每家单位一行，牵头和联合分开计数。", "entries.list_entries", organisations_table),
        ExportList("extensions", "个别延期", "每次准许的延期一行：单位、期限、理由。", "entries.manage_entry", extensions_table),
        ExportList(
            "contacts", "联系人", "参赛单位的联系人和电话，只用于联系。", "competitions.manage_edition", contacts_table, is_personal=True
        ),
        ExportList("votes", "得票", "每个项目的有效、暂缓、剔除票数，按账本已封存部分。", "voting.view_monitor", votes_table),
        ExportList("cases", "异常处理", "每件异常处理一行：原因、票数、提出和复核，不含投票人。", "voting.view_monitor", cases_table),
        ExportList(
            "case-ballots", "异常处理的选票", "每件异常处理涉及的每张选票一行：账本序号、项目、时间。", "voting.view_monitor", case_ballots_table
        ),
        ExportList("appeals", "票数申诉", "每份申诉一行：理由、答复。", "voting.view_monitor", appeals_table),
        ExportList(
            "invitations", "评委邀请", "每份邀请一行：邮箱或手机号、状态。", "judging.manage_panel", invitations_table, is_personal=True
        ),
        ExportList(
            "conflicts", "回避关系", "每位评委和每个项目的认定一行：回避或无须回避、原因。", "judging.manage_panel", conflicts_table, is_personal=True
        ),
        ExportList("judges", "评委与进度", "每个席位一行：分配、提交、回避的份数。", "judging.manage_panel", judges_table),
        ExportList(
            "assignments", "评审进度", "每个席位的每个项目一行：未开始、填写中、已提交或回避，不含分数。", "judging.view_progress", assignments_table
        ),
        ExportList("sheets", "评分明细", "已计算的轮次中每张评分表的每一项。", "results.view_result", sheets_table),
        ExportList("severity", "评分统计", "已计算的轮次中评委的宽严和项目的校正平均，只供参考。", "judging.view_progress", severity_table),
        ExportList(
            "finalists", "入围项目", "每个入围项目一行：答复、路演人、文稿。", "judging.manage_panel", finalists_table, is_personal=True
        ),
        ExportList("running-order", "出场顺序", "按抽签结果，每个项目一行。", "judging.run_draw", running_order_table),
        ExportList("awards", "奖项与证书", "已公布的奖项，含证书编号。", "results.view_result", awards_table),
        ExportList("notices", "公示", "每次公示一行：起止时间和异议件数。", "results.view_objection", notices_table),
        ExportList("objections", "异议", "每件异议一行：内容、处理和裁定，不含提出人。", "results.view_objection", objections_table),
        ExportList(
            "messages", "消息", "每封邮件和短信一行：收件人只显示一部分，不含正文。", "competitions.manage_edition", messages_table, is_personal=True
        ),
        ExportList("broadcasts", "群发记录", "每次群发一行：收件范围、人数、送达。", "competitions.manage_edition", broadcasts_table),
        ExportList("deliveries", "数据推送", "每次推送一行：事件、地址、是否送达。", "competitions.manage_edition", deliveries_table),
        ExportList("exclusions", "排除名单", "限制参赛的单位，各届共用。", "competitions.manage_edition", exclusions_table),
        ExportList("roles", "角色", "本届的角色，含授予和结束时间。", "competitions.manage_edition", roles_table, is_personal=True),
    )
}
