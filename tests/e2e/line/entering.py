"""An enterprise signs up, registers its organisation and its project, mends it, and gets number 001."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from entries.models import Entry
from jianggaosai.demo.pdf import sample_pdf
from tests.e2e.line.scene import SLUG, Line, code_for, fill, follow, go, press, sees

FIRM = "示例精工智能装备有限公司"
CREDIT_CODE = "91440606722473344C"
TITLE = "高精度伺服压装与在线检测一体机"
PATENTS = [
    ("invention", "ZL202310123456.6", "2023-02-06", "2024-08-20"),
    ("utility_model", "ZL202320876543.4", "2023-04-17", "2023-12-05"),
]
TEXTS = {
    "title": TITLE,
    "short_name": "伺服压装",
    "industry": "equipment",
    "maturity": "mass",
    "pitch": "把压装力和位移曲线在线判定做进同一台设备",
    "summary": "面向汽车零部件压装工序，边压边测，当场剔除不良件。",
    "description": "一、技术问题：压装后离线抽检，不良件流出。二、技术方案：伺服闭环与曲线判据。三、技术效果：全检。",
    "advantages": "判据可在线校准，难以绕开核心权利要求。",
    "layout": "以压装判定方法为核心，向夹具和检测软件延伸。",
    "market": "已在 3 条产线使用。",
    "team": "企业技术中心 6 人。",
}
COMMENT = "请写明已经验证的技术效果。"


def signs_up(line: Line) -> None:
    """By mail address and the code that was sent to it."""
    page = line.pages["applicant"] = line.page_at(1440)
    go(page, "account_signup")
    fill(page, {"name": "丁工", "identity": "ding@example.com", "consent": True})
    press(page, "注册并获取验证码")
    fill(page, {"code": code_for("ding@example.com")})
    press(page, "验证邮箱")
    expect(page.get_by_role("heading", level=1)).to_have_text("我的")
    line.people["applicant"] = User.objects.get(email="ding@example.com")


def organisation(line: Line) -> None:
    page = line.page_of("applicant")
    go(page, "accounts:organisation-create")
    fill(page, {"name": FIRM, "kind": "enterprise", "uscc": CREDIT_CODE, "district": "440703"})
    fill(page, {"contact_name": "丁工", "contact_mobile": "13800138000", "contact_email": "ding@example.com"})
    press(page, "登记单位")
    sees(page, FIRM)


def registers(line: Line) -> None:
    """The five steps of the form, with two patents and a PDF."""
    page = line.page_of("applicant")
    go(page, "entries:register", SLUG)
    fill(page, {"consent": True})
    press(page, "开始填写")
    fill(page, {"a-0-revenue": "1800"})
    press(page, "下一步：项目信息")
    fill(page, TEXTS)
    press(page, "下一步：专利清单")
    _patents(page)
    press(page, "下一步：附件材料")
    file = {"name": "申报书.pdf", "mimeType": "application/pdf", "buffer": sample_pdf("Jianggaosai")}
    page.locator("#upload-proposal").set_input_files(file)
    sees(page, "申报书.pdf")
    press(page, "下一步：核对并提交")
    fill(page, {"is_truth_declared": True, "is_display_consented": True})
    press(page, "提交报名")
    sees(page, "已提交，等待形式审查", "受理号")


def _patents(page: Page) -> None:
    """Two rows, the second added by the button; the first is the core patent."""
    for row, (kind, number, filed_on, granted_on) in enumerate(PATENTS):
        if row:
            page.locator("[data-row-add]").click()
        values = {"number_raw": number, "asset_type": kind, "title": f"伺服压装专利 {row + 1}", "filed_on": filed_on}
        fill(page, {f"p-{row}-{name}": value for name, value in {**values, "granted_on": granted_on}.items()})
        page.locator("[data-rows] summary").nth(row).click()
        fill(page, {f"p-{row}-inventors": "丁一、丁二", f"p-{row}-owners": FIRM})
    page.locator("#id_p-0-core").check()


def examiner_returns(line: Line) -> None:
    """With a comment on one field."""
    line.begin("formality")
    page = line.page_of("examiner")
    go(page, "entries:formality-queue", SLUG)
    follow(page, TITLE)
    press(page, "开始审查")
    page.get_by_role("navigation", name="申报内容").get_by_role("link", name="项目信息").click()
    page.locator("a[href*='comment=summary']").click()
    fill(page, {"message": COMMENT})
    press(page, "保存意见")
    follow(page, "退回补正并通知")
    press(page, "退回补正并通知")
    sees(page, "已退回补正")


def applicant_mends(line: Line) -> None:
    """Only the field the comment names can be changed."""
    line.moment.pass_by(days=1)
    page = line.page_of("applicant")
    entry = Entry.objects.get(title=TITLE)
    page.goto(reverse("entries:my-entry", args=[entry.public_id]))
    sees(page, COMMENT)
    follow(page, "去修改")
    expect(page.locator("[name='title']")).to_be_disabled()
    fill(page, {"summary": "面向汽车零部件压装工序，边压边测；示范产线连续运行 3 个月，不良件流出为零。"})
    press(page, "保存修改")
    page.goto(reverse("entries:my-entry", args=[entry.public_id]))
    press(page, "重新提交")
    sees(page, "重新提交，第 2 版")


def examiner_passes(line: Line) -> None:
    """The first that passes is number 001."""
    line.moment.pass_by(hours=2)
    page = line.page_of("examiner")
    go(page, "entries:formality-queue", SLUG)
    follow(page, TITLE)
    press(page, "开始审查")
    page.locator("a[href$='/decide/accept/']").first.click()
    fill(page, {"is_examined": True})
    press(page, "通过并编号")
    sees(page, "已通过，参赛编号 001，组别：初创组。")
