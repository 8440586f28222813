"""An edition's own words: placeholders listed, needed ones kept, what people typed kept plain."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import AuditEntry, Message, MessageSetting
from core.outbox.kinds import KINDS, edition_kinds
from core.outbox.own_wording import (
    PlaceholderMissing,
    PlaceholderUnknown,
    refuse_wording,
    sample_of,
    wording_of,
    written,
)
from core.outbox.setting import KindFixed, set_message
from core.outbox.wording import placeholders_in
from entries.actions.submission import submit_entry
from entries.models import Entry
from tests.cast import Cast
from tests.entries.dossiers import build_submitted_entry, list_file
from tests.factories import moments

AT = moments.SET_UP
FILES = sorted((settings.BASE_DIR / "templates" / "messages" / "fields").glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.stem)
def test_every_list_belongs_to_a_kind_and_its_text_can_be_sent(file) -> None:
    wording = wording_of(file.stem)
    assert wording is not None and KINDS[file.stem] in edition_kinds()
    assert {one.kind for one in wording.fields} <= {"own", "needed", "user", "text"}
    refuse_wording(wording, wording.subject, wording.body)
    subject, body = sample_of(wording, wording.subject, wording.body, {})
    assert not placeholders_in(subject + body) and "组委会" in body
    assert all(one.sample for one in wording.fields if one.kind == "needed")
    used = placeholders_in(wording.subject) | placeholders_in(wording.body)
    assert used == {one.name for one in wording.fields}  # the platform's own text shows the use of each


def test_every_letter_of_an_edition_may_be_put_into_its_own_words() -> None:
    """All but the checkpoint of the ledger, which must arrive as it was signed."""
    assert [kind.code for kind in edition_kinds() if wording_of(kind.code) is None] == ["ledger-anchor"]


def test_unknown_and_missing_placeholders_are_named() -> None:
    wording = wording_of("entry_returned")
    assert wording is not None
    with pytest.raises(PlaceholderUnknown, match="没有名为“期限”的占位符.*{补正期限}"):
        refuse_wording(wording, "请看", "{期限}{补正期限}{修改内容}")
    with pytest.raises(PlaceholderMissing, match="缺少“修改内容”.*{修改内容}"):
        refuse_wording(wording, "{修改内容}", "请在 {补正期限} 前修改")


def test_what_somebody_typed_stays_plain_and_what_the_platform_makes_stands() -> None:
    wording = wording_of("entry_rejected")
    assert wording is not None
    entry = {"title": "<b>看 https://evil.invalid {原因}\r\nBcc: x</b>", "public_id": "abcdefghijkm"}
    context = {"entry": entry, "organisation": {"name": "甲"}, "review": {"get_reason_code_display": "超出范围", "note": ""}}
    subject, body = written(wording, "{项目名称}", "{项目名称}\n{审查员说明}\n说明：{审查员说明}\n{原因}\n{项目链接}", context)
    assert subject == "<b>看 https：//evil.invalid {原因} Bcc: x</b>"
    assert body.splitlines()[:3] == [subject, "超出范围", f"{settings.SITE_URL}/my/entries/abcdefghijkm/"]


def test_a_long_text_is_neither_cut_nor_put_on_one_line() -> None:
    wording = wording_of("joint_declined")
    assert wording is not None
    context = {"invitation": {"reason": "今年" * 90 + "\n\x00看 https://evil.invalid {牵头单位}"}, "lead": {"name": "甲"}}
    _, body = written(wording, "x", "对方的话：{对方的话}", context)
    assert body.splitlines()[:2] == ["对方的话：" + "今年" * 90, "看 https：//evil.invalid {牵头单位}"]


def test_each_correction_stands_on_a_line_of_its_own() -> None:
    wording = wording_of("entry_returned")
    assert wording is not None
    review = {"due_at": moments.DURING_FORMALITY, "note": "一\u2028二"}
    comments = [{"label": "名称", "message": "写全\u2028称"}, {"label": "第 2 件申请号", "message": "核对"}]
    context = {"comments": comments, "review": review, "entry": {"public_id": "abcdefghijkm"}}
    _, body = written(wording, "x", "{修改内容}\n{审查员说明}\n{补正期限}", context)
    lines = body.splitlines()
    assert lines[0].startswith("1. 名称：写全") and "2. 第 2 件申请号：核对" in lines and "一 二" in lines


def test_a_receipt_goes_out_in_the_editions_words_and_in_no_others(cast: Cast) -> None:
    set_message(
        edition=cast.edition.slug, kind="entry_submitted", is_off=False, note="带齐原件", subject="收到啦 {受理号}",
        body="{参赛单位}您好，{项目名称}于 {提交时间} 收到，受理号 {受理号}。", actor=cast.organiser, at=AT,
    )  # fmt: skip
    entry = build_submitted_entry(cast, state="draft")
    list_file(entry)
    filed = submit_entry(entry=Entry.objects.get(pk=entry.pk), actor=cast.applicant, at=moments.DURING_REGISTRATION)
    receipt = filed.submissions.order_by("-sequence")[0].receipt
    sent = Message.objects.filter(kind="entry_submitted").first()
    assert sent is not None and sent.subject == f"收到啦 {receipt}"
    assert sent.body.startswith(f"示例企业丁您好，{entry.title}于 8月1日 10:00 收到，受理号 {receipt}。")
    assert "组委会补充说明：带齐原件" in sent.body
    assert AuditEntry.objects.filter(verb="core.messagekind.changed").count() == 1


def test_words_where_none_fit_are_refused(cast: Cast) -> None:
    with pytest.raises(KindFixed, match="不能改写"):
        set_message(edition="x", kind="ledger-anchor", is_off=False, note="", body="x", actor=cast.organiser, at=AT)
    with pytest.raises(PlaceholderMissing):
        set_message(edition="x", kind="entry_accepted", is_off=False, note="", body="恭喜", actor=cast.organiser, at=AT)
    assert not MessageSetting.objects.exists()


def test_the_organiser_previews_keeps_and_takes_back(cast: Cast, client: Client) -> None:
    client.force_login(cast.organiser)
    url = reverse("console:message-kind", args=[cast.edition.slug, "entry_accepted"])
    wording = wording_of("entry_accepted")
    assert wording is not None
    with clock.rehearse(AT):
        page = client.get(url).content.decode()
        assert "现在用的是系统文字" in page and "{参赛编号}</code></th>" in page and "正文必须有" in page
        suggested = {"note": "", "subject": wording.subject, "body": wording.body.replace("\n", "\r\n")}
        client.post(url, suggested)
        assert not MessageSetting.objects.exclude(body="").exists()
        bad = client.post(url, {**suggested, "body": "{编号}"}).content.decode()
        assert "没有名为“编号”的占位符" in bad
        mine = {**suggested, "body": "编号 {参赛编号}，{项目名称}。"}
        seen = client.post(url, {**mine, "preview": "1"}).content.decode()
        assert "编号 047，高精度伺服压装与在线检测一体机。" in seen
        assert not MessageSetting.objects.exclude(body="").exists()
        client.post(url, mine)
        assert MessageSetting.objects.get().body == "编号 {参赛编号}，{项目名称}。"
        assert "恢复系统文字" in client.get(url).content.decode()
        client.post(url, {**mine, "reset": "1"})
        assert MessageSetting.objects.get().body == ""
