"""A firm with a list of 30 patents, 4 of them faulty, gets from sign-up to a submitted entry, on a phone and on a desk.

What it costs the person is counted and printed: pages seen, fields typed, chosen or ticked, and errors met that are not
the four of the spreadsheet. Pictures of every page are left in the test's temporary folder.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from accounts.models import Organisation
from accounts.pure.uscc import check_character, organisation_check_character
from competitions.models import EntryRules
from entries.models import Entry
from jianggaosai.demo.pdf import sample_pdf
from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.line.scene import code_for, fill, follow, go, press, sees
from tests.e2e.moment import Moment
from tests.entries.sheets import patent_rows, workbook
from tests.factories import moments

pytestmark = pytest.mark.django_db(transaction=True)
PROJECT = {
    "title": "高精度伺服压装与在线检测一体机",
    "short_name": "伺服压装",
    "industry": "equipment",
    "maturity": "mass",
    "pitch": "把压装力和位移曲线在线判定做进同一台设备",
    "summary": "面向汽车零部件压装工序，边压边测，当场剔除不良件。",
}
ERRORS = ".jg-errsum li, .invalid-feedback, .jg-rowmsg:not(.jg-rowmsg--warn)"


@dataclass
class Walk:
    """A person at a page, and what it costs them."""

    page: Page
    folder: Path
    pages: list[str] = field(default_factory=list)
    typed: int = 0
    errors: list[str] = field(default_factory=list)

    def sees_page(self, name: str) -> None:
        """Counts the page that is open now, and the faults it shows."""
        self.page.wait_for_load_state()
        self.pages.append(name)
        self.errors += self.page.locator(ERRORS).all_inner_texts()
        self.page.screenshot(path=self.folder / f"{len(self.pages):02}-{name}.png", full_page=True)

    def fills(self, values: Mapping[str, object]) -> None:
        fill(self.page, values)
        self.typed += len(values)

    def presses(self, label: str, name: str) -> None:
        press(self.page, label)
        self.sees_page(name)


def faulty_list() -> bytes:
    """Thirty patents; four cells are wrong: a check character, a missing one, a day and a type."""
    rows = patent_rows(30, wrong=[4])
    rows[9][2] = rows[9][2].split(".")[0]
    rows[14][4] = "2022-13-02"
    rows[21][3] = "发明专利权"
    return workbook(rows, above=["示例精工专利清单（2026 年 8 月）"])


def credit_code() -> str:
    body = f"91440703MA000009{organisation_check_character('MA000009')}"
    return body + check_character(body)


FAULTS = {  # row of the spreadsheet, column → what the cell is told (the header stands in row 2)
    (7, "number_raw"): "校验位",
    (12, "number_raw"): "缺少校验位",
    (17, "filed_on"): "不是有效日期",
    (24, "asset_type"): "无法识别",
}


@pytest.mark.parametrize("width", [390, 1440])
def test_from_sign_up_to_a_submitted_entry(cast: Cast, page_at: PageAt, moment: Moment, tmp_path: Path, width: int) -> None:
    moment.go_to(moments.DURING_REGISTRATION)
    EntryRules.objects.filter(edition=cast.edition).update(max_companions=40)
    walk = Walk(page_at(width), tmp_path)
    _signs_up(walk)
    _registers_the_firm(walk)
    _fills_in(walk, cast)
    _imports(walk)
    _submits(walk)

    others = [text for text in walk.errors if not any(told in text for told in FAULTS.values())]
    print(f"\n{width} px: {len(walk.pages)} pages, {walk.typed} fields, {len(others)} other errors; pictures in {tmp_path}")
    entry = Entry.objects.get(title=PROJECT["title"])
    assert (entry.state, entry.assets.count(), entry.assets.filter(is_core=True).count()) == ("submitted", 30, 1)
    assert entry.submissions.get().content["assets"][29]["number"]
    assert others == []
    assert len(walk.pages) <= 14
    assert walk.typed <= 22


def _signs_up(walk: Walk) -> None:
    go(walk.page, "account_signup")
    walk.sees_page("sign-up")
    walk.fills({"name": "任工", "identity": "jinggong@example.com", "consent": True})
    walk.presses("注册并获取验证码", "code")
    walk.fills({"code": code_for("jinggong@example.com")})
    press(walk.page, "验证邮箱")


def _registers_the_firm(walk: Walk) -> None:
    go(walk.page, "accounts:organisation-create")
    walk.sees_page("organisation")
    walk.fills({"name": "示例精工智能装备有限公司", "uscc": credit_code()})
    told = {name: walk.page.locator(f"[name={name}]").input_value() for name in ("kind", "district")}
    assert told == {"kind": "enterprise", "district": "440703"}
    expect(walk.page.locator("[name=registration_number]")).to_be_hidden()
    empty = {"contact_name": "任工", "contact_mobile": "13800138000", "contact_email": "jinggong@example.com"}
    walk.fills({name: value for name, value in empty.items() if not walk.page.locator(f"[name={name}]").input_value()})
    press(walk.page, "登记单位")
    walk.page.wait_for_load_state()
    assert Organisation.objects.filter(name="示例精工智能装备有限公司").exists()


def _fills_in(walk: Walk, cast: Cast) -> None:
    go(walk.page, "entries:register", cast.edition.slug)
    walk.sees_page("start")
    walk.fills({"consent": True})
    walk.presses("开始填写", "applicant")
    walk.fills({"a-0-revenue": "1800"})
    walk.presses("下一步：项目信息", "project")
    walk.fills(PROJECT)
    walk.presses("下一步：专利清单", "patents")


def _imports(walk: Walk) -> None:
    """The four faults stand at their cells, on the page and in the workbook; mended on the page, all thirty are taken."""
    file = {"name": "专利清单.xlsx", "mimeType": "application/octet-stream", "buffer": faulty_list()}
    walk.page.locator("#id_sheet").set_input_files(file)
    sees(walk.page, "读取 30 行", "导入 26 行")
    walk.sees_page("preview")
    for (row, column), told in FAULTS.items():
        expect(walk.page.locator(f"#cell-{row}-{column}-error")).to_contain_text(told)
    with walk.page.expect_download() as download:
        follow(walk.page, "下载错误行")
    sheet = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    assert [cell.column for row in sheet.iter_rows() for cell in row if cell.comment] == [3, 3, 5, 4]

    rows = patent_rows(30)
    walk.fills(
        {
            "cell-7-number_raw": rows[4][2],
            "cell-12-number_raw": rows[9][2],
            "cell-17-filed_on": "2022-03-02",
            "cell-24-asset_type": "发明",
        }
    )
    walk.presses("重新检查这 4 行", "preview-mended")
    walk.presses("导入 30 行", "list")
    walk.page.locator("#id_p-0-core").check()
    walk.typed += 1


def _submits(walk: Walk) -> None:
    walk.presses("下一步：附件材料", "files")
    file = {"name": "申报书.pdf", "mimeType": "application/pdf", "buffer": sample_pdf("Jianggaosai")}
    walk.page.locator("#upload-proposal").set_input_files(file)
    sees(walk.page, "申报书.pdf")
    walk.presses("下一步：核对并提交", "review")
    walk.fills({"is_truth_declared": True, "is_display_consented": True})
    walk.presses("提交报名", "submitted")
    sees(walk.page, "已提交，等待形式审查", "受理号")
    assert reverse("entries:my-entry", args=[Entry.objects.get(title=PROJECT["title"]).public_id]) in walk.page.url
