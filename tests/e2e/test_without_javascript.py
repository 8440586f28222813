"""What a visitor, an applicant and a judge can do while no script runs: everything but the live screens (the issue's law)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from captcha.models import CaptchaStore
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from entries import states as entry_states
from entries.models import Entry
from jianggaosai.demo.pdf import sample_pdf
from judging import states
from tests.cast import Cast
from tests.e2e.conftest import PageAt
from tests.e2e.line.entering import TEXTS
from tests.e2e.line.scene import code_for, fill, follow, go, press, sees
from tests.e2e.looks import sign_in
from tests.e2e.moment import Moment
from tests.factories import moments
from tests.judging.scene import MARKS, build_scene
from tests.voting.ballots import build_vote
from voting.models import Ballot

pytestmark = [pytest.mark.timeout(300), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(page_at: PageAt) -> Page:
    return page_at(390, scripts=False)


def test_somebody_signs_in(page: Page, cast: Cast) -> None:
    go(page, "account_login")
    fill(page, {"login": cast.applicant.email})
    press(page, "获取验证码")
    fill(page, {"code": code_for(cast.applicant.email)})
    press(page, "登录")
    expect(page.get_by_role("heading", level=1)).to_have_text("我的")


def test_a_visitor_votes(page: Page, cast: Cast, moment: Moment) -> None:
    """Gallery, choice, the picture that stands for the check that needs a script, receipt."""
    moment.go_to(moments.DURING_VOTE)
    edition = build_vote(3, edition=cast.edition)
    go(page, "voting:gallery", edition.slug)
    go(page, "voting:vote", edition.slug)
    for number in (1, 3):
        page.locator(f"[data-pick='{number}']").click()
    follow(page, "提交选票")
    follow(page, "用图片验证")
    fill(page, {"image_text": CaptchaStore.objects.get().response})
    press(page, "提交 2 票")
    sees(page, "投票成功，已收到 2 票")
    assert sorted(Ballot.objects.values_list("entry__number", flat=True)) == [1, 3]


def test_an_applicant_registers_and_submits(
    page: Page, live_server: LiveServer, cast: Cast, moment: Moment
) -> None:
    """The draft is saved, a patent row is added, a file uploaded, and all of it submitted."""
    moment.go_to(moments.DURING_REGISTRATION)
    sign_in(page, live_server.url, cast.applicant)
    go(page, "entries:register", cast.edition.slug)
    fill(page, {"consent": True})
    press(page, "开始填写")
    fill(page, {"a-0-revenue": "1800"})
    press(page, "下一步：项目信息")
    fill(page, {**TEXTS, "title": "草稿"})
    press(page, "保存草稿")
    assert Entry.objects.get().title == "草稿"
    fill(page, TEXTS)
    press(page, "下一步：专利清单")
    row = {"number_raw": "ZL202310123456.6", "asset_type": "invention", "title": "压装方法"}
    row |= {"filed_on": "2023-02-06", "granted_on": "2024-08-20"}
    fill(page, {f"p-0-{name}": value for name, value in row.items()})
    page.locator("[data-rows] summary").first.click()
    fill(page, {"p-0-inventors": "丁一", "p-0-owners": cast.organisation.name})
    page.locator("#id_p-0-core").check()
    press(page, "下一步：附件材料")
    file = {"name": "申报书.pdf", "mimeType": "application/pdf", "buffer": sample_pdf("Jianggaosai")}
    page.locator("#upload-proposal").set_input_files(file)
    page.locator("form:has(#upload-proposal) button[type=submit]").click()
    sees(page, "已上传“申报书.pdf”。")
    press(page, "下一步：核对并提交")
    fill(page, {"is_truth_declared": True, "is_display_consented": True})
    press(page, "提交报名")
    sees(page, "已提交，等待形式审查")
    assert Entry.objects.get().state == entry_states.SUBMITTED


def test_a_judge_scores_and_submits(page: Page, live_server: LiveServer, cast: Cast, moment: Moment) -> None:
    """A draft first, then the question, then the sheet is final."""
    moment.go_to(moments.DURING_PRELIMINARY)
    assignment = build_scene(cast, entry_count=1).assignment
    sign_in(page, live_server.url, cast.judge)
    go(page, "judging:score", assignment.public_id)
    follow(page, "评分")
    fill(page, {f"mark-{code}": mark for code, mark in MARKS.items()})
    press(page, "存草稿")
    press(page, "提交评分")
    press(page, "确认提交")
    assignment.sheet.refresh_from_db()
    assert assignment.sheet.state == states.LOCKED
    assert assignment.sheet.versions.get().total == sum(map(Decimal, MARKS.values()))
