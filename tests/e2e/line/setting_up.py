"""The organiser makes the edition from the preset, confirms it, gives out the roles and goes public."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from accounts.models import User
from competitions.models import Role, Stage
from competitions.pure.edition_preset import UNCONFIRMED
from tests.e2e.line.scene import SLUG, Line, code_for, fill, follow, go, press, sees
from tests.factories.accounts import UserFactory

NAME, SHORT = "第三届江门市高价值专利培育布局大赛", "第三届江高赛"
PEOPLE = {
    "organiser2": ("江越", Role.Kind.ORGANISER),
    "examiner": ("甄敏", Role.Kind.EXAMINER),
    "operator": ("台控", Role.Kind.STAGE_OPERATOR),
    "chief": ("席评", Role.Kind.CHIEF_JUDGE),
    **{f"judge{number}": (f"评委{number}", Role.Kind.JUDGE) for number in range(1, 6)},
}
JUDGES = ["chief", "judge1", "judge2", "judge3", "judge4", "judge5"]


def organiser_signs_in(line: Line) -> None:
    """The first organiser is the system administrator's; a code by mail lets them in."""
    line.people["organiser"] = UserFactory(name="江晓", email="organiser@example.com", is_superuser=True)
    page = line.pages["organiser"] = line.page_at(1440)
    go(page, "account_login")
    fill(page, {"login": "organiser@example.com"})
    press(page, "获取验证码")
    fill(page, {"code": code_for("organiser@example.com")})
    press(page, "登录")
    expect(page.get_by_role("heading", level=1)).to_have_text("我的")


def edition_from_the_preset(line: Line) -> None:
    """Creates it in a system administrator's session, moves a date, confirms every other value the preset leaves open."""
    page = line.page_of("organiser")
    go(page, "accounts:power")
    fill(page, {"reason": "为组委会新建第三届大赛"})
    press(page, "开启系统管理权限")
    sees(page, "正在使用系统管理权限")
    go(page, "competitions:edition-create")
    fill(page, {"name": NAME, "short_name": SHORT, "slug": SLUG, "ordinal": 3, "year": 2027})
    press(page, "创建这一届")
    sees(page, "公开之前")
    press(page, "立即结束")
    sees(page, "系统管理权限已结束。")
    go(page, "competitions:setup-schedule", SLUG)
    fill(page, {"notice_closes": "2027-12-10T18:00"})
    press(page, "保存赛程")
    sees(page, "赛程已保存。")
    for value in UNCONFIRMED[1:]:  # the first are the dates, which were just changed
        go(page, f"competitions:setup-{value.section}", SLUG)
        page.locator(f"form:has([name='key'][value='{value.key}']) button").click()
        sees(page, f"已确认：{value.label}。")
    go(page, "competitions:setup", SLUG)
    expect(page.get_by_text("待确认")).to_have_count(0)


def roles(line: Line) -> None:
    """Invites everybody by mail; their accounts are made."""
    page = line.page_of("organiser")
    go(page, "competitions:role-manage", SLUG)
    for who, (name, kind) in PEOPLE.items():
        fill(page, {"email": f"{who}@example.com", "name": name, "kind": kind, "reason": "组委会分工"})
        press(page, "授予角色并发邮件")
        sees(page, "角色已授予")
        line.people[who] = User.objects.get(email=f"{who}@example.com")


def goes_public(line: Line) -> None:
    """Publishes rules and privacy notice, then the edition, and lets the registration begin on its day."""
    page = line.page_of("organiser")
    for kind in ("rules", "privacy"):
        go(page, "competitions:setup-page", SLUG, kind)
        follow(page, "核对并发布")
        press(page, "发布第 1 版")
        sees(page, "第 1 版已发布。")
    go(page, "competitions:setup-publish", SLUG)
    press(page, "公开本届")
    sees(page, "本届已公开。")
    go(page, "competitions:stage-verb", SLUG, "registration", "release")
    press(page, "放行")
    sees(page, "已放行。")
    registration = Stage.objects.get(edition=line.edition, kind="registration")
    line.moment.go_to(registration.opens_at + timedelta(hours=1))
    go(page, "competitions:edition-home", SLUG)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
