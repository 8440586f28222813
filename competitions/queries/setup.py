"""The organiser's set-up as a list of sections, each with what is still to do in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from competitions.models import Edition
from competitions.pure.edition_preset import PresetValue
from competitions.queries.publish_guard import publish_reasons, unconfirmed
from core.errors import Reason

SECTIONS = (
    ("basics", "基本信息", "名称、口号、主办承办单位、联系方式"),
    ("schedule", "赛程", "各阶段的开始和截止时间"),
    ("groups", "赛道与组别", "项目按什么分开排名"),
    ("entry-rules", "参赛条件", "组别界线、核心专利、件数上限、补正"),
    ("file-templates", "材料模板", "承诺书、推荐函等供参赛单位下载的表格"),
    ("exclusions", "排除名单", "因弄虚作假等原因限制参赛的单位"),
    ("vote-rules", "投票规则", "每人票数、投票身份、榜单显示"),
    ("rounds", "计分与晋级", "评委分、公众投票占比、并列、晋级名额"),
    ("rubrics", "评分标准", "各轮的指标、满分和指引"),
    ("awards", "奖项与名额", "奖项、每组名额、评定依据"),
    ("pages", "规则与告知", "大赛规则、个人信息保护告知"),
    ("roles", "成员与角色", "组委会、审查员、评委、主控、审计"),
)
TITLES = {key: title for key, title, _ in SECTIONS}


@dataclass(slots=True)
class Section:
    """A part of the set-up. `reasons` block publishing, `waiting` are preset values nobody has confirmed."""

    key: str
    title: str
    lead: str
    url: str
    reasons: list[Reason] = field(default_factory=list)
    waiting: list[PresetValue] = field(default_factory=list)


def section_url(slug: str, key: str) -> str:
    name = "competitions:role-manage" if key == "roles" else f"competitions:setup-{key}"
    return reverse(name, args=[slug])


def sections(edition: Edition) -> list[Section]:
    """Every section in order, with its reasons and its unconfirmed values."""
    found = {key: Section(key, title, lead, section_url(edition.slug, key)) for key, title, lead in SECTIONS}
    for reason in publish_reasons(edition):
        found[reason.field].reasons.append(reason)
    for value in unconfirmed(edition):
        found[value.section].waiting.append(value)
    return list(found.values())


def waiting_in(edition: Edition, section: str) -> list[PresetValue]:
    """Preset values of one section that nobody has confirmed."""
    return [value for value in unconfirmed(edition) if value.section == section]
