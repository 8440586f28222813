from __future__ import annotations

import json
import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from core import clock
from entries import states
from entries.models import Entry, IPAsset, Submission
from tests.entries.returned import return_entry_with
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory, EntryFactory, IPAssetFactory

AUTOSAVE = {"X-Autosave": "1"}
GOOD, WRONG = "202310000712.2", "202310000712.3"


def url(entry: Entry, step: str) -> str:
    return reverse("entries:register-step", args=[entry.public_id, step])


def row(key: int, number: str, pk: object = "", **values: str) -> dict[str, str]:
    fields = {"id": str(pk), "number_raw": number, "asset_type": "invention", "title": "一种方法", **values}
    return {f"p-{key}-{name}": value for name, value in fields.items()}


def patents(entry: Entry, *rows: dict[str, str], action: str = "save", core: str = "0") -> dict[str, str]:
    data = {"version": str(entry.version), "action": action, "core": core}
    for one in rows:
        data |= one
    return data


@pytest.mark.parametrize("step", ["applicant", "project", "patents", "files", "review"])
def test_no_step_asks_more_of_the_database_for_more_patents(as_applicant, draft, step, django_assert_max_num_queries):
    as_applicant.get(url(draft, step))
    with django_assert_max_num_queries(34) as one:
        as_applicant.get(url(draft, step))
    for number in (1, 2):
        IPAssetFactory(entry=draft, number="", number_raw=f"x{number}", is_core=False)

    with django_assert_max_num_queries(len(one)) as three:
        assert as_applicant.get(url(draft, step)).status_code == 200
    assert len(three) == len(one)


def test_an_unknown_step_does_not_exist(as_applicant, draft):
    assert as_applicant.get(url(draft, "payment")).status_code == 404


def test_what_cannot_be_changed_leads_to_its_page(as_applicant, draft):
    Entry.objects.filter(pk=draft.pk).update(state=states.SUBMITTED)

    answer = as_applicant.get(url(draft, "project"))
    assert answer["Location"] == f"/my/entries/{draft.public_id}/"
    assert as_applicant.post(url(draft, "project"), {"version": 1, "title": "改"}).status_code == 409
    draft.refresh_from_db()
    assert draft.title != "改"


def test_a_draft_with_gaps_is_saved_and_leads_on(as_applicant, empty_draft):
    data = {"version": "1", "title": "陈皮仓储", "track": empty_draft.track_id, "action": "next"}

    answer = as_applicant.post(url(empty_draft, "project"), data)

    assert answer["Location"] == url(empty_draft, "patents")
    empty_draft.refresh_from_db()
    assert (empty_draft.title, empty_draft.version) == ("陈皮仓储", 2)


def test_a_text_too_long_stays_on_the_page_while_the_rest_is_saved(as_applicant, empty_draft):
    data = {"version": "1", "title": "陈皮", "short_name": "九个字的简称太长了", "action": "next"}

    page = as_applicant.post(url(empty_draft, "project"), data).content.decode()

    assert "“大屏简称”最多 8 字，现为 9 字，请删减。" in page and "九个字的简称太长了" in page
    empty_draft.refresh_from_db()
    assert (empty_draft.title, empty_draft.short_name) == ("陈皮", "")


def test_an_autosave_answers_with_the_new_version_and_the_time(as_applicant, empty_draft):
    answer = as_applicant.post(url(empty_draft, "project"), {"version": "1", "title": "陈皮"}, headers=AUTOSAVE)

    told = answer.json()
    assert (told["version"], told["saved_at"], told["faults"], told["keeps_text"]) == (2, "10:00", 0, False)
    assert set(json.loads(told["base"])) >= {"title", "track", "summary"}


def test_a_stale_save_shows_both_and_either_can_be_kept(as_applicant, draft):
    address = url(draft, "project")
    Entry.objects.filter(pk=draft.pk).update(title="同事的名称", version=2)
    mine = {"version": "1", "title": "我的名称", "action": "next"}

    answer = as_applicant.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "同事的名称" in page and 'name="title" value="我的名称"' in page and 'name="version" value="2"' in page
    draft.refresh_from_db()
    assert draft.title == "同事的名称"
    assert as_applicant.post(address, mine, headers=AUTOSAVE).json()["message"].startswith("这个项目在别处改过")

    as_applicant.post(address, {**mine, "version": "2", "action": "save"})
    draft.refresh_from_db()
    assert draft.title == "我的名称"


def opened(client, entry: Entry, step: str) -> dict[str, str]:
    """The version and the marks of a page as it was opened."""
    page = client.get(url(entry, step)).content.decode()
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("version", "base")}
    return {name: unescape(match[1]) for name, match in found.items() if match}


def texts(entry: Entry, **changed: str) -> dict[str, str]:
    names = ("title", "short_name", "industry", "ipc_main", "maturity", "pitch", "summary", "description", "advantages", "layout", "market", "team", "needs")
    return {**{name: getattr(entry, name) for name in names}, "track": str(entry.track_id), **changed}


def test_fields_that_only_one_of_two_colleagues_changed_are_merged(as_applicant, draft):
    address, page = url(draft, "project"), opened(as_applicant, draft, "project")
    as_applicant.post(address, {**page, **texts(draft, pitch="同事的介绍"), "action": "save"})

    answer = as_applicant.post(address, {**page, **texts(draft, title="我的名称")}, headers=AUTOSAVE)

    told = answer.json()
    assert (told["theirs"], told["merged"]) == ({"pitch": "同事的介绍"}, ["一句话介绍"])
    draft.refresh_from_db()
    assert (draft.title, draft.pitch, draft.version) == ("我的名称", "同事的介绍", 3)


def test_a_field_that_both_changed_is_chosen_one_by_one(as_applicant, draft):
    address, page = url(draft, "project"), opened(as_applicant, draft, "project")
    as_applicant.post(address, {**page, **texts(draft, title="同事的名称", pitch="同事的介绍"), "action": "save"})
    mine = {**page, **texts(draft, title="我的名称")}

    told = as_applicant.post(address, mine, headers=AUTOSAVE)
    assert told.status_code == 409 and told.json()["is_overtaken"]
    answer = as_applicant.post(address, {**mine, "action": "next"})
    shown = answer.content.decode()
    assert "同事的名称" in shown and "我的名称" in shown
    assert re.search(r'value="pitch" id="theirs-pitch" checked', shown)
    assert not re.search(r'value="title" id="theirs-title" checked', shown)
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("同事的名称", 2)

    as_applicant.post(address, {**mine, "version": "2", "theirs": ["pitch"], "action": "save"})
    draft.refresh_from_db()
    assert (draft.title, draft.pitch) == ("我的名称", "同事的介绍")


def test_a_colleague_on_another_step_is_in_nobodys_way(as_applicant, draft):
    page = opened(as_applicant, draft, "patents")
    Entry.objects.filter(pk=draft.pk).update(title="同事的名称", version=2)
    asset = draft.assets.get()
    mine = row(0, asset.number_raw, asset.pk, title="改过的专利名称", filed_on="2022-03-14", granted_on="2024-01-05", status="granted", owners="示例企业丁", inventors="丁工")

    told = as_applicant.post(url(draft, "patents"), {**page, **mine, "core": "0"}, headers=AUTOSAVE)

    assert told.status_code == 200
    assert draft.assets.get().title == "改过的专利名称"


def test_a_list_that_a_colleague_changed_is_a_matter_of_choice(as_applicant, draft):
    page = opened(as_applicant, draft, "patents")
    asset = draft.assets.get()
    draft.assets.update(title="同事改的专利")
    Entry.objects.filter(pk=draft.pk).update(version=2)

    answer = as_applicant.post(url(draft, "patents"), {**page, **row(0, asset.number_raw, asset.pk, title="我改的专利"), "core": "0", "action": "save"})

    assert answer.status_code == 409
    assert "同事改的专利" in answer.content.decode() and "我改的专利" in answer.content.decode()
    assert draft.assets.get().title == "同事改的专利"


@pytest.mark.parametrize("base", ["", "{", "[1]", "7", '{"title": 3}'])
def test_marks_that_cannot_be_read_count_as_a_change_of_everything(as_applicant, draft, base):
    Entry.objects.filter(pk=draft.pk).update(title="同事的名称", version=2)

    answer = as_applicant.post(url(draft, "project"), {"version": "1", "base": base, **texts(draft), "action": "save"})

    assert answer.status_code == 409


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_a_page_without_its_version_counts_as_stale(as_applicant, draft, version):
    assert as_applicant.post(url(draft, "project"), {"version": version, "title": "改"}).status_code == 409


def test_the_revenue_is_typed_in_wan_and_shows_the_group(as_applicant, empty_draft):
    address = url(empty_draft, "applicant")

    as_applicant.post(address, {"version": "1", "a-0-revenue": "2000.01", "action": "save"})

    assert f"{empty_draft.applicants.get().revenue}" == "20000100.00"
    assert "成长组" in as_applicant.get(address).content.decode()


def test_a_joint_organisation_is_added_and_removed_by_buttons(as_applicant, empty_draft):
    address = url(empty_draft, "applicant")
    data = {"version": "1", "a-0-revenue": "1200", "action": "add", "new-kind": "university", "new-district": "440703"}

    refused = as_applicant.post(address, data).content.decode()
    assert "请填写联合单位的名称。" in refused and "请填写统一社会信用代码" in refused
    assert empty_draft.applicants.count() == 1

    as_applicant.post(address, {**data, "new-name": "示例大学", "new-uscc": "12440000455860015e", "new-email": "office@university.example"})
    joint = empty_draft.applicants.get(part="joint")
    assert joint.organisation.uscc == "12440000455860015E"
    assert f"{empty_draft.applicants.get(part='lead').revenue}" == "12000000.00"

    empty_draft.refresh_from_db()
    page = {"version": empty_draft.version, "a-0-revenue": "1200", "a-1-revenue": "", "action": f"remove:{joint.pk}"}
    as_applicant.post(address, page)
    assert empty_draft.applicants.count() == 1


def test_patents_are_kept_with_their_faults_under_the_row(as_applicant, empty_draft):
    data = patents(empty_draft, row(0, "202210000101.3"), row(7, WRONG))

    answer = as_applicant.post(url(empty_draft, "patents"), data)

    assert answer.status_code == 302
    assert list(empty_draft.assets.values_list("number_raw", "is_core")) == [("202210000101.3", True), (WRONG, False)]
    page = as_applicant.get(url(empty_draft, "patents")).content.decode()
    assert 'href="#id_p-1-number_raw">第 2 件：申请号校验位不对' in page
    assert 'aria-describedby="id_p-1_error"' in page and 'id="id_p-1_error"' in page


def test_with_a_fault_the_next_step_waits(as_applicant, empty_draft):
    answer = as_applicant.post(url(empty_draft, "patents"), patents(empty_draft, row(0, WRONG), action="next"))

    assert answer.status_code == 200
    assert "最后一位应为 2" in answer.content.decode()
    assert empty_draft.assets.get().number_raw == WRONG


def test_a_day_that_does_not_exist_stays_as_typed(as_applicant, empty_draft):
    data = patents(empty_draft, row(0, GOOD, filed_on="2024-13-02"), action="save")

    page = as_applicant.post(url(empty_draft, "patents"), data).content.decode()

    assert 'value="2024-13-02"' in page and "申请日“2024-13-02”不是有效日期" in page
    assert empty_draft.assets.get().filed_on is None


def test_a_grant_date_makes_the_patent_granted(as_applicant, empty_draft):
    data = patents(empty_draft, row(0, GOOD, filed_on="2023/2/21", granted_on="2024年1月5日"))

    as_applicant.post(url(empty_draft, "patents"), data)

    asset = empty_draft.assets.get()
    assert (asset.filed_on, asset.granted_on, asset.status) == (date(2023, 2, 21), date(2024, 1, 5), "granted")


@pytest.mark.parametrize(
    ("action", "expected"),
    [("delete:1", ["A", "C"]), ("up:1", ["B", "A", "C"]), ("down:1", ["A", "C", "B"]), ("up:0", ["A", "B", "C"])],
)
def test_rows_are_removed_and_moved_without_a_script(as_applicant, empty_draft, action, expected):
    rows = [row(key, "", title=title) for key, title in enumerate("ABC")]

    as_applicant.post(url(empty_draft, "patents"), patents(empty_draft, *rows, action=action))

    assert list(empty_draft.assets.values_list("title", flat=True)) == expected


def test_adding_a_row_saves_and_opens_a_blank_one(as_applicant, empty_draft):
    answer = as_applicant.post(url(empty_draft, "patents"), patents(empty_draft, row(0, GOOD), action="add"))

    assert answer["Location"].endswith("?blank=1#patents-end")
    page = as_applicant.get(answer["Location"]).content.decode()
    assert 'id="id_p-1-number_raw"' in page and 'id="id_p-2-number_raw"' not in page


def test_an_empty_row_is_passed_over(as_applicant, empty_draft):
    as_applicant.post(url(empty_draft, "patents"), patents(empty_draft, row(0, GOOD), row(1, "", title="", owners="示例企业丁")))

    assert empty_draft.assets.count() == 1


def test_an_autosave_of_patents_gives_each_row_its_id_and_sentences(as_applicant, empty_draft):
    data = patents(empty_draft, row(0, GOOD), row(5, WRONG))

    body = as_applicant.post(url(empty_draft, "patents"), data, headers=AUTOSAVE).json()

    ids = list(empty_draft.assets.values_list("pk", flat=True))
    assert [(one["key"], one["id"], one["wrong"]) for one in body["rows"]] == [(0, ids[0], []), (5, ids[1], ["number_raw"])]
    assert (body["version"], body["faults"]) == (2, 1)


def test_keeping_ones_own_list_brings_back_a_row_a_colleague_removed(as_applicant, draft):
    gone = draft.assets.get().pk
    IPAsset.objects.all().delete()

    as_applicant.post(url(draft, "patents"), patents(draft, row(0, GOOD, pk=gone)))

    assert draft.assets.get().number == GOOD


def test_a_row_of_another_entry_is_not_touched(as_applicant, draft):
    foreign = IPAssetFactory(entry=EntryFactory(edition=draft.edition), title="别人的")

    as_applicant.post(url(draft, "patents"), patents(draft, row(0, GOOD, pk=foreign.pk)))

    foreign.refresh_from_db()
    assert foreign.title == "别人的" and foreign.entry_id != draft.pk


def test_the_review_lists_all_that_is_missing_with_links(as_applicant, empty_draft):
    page = as_applicant.get(url(empty_draft, "review")).content.decode()

    assert "还有 10 项未完成" in page
    assert "共有 10 项未完成" in page, "the list of steps and the summary name the same figure"
    assert f'href="{url(empty_draft, "project")}#id_title"' in page


def test_submitting_with_gaps_says_so_and_keeps_the_declarations(as_applicant, empty_draft):
    data = {"version": "1", "action": "submit", "is_truth_declared": "on"}

    answer = as_applicant.post(url(empty_draft, "review"), data)

    assert answer.status_code == 409
    assert "请勾选同意公开展示" in answer.content.decode()
    empty_draft.refresh_from_db()
    assert (empty_draft.state, empty_draft.is_truth_declared) == (states.DRAFT, True)
    assert not Submission.objects.exists()


def test_submitting_a_complete_entry_leads_to_its_page_with_the_receipt(as_applicant, draft):
    data = {"version": draft.version, "action": "submit", "is_truth_declared": "on", "is_display_consented": "on"}

    answer = as_applicant.post(url(draft, "review"), data, follow=True)

    assert answer.redirect_chain[-1][0] == f"/my/entries/{draft.public_id}/"
    assert "JGS2026-000001" in answer.content.decode()


def test_after_the_deadline_a_posted_page_is_refused(client, cast, draft):
    client.force_login(cast.applicant)
    data = {"version": draft.version, "action": "submit", "is_truth_declared": "on", "is_display_consented": "on"}

    with clock.rehearse(moments.REGISTRATION_CLOSES):
        assert client.post(url(draft, "review"), data).status_code == 409

    draft.refresh_from_db()
    assert draft.state == states.DRAFT


def test_in_a_returned_entry_only_the_named_fields_are_open(client, cast, draft):
    return_entry_with(draft, cast, "summary", "asset.1.title")
    client.force_login(cast.applicant)
    with clock.rehearse(moments.DURING_FORMALITY):
        page = client.get(url(draft, "project")).content.decode()
        table = client.get(url(draft, "patents")).content.decode()
        kept = client.post(url(draft, "project"), {"version": draft.version, "summary": "改好", "title": "偷改"})

    assert page.count("disabled") >= 12 and "请核对 summary。" in page
    assert "data-row-add" not in table.split("data-row-template")[0]
    assert kept["Location"] == f"/my/entries/{draft.public_id}/"
    title = draft.title
    draft.refresh_from_db()
    assert (draft.summary, draft.title) == ("改好", title)


def test_a_confirmed_joint_organisation_reads_and_does_not_write(client, cast, draft, during_registration):
    EntryApplicantFactory(entry=draft, organisation=cast.rival_organisation, part="joint")
    client.force_login(cast.rival)

    assert client.get(f"/my/entries/{draft.public_id}/").status_code == 200
    assert client.get(url(draft, "project")).status_code == 404


def test_a_stale_patent_list_shows_both_row_by_row(as_applicant, draft):
    Entry.objects.filter(pk=draft.pk).update(version=9)

    page = as_applicant.post(url(draft, "patents"), patents(draft, row(0, GOOD), row(1, ""))).content.decode()

    assert "202310000712.2，发明，一种方法" in page and "202210000101.3，发明，一种陈皮货位微环境独立调节方法" in page
    assert "第 2 件" in page and 'name="p-1-title" value="一种方法"' in page
    assert draft.assets.get().number == "202210000101.3"


def test_stale_revenues_and_declarations_are_shown_too(as_applicant, draft):
    Entry.objects.filter(pk=draft.pk).update(version=9)

    revenues = as_applicant.post(url(draft, "applicant"), {"version": "1", "a-0-revenue": "7"}).content.decode()
    declared = as_applicant.post(url(draft, "review"), {"version": "1", "action": "submit"}).content.decode()

    assert "7 万元" in revenues and "1,200 万元" in revenues
    assert "未勾选" in declared and "已勾选" in declared
    draft.refresh_from_db()
    assert draft.state == states.DRAFT and draft.is_truth_declared


def test_the_organisation_itself_is_no_joint_organisation(as_applicant, cast, draft):
    cast.organisation.verified_at = moments.SET_UP
    cast.organisation.save()
    data = {"version": draft.version, "a-0-revenue": "1200", "action": "add", "new-kind": "enterprise"}
    data |= {"new-district": "440703", "new-name": "示例企业丁", "new-uscc": cast.organisation.uscc}

    page = as_applicant.post(url(draft, "applicant"), data).content.decode()

    assert "示例企业丁 已经在参赛主体中" in page
    assert draft.applicants.count() == 1


def test_a_wrong_credit_code_and_revenue_are_said_at_their_fields(as_applicant, draft):
    data = {"version": draft.version, "a-0-revenue": "很多", "action": "save"}
    assert "营业收入应为数字" in as_applicant.post(url(draft, "applicant"), data).content.decode()

    data |= {"action": "add", "new-kind": "enterprise", "new-district": "440703", "new-name": "示例", "new-uscc": "91X"}
    assert "18 位" in as_applicant.post(url(draft, "applicant"), data).content.decode()
    assert draft.applicants.count() == 1


def test_an_autosave_after_the_deadline_is_told_why(client, cast, draft):
    client.force_login(cast.applicant)
    with clock.rehearse(moments.REGISTRATION_CLOSES):
        answer = client.post(url(draft, "project"), {"version": draft.version, "title": "改"}, headers=AUTOSAVE)

    assert answer.status_code == 409
    assert answer.json()["message"].startswith("现在不在报名时间内")
