"""The third edition, made from the preset and opened by its organisers."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from competitions.actions.announcement import publish_announcement
from competitions.actions.confirmation import confirm_preset
from competitions.actions.edition import create_edition, publish_edition, save_basics
from competitions.actions.page import publish_page, write_page
from competitions.actions.role import grant_role
from competitions.actions.stage import release_gate, schedule_stages
from competitions.models import Edition, EditionPage, Role
from competitions.pure.edition_preset import UNCONFIRMED
from competitions.queries.page_text import page_template
from jianggaosai.demo.calendar import Calendar
from results.actions.publicity import save_publicity

ROLES = {
    "organiser2": Role.Kind.ORGANISER,
    "examiner": Role.Kind.EXAMINER,
    "chief": Role.Kind.CHIEF_JUDGE,
    "operator": Role.Kind.STAGE_OPERATOR,
    "auditor": Role.Kind.AUDITOR,
    "arbitrator": Role.Kind.ARBITRATOR,
}
BASICS = {
    "host_text": "主办单位：示例市市场监督管理局（知识产权局）\n承办单位：示例知识产权交易中心",
    "contact_phone": "0750-0000000",
    "contact_hours": "工作日 9:00—12:00，14:30—17:30",
    "contact_email": "contest@demo.invalid",
}
NEWS = [
    ("registration", "关于举办第三届江门市高价值专利培育布局大赛的通知", "报名已开放，企业、高校院所和创新团队均可在线填报。"),
    ("formality", "形式审查开始，请留意补正通知", "需补正的项目会在“我的项目”中逐条列出，并发送邮件。"),
    ("public_vote", "网络投票今日 9:00 开始", "每人每天可投 5 个项目，同一项目每天限投一次，无需关注或转发。"),
    ("coaching", "关于赛前辅导与路演顺序抽签的通知", "各入围项目请在截止前上传路演演示文稿，并确认路演人。"),
    ("final", "决赛路演今日举行，现场亮分", "每个项目路演 8 分钟、答辩 5 分钟，评委当场打分。"),
]


def build_edition(calendar: Calendar, staff: dict[str, User], judges: list[User]) -> Edition:
    """A published edition whose gates are released up to now."""
    organiser = staff["organiser"]
    made_at = calendar.before("registration", days=40)
    year = calendar.first_day.year
    edition = create_edition(
        preset="jianggaosai",
        slug=f"jgs{year}",
        name="第三届江门市高价值专利培育布局大赛",
        short_name="第三届江高赛",
        ordinal=3,
        year=year,
        actor=organiser,
        at=made_at,
    )
    save_basics(edition=edition, values=BASICS, actor=organiser, at=made_at)
    schedule_stages(edition=edition, windows=calendar.windows, actor=organiser, at=made_at)
    for role, kind in ROLES.items():
        grant_role(edition=edition, user=staff[role], kind=kind, reason="组委会分工", actor=organiser, at=made_at)
    for judge in judges:
        grant_role(edition=edition, user=judge, kind=Role.Kind.JUDGE, reason="评审专家库", actor=organiser, at=made_at)
    for value in UNCONFIRMED[:-2]:  # two stay marked 待确认, as an organiser would find them
        confirm_preset(edition=edition, key=value.key, actor=organiser, at=made_at)
    for page in EditionPage.Kind.values:
        write_page(edition=edition, kind=page, body=page_template(edition, page), actor=organiser, at=made_at)
        publish_page(edition=edition, kind=page, actor=organiser, at=made_at)
    save_publicity(edition=edition, values={"shows_judge_totals": True}, actor=organiser, at=made_at)
    publish_edition(edition=edition, actor=organiser, at=calendar.before("registration", days=10))
    _open_stages(edition, calendar, organiser)
    return edition


def _open_stages(edition: Edition, calendar: Calendar, organiser: User) -> None:
    """Every stage whose time has come was released an hour before; what belongs to it was announced."""
    news = {kind: (title, lead) for kind, title, lead in NEWS}
    for stage in edition.stages.order_by("opens_at"):
        at = stage.opens_at - timedelta(hours=1)
        if at > calendar.now:
            continue
        release_gate(stage=stage, actor=organiser, at=at)
        if stage.kind in news:
            title, lead = news[stage.kind]
            publish_announcement(edition=edition, title=title, lead=lead, body=lead, actor=organiser, at=stage.opens_at)
