"""What examiners read: terms, changes, findings, rows, lists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from competitions.models import EntryRules, Group, StageOverride
from core.clock import at_local
from entries import states
from entries.models import Entry
from entries.queries.difference import changes_since_last
from entries.queries.dossier import open_dossier
from entries.queries.entry_list import (
    bucket_counts,
    days_waiting,
    examiner_loads,
    listed_entries,
    narrowed,
    ordered,
)
from entries.queries.examinable import examination_end
from entries.queries.examination import questions
from entries.queries.formality import default_due_at, is_field
from entries.queries.sections import TABS, file_sections, patent_sections
from tests.cast import Cast
from tests.entries.dossiers import AT, build_submitted_entry, file_submission, list_file
from tests.factories import moments
from tests.factories.entries import (
    EntryApplicantFactory,
    FormalityReviewFactory,
    IPAssetFactory,
    build_accepted_entry,
)


def found(entry: Entry, heading: str) -> list[tuple[str, str]]:
    question = next(one for one in questions(open_dossier(entry), AT) if one.heading == heading)
    return [(one.tone, one.message) for one in question.findings]


def titles(cast: Cast, **values: object) -> list[str]:
    return sorted(one.title for one in ordered(narrowed(listed_entries(cast.edition), values), "title"))


def test_a_term_ends_at_the_end_of_office_hours(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    assert default_due_at(entry, AT) == at_local(2026, 9, 10, 18)
    assert default_due_at(entry, moments.FORMALITY_CLOSES - timedelta(hours=1)) == moments.FORMALITY_CLOSES


def test_while_the_stage_is_paused_its_end_is_open(cast: Cast) -> None:
    stage = cast.edition.stages.get(kind="formality")
    StageOverride.objects.create(stage=stage, kind="pause", at=AT, reason="停电", by=cast.organiser)
    entry = build_submitted_entry(cast)
    assert examination_end(entry, AT + timedelta(hours=1)) is None
    stage.delete()
    assert examination_end(entry, AT) is None


def test_a_first_submission_has_no_changes_and_a_second_shows_them_in_words(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    assert changes_since_last(entry) == []

    entry.industry, entry.team = "robot", ""
    entry.save(update_fields=["industry", "team"])
    entry.assets.update(status="ended")
    list_file(entry)
    file_submission(entry)

    shown = [(one.field, one.label, one.kind, one.parts) for one in changes_since_last(entry)]
    assert shown == [
        ("industry", "项目信息 · 所属产业", "改动", [("gone", "先进材料"), ("new", "智能机器人")]),
        ("team", "项目信息 · 团队情况", "改动", [("gone", "团队。"), ("new", "（空）")]),
        ("asset.1.status", "专利清单 · 第 1 件法律状态", "改动", [("gone", "授权有效"), ("new", "已失效")]),
        ("file.proposal", "附件材料 · 项目申报书", "新增", [("new", "申报书.pdf（1.7 MB）")]),
    ]


def test_changes_of_organisations_rows_and_declarations_have_words_too(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    before = entry.submissions.get().content
    entry.is_display_consented = False
    entry.save(update_fields=["is_display_consented"])
    EntryApplicantFactory(entry=entry, organisation=cast.rival_organisation, part="joint")
    entry.applicants.filter(part="lead").update(revenue=5)
    Organisation.objects.filter(pk=cast.organisation.pk).update(name="示例企业丁改")
    entry.assets.all().delete()
    file_submission(Entry.objects.get(pk=entry.pk))
    assert before["is_display_consented"] is True

    shown = {one.label: one.parts for one in changes_since_last(entry)}
    assert shown["申报主体 · 第 1 家"] == [("gone", "示例企业丁"), ("new", "示例企业丁改")]
    assert shown["申报主体 · 第 2 家"] == [("new", "示例企业壬")]
    assert shown["申报主体 · 上一年度营业收入"] == [("gone", "12000000.00"), ("new", "5.00")]
    assert shown["专利清单 · 第 1 件"] == [("gone", "202210000101.3 一种陈皮货位微环境独立调节方法")]
    assert [("gone", "是"), ("new", "否")] in shown.values()


def test_long_texts_show_only_what_moved(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    Entry.objects.filter(pk=entry.pk).update(description="同样的一句话。" * 10)
    file_submission(Entry.objects.get(pk=entry.pk))
    Entry.objects.filter(pk=entry.pk).update(description="同样的一句话。" * 10 + "新的一句。")
    file_submission(Entry.objects.get(pk=entry.pk))
    [change] = changes_since_last(entry)
    assert change.parts == [("same", "同样的一句话。" * 10), ("new", "新的一句。")]


def test_a_sound_entry_raises_no_doubt(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    list_file(entry)
    asked = questions(open_dossier(entry), AT)
    assert [(one.heading, one.doubts) for one in asked if one.tone == "no"] == []
    assert [one.tone for one in asked] == ["hand", "ok", "ok", "hand", "hand", "hand"]


def test_a_patent_of_another_entry_is_named(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    build_accepted_entry(cast.edition, 12, title="别人的项目")
    build_accepted_entry(cast.other_edition, 3, title="往届项目")
    build_submitted_entry(cast, state=states.WITHDRAWN, title="撤回的不算")
    doubts = [words for tone, words in found(entry, "专利号与日期") if tone == "no"]
    assert doubts == [
        "第 1 件 202210000101.3 也在本届项目“012 别人的项目”中，申报主体不同，请核对权属后作出结论",
        f"第 1 件 202210000101.3 也在{cast.other_edition.short_name}的项目“003 往届项目”中，申报主体不同，请核对权属后作出结论",
    ]


def test_numbers_dates_and_gaps_are_doubted(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    IPAssetFactory(entry=entry, position=2000, is_core=False, number="", number_raw="202310000712.3", filed_on=date(2022, 1, 12))
    tones = found(entry, "专利号与日期")
    assert [tone for tone, _ in tones] == ["no", "ok"]
    assert tones[0][1].startswith("第 2 件：") and "应为 2" in tones[0][1]


def test_rules_of_the_edition_are_applied(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    EntryRules.objects.filter(edition=cast.edition).update(
        core_types=["design"], core_granted_from="2025-01-01", min_assets=2, max_entries_enterprise=1
    )
    build_submitted_entry(cast)
    core = found(entry, "核心专利符合条件")
    assert [tone for tone, _ in core] == ["no", "no", "no"]
    assert core[2] == ("no", "共 1 件，要求 2—21 件")
    assert ("no", "示例企业丁 本届已报 2 个项目，最多 1 个") in found(entry, "主体资格符合组别要求")

    entry.assets.update(is_core=False)
    assert found(entry, "核心专利符合条件") == [("no", "核心专利应为 1 件，现有 0 件")]


def test_organisations_without_cap_have_none_and_bad_codes_are_doubted(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    Organisation.objects.filter(pk=cast.organisation.pk).update(kind="university", uscc="91440606722473344D")
    tones = [tone for tone, _ in found(entry, "主体资格符合组别要求")]
    assert tones == ["ok", "no"]


def test_without_revenue_or_group_the_examiner_is_told(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    Group.objects.filter(track__edition=cast.edition, code="startup").delete()
    assert found(entry, "主体资格符合组别要求")[0] == ("no", "赛道没有设初创组。")
    entry.applicants.update(revenue=None)
    assert "营业收入" in found(entry, "主体资格符合组别要求")[0][1]


def test_owners_files_and_declarations(cast: Cast) -> None:
    entry = build_submitted_entry(cast, is_truth_declared=False)
    entry.assets.update(owners="示例大学")
    assert found(entry, "专利权属清晰")[0] == ("hand", "第 1 件的专利权人“示例大学”不是申报主体，请核对授权书")
    assert found(entry, "附件齐全、清晰、已盖章")[0] == ("no", "请上传项目申报书（PDF）。")
    assert found(entry, "无保密与敏感内容")[0][0] == "no"


def test_every_row_that_can_be_commented_on_is_a_field(cast: Cast) -> None:
    from_entry = build_submitted_entry(cast)
    list_file(from_entry)
    list_file(from_entry, "deck", "路演.pdf")
    dossier = open_dossier(from_entry)
    names = [row.name for _, build in TABS.values() for section in build(dossier) for row in section.rows if row.name]
    names += [section.name for _, build in TABS.values() for section in build(dossier) if section.name]
    assert len(names) == len(set(names)) and len(names) > 30
    assert [name for name in names if not is_field(dossier, name)] == []


def test_rows_show_words_and_missing_files_are_named(cast: Cast) -> None:
    dossier = open_dossier(build_submitted_entry(cast))
    rows = {row.name: row.value for row in patent_sections(dossier)[0].rows}
    assert (rows["asset.1.asset_type"], rows["asset.1.number"], rows["asset.1.is_core"]) == ("发明", "202210000101.3", "是")
    needed = file_sections(dossier)[0]
    assert (needed.title, needed.badge, [row.label for row in needed.rows]) == ("项目申报书", "必交", ["还没有上传"])


def test_lists_are_narrowed_by_each_filter(cast: Cast) -> None:
    waiting = build_submitted_entry(cast, title="甲")
    held = build_submitted_entry(cast, title="乙", state=states.UNDER_REVIEW)
    FormalityReviewFactory(entry=held, examiner=cast.examiner)
    other = build_accepted_entry(cast.edition, 47, title="丙")
    lead = other.applicants.get().organisation
    Organisation.objects.filter(pk=lead.pk).update(name="示例大学", district="440781")
    startup = Group.objects.get(track__edition=cast.edition, code="startup")

    assert titles(cast) == sorted(["甲", "乙", "丙"])
    assert titles(cast, bucket="waiting") == sorted(["甲", "乙"])
    assert titles(cast, state=states.ACCEPTED) == ["丙"]
    assert titles(cast, group=startup) == ["丙"]
    assert titles(cast, district="440781") == ["丙"]
    assert titles(cast, examiner=str(cast.examiner.pk)) == ["乙"]
    assert titles(cast, examiner="none", bucket="waiting") == ["甲"]
    assert titles(cast, q="047") == titles(cast, q="大学") == ["丙"]
    assert titles(cast, q=waiting.submissions.get().receipt) == ["甲"]
    assert titles(cast, q="202210000101") == sorted(["甲", "乙", "丙"])
    assert titles(cast, q="没有") == []


def test_a_row_knows_its_lead_examiner_rounds_and_repeated_patents(cast: Cast) -> None:
    entry = build_submitted_entry(cast, state=states.UNDER_REVIEW)
    FormalityReviewFactory(entry=entry, decision="return", due_at=AT, decided_at=AT)
    FormalityReviewFactory(entry=entry, sequence=2, examiner=cast.examiner)
    row = listed_entries(cast.edition).get()
    assert (row.lead_name, row.examiner_name, row.was_returned, row.due_at) == ("示例企业丁", "甄敏", True, AT)
    assert (row.has_repeated, days_waiting(row, AT), row.receipt) == (False, 35, f"T{entry.pk}-1")

    build_submitted_entry(cast)
    assert listed_entries(cast.edition).get(pk=entry.pk).has_repeated


def test_counts_and_loads(cast: Cast) -> None:
    for state in (states.SUBMITTED, states.UNDER_REVIEW, states.RETURNED, states.REJECTED, states.WITHDRAWN, states.DRAFT):
        build_submitted_entry(cast, state=state)
    build_accepted_entry(cast.edition, 1)
    FormalityReviewFactory(entry=Entry.objects.get(state=states.UNDER_REVIEW), examiner=cast.organiser)
    FormalityReviewFactory(entry=Entry.objects.get(number=1), examiner=cast.organiser, decision="accept", decided_at=AT)
    assert bucket_counts(cast.edition) == {"waiting": 2, "returned": 1, "accepted": 1, "rejected": 1, "total": 5}
    loads = [(one.name, one.held, one.decided) for one in examiner_loads(cast.edition)]
    assert loads == [("江晓", 1, 1), ("甄敏", 0, 0)]


@pytest.mark.parametrize("size", [1, 3])
def test_findings_take_the_same_queries_for_any_portfolio(cast: Cast, size: int) -> None:
    entry = build_submitted_entry(cast)
    for index in range(size - 1):
        IPAssetFactory(entry=entry, position=index + 2000, number=f"20221000020{index}.1", is_core=False)
    dossier = open_dossier(entry)
    with CaptureQueriesContext(connection) as queries:
        questions(dossier, AT)
    assert len(queries) == 4
