"""The organiser's forms, as they are posted."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from competitions.models import (
    Announcement,
    AwardType,
    Edition,
    EntryRules,
    Group,
    PresetConfirmation,
    Role,
    Rubric,
    Stage,
)
from competitions.queries.rule_set import round_rule_set, rubric_rows, vote_settings
from competitions.queries.schedule import find_stage, view_stage
from core import clock
from tests.cast import Cast
from tests.factories import moments as m
from tests.factories.competitions import EditionPageFactory

AT = m.SET_UP


@pytest.fixture
def organiser(client: Client, cast: Cast) -> Client:
    client.force_login(cast.organiser, "accounts.backends.PasswordBackend")
    return client


def url(cast: Cast, name: str, *args: str) -> str:
    return reverse(f"competitions:{name}", args=[cast.edition.slug, *args])


def post(client: Client, address: str, data: dict, at=AT) -> str:
    """Posts and follows; returns the page that is shown in the end."""
    with clock.rehearse(at):
        response = client.post(address, data, follow=True)
    assert response.status_code in (200, 409, 422)
    return response.content.decode()


def shown(client: Client, address: str, at=AT) -> dict:
    """The values a form page holds, as a browser would send them back."""
    with clock.rehearse(at):
        context = client.get(address).context
    form = context["form"]
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    written = {name: form.fields[name].widget.format_value(value) if "T" in str(value) else value for name, value in values.items()}
    return {name: "" if value is None else value for name, value in written.items() if value is not False}


def test_an_edition_is_made_from_the_preset(organiser: Client, cast: Cast) -> None:
    data = {
        "preset": "jianggaosai", "name": "2028 年大赛", "short_name": "2028", "slug": "jgs2028", "ordinal": 6, "year": 2028,
    }  # fmt: skip
    page = post(organiser, reverse("competitions:edition-create"), data)
    assert "公开之前" in page
    assert Edition.objects.get(slug="jgs2028").created_by == cast.organiser
    again = post(organiser, reverse("competitions:edition-create"), data)
    assert "网址代号“jgs2028”已被另一届使用" in again
    assert Edition.objects.filter(year=2028).count() == 1


def test_publishing_asks_lists_reasons_and_publishes(organiser: Client, cast: Cast) -> None:
    Edition.objects.filter(pk=cast.edition.pk).update(published_at=None)
    page = organiser.get(url(cast, "setup-publish")).content.decode()
    assert "公开2026 年江门市高价值专利培育布局大赛？" in page
    Role.objects.filter(edition=cast.edition, user=cast.organiser2).delete()
    assert "组委会成员只有 1 人" in organiser.get(url(cast, "setup-publish")).content.decode()
    post(organiser, url(cast, "setup-publish"), {})
    assert Edition.objects.get(pk=cast.edition.pk).published_at is None
    cast.edition.roles.create(user=cast.organiser2, kind="organiser", granted_at=AT, granted_by=cast.organiser)
    assert "本届已公开。" in post(organiser, url(cast, "setup-publish"), {})
    assert Edition.objects.get(pk=cast.edition.pk).published_at == AT


def test_a_preset_is_confirmed_with_one_tap(organiser: Client, cast: Cast) -> None:
    assert "各阶段的起止时间" in organiser.get(url(cast, "setup-schedule")).content.decode()
    page = post(organiser, url(cast, "preset-confirm"), {"key": "schedule"})
    assert "已确认：各阶段的起止时间。" in page
    assert "待确认的预设值" not in page
    assert PresetConfirmation.objects.get(edition=cast.edition).confirmed_by == cast.organiser


def test_basics_entry_rules_and_schedule(organiser: Client, cast: Cast) -> None:
    basics = shown(organiser, url(cast, "setup-basics")) | {"contact_phone": "0750-0000000"}
    assert "基本信息已保存。" in post(organiser, url(cast, "setup-basics"), basics)
    rules = shown(organiser, url(cast, "setup-entry-rules")) | {"correction_days": 3}
    assert "参赛条件已保存。" in post(organiser, url(cast, "setup-entry-rules"), rules)
    assert EntryRules.objects.get(edition=cast.edition).correction_days == 3
    dates = {name: value.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")
             for name, value in shown(organiser, url(cast, "setup-schedule")).items()}  # fmt: skip
    assert "赛程已保存。" in post(organiser, url(cast, "setup-schedule"), dates | {"notice_closes": "2026-12-10T18:00"})
    assert find_stage(cast.edition, "notice").closes_at == clock.at_local(2026, 12, 10, 18)
    wrong = post(organiser, url(cast, "setup-schedule"), dates | {"notice_opens": "2026-11-01T09:00"})
    assert "决赛的截止时间不能晚于公示的开始时间" in wrong
    assert find_stage(cast.edition, "notice").opens_at == m.NOTICE_OPENS


def test_frozen_sections_say_so_and_keep_what_they_hold(organiser: Client, cast: Cast) -> None:
    with clock.rehearse(m.DURING_VOTE):
        page = organiser.get(url(cast, "setup-vote-rules")).content.decode()
    assert "投票已经开始，规则不能再修改" in page
    data = shown(organiser, url(cast, "setup-vote-rules")) | {"limit": 9}
    assert "规则不能再修改" in post(organiser, url(cast, "setup-vote-rules"), data, at=m.DURING_VOTE)
    assert vote_settings(cast.edition.rounds.get(kind="public_vote")).vote_rule.limit == 5


def test_vote_rules(organiser: Client, cast: Cast) -> None:
    data = shown(organiser, url(cast, "setup-vote-rules"))
    page = post(organiser, url(cast, "setup-vote-rules"), data | {"limit": 3, "policy": "order", "minutes": 0})
    assert "每人每天可投 3 个项目" in page
    wrong = post(organiser, url(cast, "setup-vote-rules"), data | {"preset": "custom", "per_entry_limit": 8})
    assert "同一项目的票数须为 1 至 5 的整数" in wrong
    settings = vote_settings(cast.edition.rounds.get(kind="public_vote"))
    assert (settings.vote_rule.limit, settings.board.policy) == (3, "order")


def test_round_rules_keep_what_the_form_does_not_show(organiser: Client, cast: Cast) -> None:
    address = url(cast, "setup-round", "preliminary")
    before = cast.edition.rounds.get(kind="preliminary").rules
    data = shown(organiser, address) | {"part": "rules"}
    post(organiser, address, data | {"vote_percent": "10", "advance_startup": "8", "tie_2": "untrimmed_mean"})
    rules = round_rule_set(cast.edition.rounds.get(kind="preliminary"))
    assert [sentence for sentence in rules.sentences() if "总分 =" in sentence][-1].startswith("初赛总分 = 评审得分 × 90%")
    assert (rules.advance_for("startup").top_n, rules.advance_for("growth").top_n) == (8, 10)
    assert rules.tie_chain == ("total", "panel", "untrimmed_mean")
    assert cast.edition.rounds.get(kind="preliminary").rules["panel"] == before["panel"]
    percent = data | {"advance_method": "percent", "advance_startup": "30", "advance_growth": "30"}
    assert "参评项目的 30%" in post(organiser, address, percent)
    assert post(organiser, address, data | {"advance_method": ""}).count("晋级；") == 0
    seats = {"part": "seats", "judges_per_entry": 4, "is_blind": "on", "calibration_count": 1, "spread_alarm": 20, "distance_alarm": 15}
    assert "评委数和时长已保存。" in post(organiser, address, seats)
    assert cast.edition.rounds.get(kind="preliminary").is_blind
    assert "请填写整数" in post(organiser, address, {"part": "seats", "judges_per_entry": "x"})


def formset(page_context: dict) -> dict:
    rows = page_context["formset"]
    data = {"form-TOTAL_FORMS": len(rows.forms), "form-INITIAL_FORMS": rows.initial_form_count()}
    for form in rows.initial_forms:
        data |= {form.add_prefix(name): form[name].value() or "" for name in form.fields if name != "DELETE"}
    return data


def test_a_rubric_saved_unchanged_stays_the_same(organiser: Client, cast: Cast) -> None:
    address = url(cast, "setup-rubric", "final")
    before = rubric_rows(Rubric.objects.get(round__kind="final", round__edition=cast.edition))
    data = {"name": "决赛", **formset(organiser.get(address).context)}
    assert "评分标准已保存。" in post(organiser, address, data)
    saved = Rubric.objects.get(round__kind="final", round__edition=cast.edition)
    assert rubric_rows(saved) == before
    removed = post(organiser, address, data | {"form-1-DELETE": "on"})
    assert "应为 100，现为 60" in removed
    assert rubric_rows(saved) == before
    split = {"form-2-code": "B1", "form-2-parent": "B", "form-2-name": "市场", "form-2-max_score": "40", "form-2-step": "0.1"}
    post(organiser, address, data | split)
    assert [(row.code, row.parent) for row in rubric_rows(saved)] == [("A", ""), ("B", ""), ("B1", "B")]


def test_awards(organiser: Client, cast: Cast) -> None:
    groups = Group.objects.filter(track__edition=cast.edition)
    quotas = {f"quota_{group.pk}": 3 for group in groups}
    data = {"code": "silver", "name": "银奖", "basis": "total", "tie": "share", "may_stay_vacant": "on", **quotas}
    assert "奖项已保存。" in post(organiser, url(cast, "setup-award-new"), data)
    assert "已经使用" in post(organiser, url(cast, "setup-award-new"), data | {"code": "gold"})
    assert "代号不能是 new" in post(organiser, url(cast, "setup-award-new"), data | {"code": "new"})
    post(organiser, url(cast, "setup-award", "silver"), data | {"amount": "30000", **dict.fromkeys(quotas, 4)})
    silver = AwardType.objects.get(edition=cast.edition, code="silver")
    assert (silver.amount, set(silver.quotas.values_list("quota", flat=True))) == (30000, {4})
    post(organiser, url(cast, "setup-award-remove", "silver"), {})
    assert list(cast.edition.award_types.values_list("code", flat=True)) == ["gold"]


def test_tracks_and_groups(organiser: Client, cast: Cast) -> None:
    post(organiser, url(cast, "setup-track-new"), {"code": "design", "name": "外观设计赛道"})
    post(organiser, url(cast, "setup-group-new", "design"), {"code": "startup", "name": "初创组"})
    post(organiser, url(cast, "setup-group", "design", "startup"), {"code": "startup", "name": "小微组"})
    post(organiser, url(cast, "setup-track", "design"), {"code": "design", "name": "设计赛道"})
    track = cast.edition.tracks.get(code="design")
    assert (track.name, list(track.groups.values_list("name", flat=True))) == ("设计赛道", ["小微组"])
    assert "已经使用" in post(organiser, url(cast, "setup-track-new"), {"code": "design", "name": "重复"})
    post(organiser, url(cast, "setup-group-remove", "design", "startup"), {})
    post(organiser, url(cast, "setup-track-remove", "design"), {})
    assert cast.edition.tracks.count() == 1
    assert organiser.get(url(cast, "setup-track", "nothing")).status_code == 404


def test_pages_are_written_filled_in_and_published(organiser: Client, cast: Cast) -> None:
    address = url(cast, "setup-page", "rules")
    assert "<h2>新规则</h2>" in post(organiser, address, {"body": "# 新规则"})
    assert "每人每天可投 5 个项目" in post(organiser, address, {"action": "refill"})
    assert "第 2 版已发布。" in post(organiser, url(cast, "setup-page-publish", "rules"), {})
    assert organiser.get(url(cast, "setup-page-publish", "rules")).status_code == 404
    assert organiser.get(url(cast, "setup-page", "imprint")).status_code == 404
    EditionPageFactory(edition=cast.edition, kind="privacy", version=2, published_at=None)
    assert "第 2 版草稿待发布" in organiser.get(url(cast, "setup-pages")).content.decode()


def test_roles_are_given_and_ended(organiser: Client, cast: Cast) -> None:
    data = {"email": "new@example.invalid", "name": "新评委", "kind": "judge", "reason": "技术专家"}
    assert "角色已授予" in post(organiser, url(cast, "role-manage"), data)
    role = Role.objects.get(user__email="new@example.invalid")
    assert "不需要重复授予" in post(organiser, url(cast, "role-manage"), data)
    address = url(cast, "role-end", role.user.public_id, "judge")
    assert "这一项还没有填写" in post(organiser, address, {"reason": ""})
    assert "角色已结束。" in post(organiser, address, {"reason": "退出"})
    assert Role.objects.get(pk=role.pk).ended_at == AT
    assert organiser.get(address).status_code == 404


def test_stages_are_released_paused_resumed_and_extended(organiser: Client, cast: Cast) -> None:
    Stage.objects.filter(edition=cast.edition, kind="public_vote").update(gate_released_at=None)
    with clock.rehearse(m.DURING_VOTE):
        assert "公众看到的是“推迟”" in organiser.get(url(cast, "stage-manage")).content.decode()

    def step(verb: str, at=m.DURING_VOTE, **data: str) -> str:
        return post(organiser, url(cast, "stage-verb", "public_vote", verb), data, at=at)

    assert "已放行。" in step("release")
    assert "这一项还没有填写" in step("pause")
    assert "已暂停。" in step("pause", reason="核查异常流量")
    assert "已恢复。" in step("resume", at=m.DURING_VOTE.replace(minute=30), reason="核查完成")
    late = m.DURING_VOTE.replace(minute=40)
    assert "延长后的时间须晚于它" in step("extend", at=late, until="2026-09-30T20:00", reason="故障")
    assert "截止时间已延长。" in step("extend", at=late, until="2026-10-01T20:00", reason="故障")
    assert view_stage(find_stage(cast.edition, "public_vote"), late).ends_at == clock.at_local(2026, 10, 1, 20)
    for kind, verb in (("public_vote", "explode"), ("semi_final", "pause")):
        assert organiser.get(url(cast, "stage-verb", kind, verb)).status_code == 404


def test_announcements_from_draft_to_correction(organiser: Client, cast: Cast) -> None:
    page = post(organiser, url(cast, "announcement-new"), {"title": "报名开始", "lead": "", "body": "**欢迎**"})
    assert "<strong>欢迎</strong>" in page
    draft = Announcement.objects.get()
    post(organiser, url(cast, "announcement-edit", draft.public_id), {"title": "报名今日开始", "lead": "", "body": "欢迎"})
    assert "公告已发布。" in post(organiser, url(cast, "announcement-preview", draft.public_id), {})
    assert organiser.get(url(cast, "announcement-edit", draft.public_id)).status_code == 404
    correcting = url(cast, "announcement-new") + f"?corrects={draft.public_id}"
    assert organiser.get(correcting).context["form"]["title"].value() == "更正：报名今日开始"
    post(organiser, correcting, {"title": "更正", "lead": "", "body": "时间改为 9 时"})
    second = Announcement.objects.get(title="更正")
    assert second.corrects == draft
    assert organiser.get(url(cast, "announcement-new") + f"?corrects={second.public_id}").status_code == 404
    assert "草稿已删除。" in post(organiser, url(cast, "announcement-discard", second.public_id), {})
    assert list(Announcement.objects.values_list("title", flat=True)) == ["报名今日开始"]


@pytest.mark.parametrize("items", [1, 3])
def test_lists_need_the_same_queries_however_long(
    organiser: Client, cast: Cast, items: int, django_assert_num_queries
) -> None:
    Role.objects.filter(edition=cast.edition, kind__in=["judge", "chief_judge", "operator"]).delete()
    for n in range(items):
        Announcement.objects.create(edition=cast.edition, title=f"{n}", body="x", published_at=AT, written_by=cast.organiser)
        cast.edition.roles.create(user=cast.stranger, kind=["judge", "coach", "scorer"][n], granted_at=AT, granted_by=cast.organiser)
    organiser.get(url(cast, "announcement-manage"))
    with django_assert_num_queries(10):
        organiser.get(url(cast, "announcement-manage"))
    with django_assert_num_queries(11):
        organiser.get(url(cast, "role-manage"))


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        ({"preset": "per_day", "limit": 3}, "每人每天可投 3 个项目，同一项目每天限投 1 票。"),
        ({"preset": "per_day_free", "limit": 5}, "每人每天可投 5 票，可全部投给同一项目。"),
        ({"preset": "choose", "choose_min": 5, "choose_max": 10}, "每人每天可投 1 次，每次须选 5 至 10 个项目，整张选票一并计票。"),
        ({"preset": "choose", "choose_min": 10, "choose_max": 10}, "每人每天可投 1 次，每次须选满 10 个项目，整张选票一并计票。"),
        ({"preset": "per_edition", "limit": 10}, "每人在本届投票期间可投 10 个项目，同一项目本届限投 1 票。"),
        ({"preset": "per_day", "limit": 2, "scope": "group"}, "每人每天在每个组别可投 2 个项目，同一项目每天限投 1 票。"),
        ({"preset": "custom", "limit": 6, "per_entry_limit": 2, "period": "edition"}, "每人在本届投票期间可投 6 票，同一项目本届限投 2 票。"),
    ],
)
def test_every_preset_of_a_vote_is_offered_said_and_shown_again(
    organiser: Client, cast: Cast, entered: dict, sentence: str
) -> None:
    data = shown(organiser, url(cast, "setup-vote-rules"))
    page = post(organiser, url(cast, "setup-vote-rules"), data | entered)
    assert sentence in page
    again = shown(organiser, url(cast, "setup-vote-rules"))
    assert {name: again[name] for name in entered} == entered


@pytest.mark.parametrize("entered", [{"preset": "choose"}, {"preset": "custom", "per_entry_limit": ""}])
def test_what_a_preset_needs_is_asked_for_at_its_place(organiser: Client, cast: Cast, entered: dict) -> None:
    before = cast.edition.rounds.get(kind="public_vote").rules
    page = post(organiser, url(cast, "setup-vote-rules"), shown(organiser, url(cast, "setup-vote-rules")) | entered)
    assert "须填写这一项" in page
    assert cast.edition.rounds.get(kind="public_vote").rules == before


def test_a_choice_of_too_few_at_most_names_the_fault(organiser: Client, cast: Cast) -> None:
    data = shown(organiser, url(cast, "setup-vote-rules")) | {"preset": "choose", "choose_min": 6, "choose_max": 5}
    assert "多选的下限不能大于上限" in post(organiser, url(cast, "setup-vote-rules"), data)
