"""The chooser and the dashboard: what each person is shown, and what it costs."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from competitions.models import Edition, Role, Stage
from console.menu import MENU
from core import clock
from core.audit import journal
from tests.cast import Cast
from tests.factories import moments as m
from tests.factories.competitions import RoleFactory
from tests.factories.entries import build_accepted_entry
from tests.factories.judging import AssignmentFactory
from tests.judging.scene import build_scene
from tests.voting.ballots import build_vote, vote

CHOOSER, DASHBOARD = "/org/", "/org/jgs2026/"
MOST = 22  # session, user, edition, roles; the stages; the menu; the figures; the checklist; the queues; the journal


def page(client: Client, cast: Cast, who: str, address: str = DASHBOARD, at=m.DURING_VOTE):
    client.force_login(cast.people[who], "accounts.backends.PasswordBackend")
    with clock.rehearse(at):
        answer = client.get(address)
    assert answer.status_code == 200
    return answer


def text(client: Client, cast: Cast, who: str, address: str = DASHBOARD, at=m.DURING_VOTE) -> str:
    return page(client, cast, who, address, at).content.decode()


def test_the_chooser_shows_the_editions_one_works_on(client: Client, cast: Cast) -> None:
    html = text(client, cast, "organiser", CHOOSER)
    assert html.count("进入工作台") == 1
    assert 'href="/org/jgs2026/"' in html and 'href="/org/other2026/"' not in html
    assert "网络投票进行中" in html and "您是组委会" in html
    assert reverse("competitions:edition-create") in html


def test_the_chooser_says_what_is_not_public_yet(client: Client, cast: Cast) -> None:
    Edition.objects.filter(pk=cast.edition.pk).update(published_at=None)
    html = text(client, cast, "examiner", CHOOSER)
    assert "尚未公开" in html and "您是形式审查员" in html
    assert "新建一届" not in html
    Edition.objects.filter(pk=cast.edition.pk).update(published_at=m.SET_UP, archived_at=m.NOTICE_CLOSES)
    assert "已归档" in text(client, cast, "examiner", CHOOSER)


def test_a_system_administrator_chooses_among_all_editions(client: Client, cast: Cast) -> None:
    cast.stranger.is_superuser = True
    cast.stranger.save(update_fields=["is_superuser"])
    client.force_login(cast.stranger, "accounts.backends.PasswordBackend")
    assert client.get(CHOOSER).status_code == 404  # without a session of theirs
    with clock.rehearse(m.DURING_VOTE):
        client.post("/my/power/", {"reason": "核对各届的赛程与阶段设置"})
        html = client.get(CHOOSER).content.decode()
    assert 'href="/org/jgs2026/"' in html and 'href="/org/other2026/"' in html and "您是系统管理员" in html


@pytest.mark.parametrize("items", [1, 3])
def test_the_chooser_costs_the_same_however_many_editions(
    client: Client, cast: Cast, items: int, django_assert_num_queries
) -> None:
    for number in range(1, items):
        edition = cast.other_edition if number == 1 else Edition.objects.create(
            slug="third", name="三", short_name="三", ordinal=90, year=2024, created_at=m.SET_UP, created_by=cast.organiser
        )  # fmt: skip
        RoleFactory(edition=edition, user=cast.organiser, granted_by=cast.organiser2)
    client.force_login(cast.organiser, "accounts.backends.PasswordBackend")
    with clock.rehearse(m.DURING_VOTE):
        client.get(CHOOSER)
        with django_assert_num_queries(9):
            answer = client.get(CHOOSER)
    assert len(answer.context["cards"]) == items


def test_the_organiser_sees_what_is_counted(client: Client, cast: Cast) -> None:
    build_vote(3, edition=cast.edition)
    vote(cast.edition, 1, 2)
    found = page(client, cast, "organiser")
    html = found.content.decode()
    assert "参赛项目" in html and "/ 3 份申报" in html
    assert "有效投票" in html and "今日 2，昨日同期 0" in html
    assert found.context["standing"].accepted == 3
    assert found.context["assets"] == 3
    assert [row.total for row in found.context["chart"].rows] == [3]
    assert [group["label"] for group in found.context["chart"].groups] == ["初创组 2", "成长组 1"]
    assert found.context["vote_chart"].summary == "9.25 至 9.25 每日收到的票数，最多的是 9.25，2 票"
    assert "先进材料：初创组 2 个，成长组 1 个" in html
    assert "进入“赛前辅导与抽签”前" in html


def test_an_examiner_sees_no_tally_no_checklist_and_no_journal(client: Client, cast: Cast) -> None:
    build_vote(1, edition=cast.edition)
    vote(cast.edition, 1)
    found = page(client, cast, "examiner")
    html = found.content.decode()
    assert "参赛项目" in html
    for word in ("有效投票", "每日票数", "最近操作", "编辑赛程", "发公告", "去处理"):
        assert word not in html
    assert not [name for name in ("votes", "next", "recent", "verbs") if name in found.context]


def test_an_auditor_sees_the_tally_and_changes_nothing(client: Client, cast: Cast) -> None:
    build_vote(1, edition=cast.edition)
    html = text(client, cast, "auditor")
    assert "有效投票" in html and "最近操作" in html
    for address in ("competitions:stage-manage", "competitions:setup", "competitions:announcement-new", "console:outbox"):
        assert f'href="{reverse(address, args=["jgs2026"])}"' not in html
    assert "/org/jgs2026/stages/" not in html


def test_recent_acts_are_sentences(client: Client, cast: Cast) -> None:
    journal.record(
        verb="competitions.announcement.published", obj=cast.edition, actor=cast.organiser, at=m.DURING_VOTE,
        edition="jgs2026", after={"title": "关于路演的通知"},
    )  # fmt: skip
    html = text(client, cast, "organiser2")
    assert "<strong>发布公告</strong>“关于路演的通知”" in html
    assert "9月25日 10:00 · 江晓" in html


def test_empty_queues_say_so(client: Client, cast: Cast) -> None:
    found = page(client, cast, "organiser")
    cleared = {task.label for task in found.context["tasks"] if task.term == "cleared"}
    assert {"异常投票待复核", "未送达的消息"} <= cleared
    assert "已清空" in found.content.decode()


def test_the_stage_that_runs_can_be_steered(client: Client, cast: Cast) -> None:
    html = text(client, cast, "organiser")
    assert reverse("competitions:stage-verb", args=["jgs2026", "public_vote", "pause"]) in html
    Stage.objects.filter(edition=cast.edition).update(gate_released_at=None)
    html = text(client, cast, "organiser")
    assert reverse("competitions:stage-verb", args=["jgs2026", "preliminary", "release"]) in html


@pytest.mark.parametrize("items", [1, 3])
def test_the_dashboard_costs_the_same_however_much_there_is(
    client: Client, cast: Cast, items: int, django_assert_num_queries
) -> None:
    scene = build_scene(cast, entry_count=items)
    for entry in scene.entries[1:]:
        AssignmentFactory(seat=scene.seats["judge"], entry=entry)
    build_vote(0, edition=cast.edition)
    for entry in scene.entries:
        journal.record(verb="entries.entry.accepted", obj=entry, actor=cast.examiner, at=m.SET_UP, edition="jgs2026")
    page(client, cast, "organiser")
    with clock.rehearse(m.DURING_VOTE), django_assert_num_queries(MOST):
        client.get(DASHBOARD)


def test_the_menu_leaves_out_what_one_may_not_open(client: Client, cast: Cast) -> None:
    def labels(who: str, address: str = DASHBOARD) -> list[str]:
        return [item["label"] for section in page(client, cast, who, address).context["console"].nav for item in section["items"]]

    mine = labels("organiser")
    assert mine[:2] == ["工作台", "赛程与阶段"]
    assert {"初赛评委与分组", "决赛评审进度", "投票监控", "异常核查", "终计", "届设置", "角色", "公告", "消息", "操作日志"} <= set(mine)
    audits = labels("auditor")
    assert {"工作台", "初赛评审进度", "投票监控", "操作日志"} <= set(audits)
    assert not {"终计", "届设置", "消息", "赛程与阶段", "初赛评委与分组"} & set(audits)
    assert "投票监控" not in labels("examiner") and "操作日志" not in labels("examiner")
    chief = page(client, cast, "chief", "/org/jgs2026/progress/preliminary/").context["console"]
    assert [item["label"] for section in chief.nav for item in section["items"]] == ["初赛评审进度", "决赛评审进度"]
    assert chief.home_url == "/my/" and chief.search_url == "" and chief.inbox_url == ""
    assert chief.editions == [{"name": cast.edition.short_name, "url": "/org/jgs2026/progress/preliminary/", "current": True}]


def test_the_menu_marks_the_page_and_counts_what_waits(client: Client, cast: Cast) -> None:
    entry = build_accepted_entry(cast.edition, 1)
    type(entry).objects.filter(pk=entry.pk).update(state="submitted")
    console = page(client, cast, "organiser", "/org/jgs2026/setup/basics/").context["console"]
    items = [item for section in console.nav for item in section["items"]]
    assert [item["label"] for item in items if item["current"]] == ["届设置"]
    assert console.stage.word == "网络投票进行中"
    home = page(client, cast, "organiser").context["console"]
    assert [item["label"] for section in home.nav for item in section["items"] if item["current"]] == ["工作台"]
    assert page(client, cast, "organiser").context["standing"].to_examine == 1


def test_the_editions_to_choose_from(client: Client, cast: Cast) -> None:
    RoleFactory(edition=cast.other_edition, user=cast.organiser, kind=Role.Kind.AUDITOR, granted_by=cast.organiser2)
    console = page(client, cast, "organiser").context["console"]
    assert {one["url"]: one["current"] for one in console.editions} == {"/org/jgs2026/": True, "/org/other2026/": False}


def test_pages_outside_the_back_office_pay_nothing_for_it(client: Client, cast: Cast, django_assert_num_queries) -> None:
    with clock.rehearse(m.DURING_VOTE), django_assert_num_queries(0):
        assert client.get("/healthz/live").status_code == 200


def test_every_item_of_the_menu_asks_for_a_permission() -> None:
    assert all(item.permission for _, items in MENU for item in items)
