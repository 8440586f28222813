from __future__ import annotations

from datetime import timedelta

import pytest

from core.table_import import read_table
from entries.actions.asset_sheet import (
    KEPT_FOR,
    import_sheet,
    keep_sheet,
    map_sheet,
    mend_sheet,
    sweep_sheets,
)
from entries.errors import EntryNotEditable, FieldLocked, NoNumberColumn, TooManyRows
from entries.models import AssetSheet, Entry, IPAsset
from entries.queries.asset_sheet import judge_sheet
from entries.queries.completeness import missing_for_submission
from entries.queries.dossier import open_dossier
from entries.queries.sections import applicant_sections
from tests.entries.returned import return_entry_with
from tests.entries.sheets import HEADER, patent_rows, workbook
from tests.factories import moments

AT = moments.DURING_REGISTRATION


def keep(cast, entry, rows, header=HEADER, **options) -> AssetSheet:
    sheets = read_table(workbook(rows, header, **options), "清单.xlsx", max_rows=500)
    return keep_sheet(entry=entry, name="清单.xlsx", sheets=sheets, actor=cast.applicant, at=AT)


def judged(sheet: AssetSheet):
    return judge_sheet(sheet, open_dossier(sheet.entry), AT.date())


def test_a_sheet_is_looked_at_before_anything_is_written(cast, empty_draft):
    sheet = keep(cast, empty_draft, patent_rows(3, wrong=[1]), above=["示例企业丁专利清单"])

    found = judged(sheet)
    assert [row.number for row in found.good] == [3, 5]
    [wrong] = found.faulty
    assert wrong.number == 4
    assert list(wrong.wrong) == ["number_raw"] and "校验位" in wrong.wrong["number_raw"][0]
    assert not empty_draft.assets.exists()


def test_the_good_rows_are_imported_and_the_others_stay_to_be_mended(cast, empty_draft):
    sheet = keep(cast, empty_draft, patent_rows(3, wrong=[1]))

    added = import_sheet(sheet=sheet, actor=cast.applicant, at=AT)

    assert len(added) == 2
    first = empty_draft.assets.first()
    assert (first.asset_type, first.status, first.owners, first.inventors) == ("invention", "granted", "示例企业丁", "丁一；丁二")
    assert first.number == first.number_raw.removeprefix("ZL")
    sheet.refresh_from_db()
    assert [raw["n"] for raw in sheet.rows] == [3]

    right = patent_rows(3)[1][2]
    sheet = mend_sheet(sheet=sheet, cells={(3, "number_raw"): right, (99, "title"): "没有这一行"}, actor=cast.applicant, at=AT)
    import_sheet(sheet=sheet, actor=cast.applicant, at=AT)

    assert list(empty_draft.assets.values_list("position", flat=True)) == [1, 2, 3]
    assert not AssetSheet.objects.exists()
    assert Entry.objects.get(pk=empty_draft.pk).version == 3


def test_what_a_list_does_not_say_is_told_from_the_number_and_the_applicants(cast, empty_draft):
    sheet = keep(cast, empty_draft, [["ZL202220000404.0", "一种货位"]], ["专利号", "名称"])

    [row] = judged(sheet).good
    assert (row.values["asset_type"], row.values["status"], row.values["owners"]) == ("utility_model", "filed", "示例企业丁")


def test_repetitions_are_passed_over_or_named(cast, empty_draft):
    rows = patent_rows(2)
    import_sheet(sheet=keep(cast, empty_draft, rows[:1]), actor=cast.applicant, at=AT)

    found = judged(keep(cast, empty_draft, [rows[0], rows[1], rows[1]]))

    assert [row.repeats for row in found.repeated] == ["清单第 1 件已有这个申请号"]
    assert found.faulty[0].wrong == {"number_raw": ["申请号与表格第 3 行重复，同一件专利只填一次。"]}
    assert len(found.good) == 1


def test_an_unusual_foreign_number_is_taken_with_a_reason(cast, empty_draft):
    header = ["专利名称", "号码", "类型", "国家", "号码说明"]
    sheet = keep(cast, empty_draft, [["方法", "EP98660050.1", "境外专利", "欧洲", ""], ["方法", "EP98660050.2", "境外专利", "欧洲", "照通知书"]], header)

    found = judged(sheet)
    assert list(found.faulty[0].wrong) == ["number_reason"]
    assert found.good[0].values["country"] == "EP"

    mended = mend_sheet(sheet=sheet, cells={(2, "number_reason"): "分案"}, actor=cast.applicant, at=AT)
    assert len(judged(mended).good) == 2


def test_two_core_patents_are_one_too_many(cast, empty_draft):
    rows = [[*row, "是"] for row in patent_rows(2)]

    found = judged(keep(cast, empty_draft, rows, [*HEADER, "核心专利"]))

    assert found.good[0].values["is_core"]
    assert found.faulty[0].wrong == {"is_core": ["核心专利只能有一件，第 2 行已经填了“是”。"]}


def test_columns_can_be_named_by_hand(cast, empty_draft):
    number = patent_rows(1)[0][2]
    sheet = keep(cast, empty_draft, [["甲方法", number], ["乙方法", "x"]], ["A", "B"])
    assert sheet.mapping == ["", ""]

    with pytest.raises(NoNumberColumn):
        map_sheet(sheet=sheet, mapping=["title", "title"], actor=cast.applicant, at=AT)
    sheet = map_sheet(sheet=sheet, mapping=["title", "number_raw"], actor=cast.applicant, at=AT)

    assert [row.values["title"] for row in judged(sheet).good] == ["甲方法"]


def test_a_second_sheet_takes_the_place_of_the_first(cast, empty_draft):
    keep(cast, empty_draft, patent_rows(1))
    keep(cast, empty_draft, patent_rows(2))

    assert len(AssetSheet.objects.get().rows) == 2


def test_a_list_that_would_be_too_long_is_refused_whole(cast, empty_draft):
    import_sheet(sheet=keep(cast, empty_draft, patent_rows(500)), actor=cast.applicant, at=AT)
    one_more = keep(cast, empty_draft, [["", "方法", "ZL202210000101.3"]])

    with pytest.raises(TooManyRows):
        import_sheet(sheet=one_more, actor=cast.applicant, at=AT)

    assert empty_draft.assets.count() == 500


def test_what_is_not_open_is_refused_and_nothing_is_kept(cast, draft):
    review = return_entry_with(draft, cast, "summary")
    sheets = read_table(workbook(patent_rows(1)), "清单.xlsx", max_rows=500)

    with pytest.raises(FieldLocked):
        keep_sheet(entry=draft, name="清单.xlsx", sheets=sheets, actor=cast.applicant, at=review.decided_at)
    Entry.objects.filter(pk=draft.pk).update(state="submitted")
    with pytest.raises(EntryNotEditable):
        keep_sheet(entry=draft, name="清单.xlsx", sheets=sheets, actor=cast.applicant, at=AT)

    assert not AssetSheet.objects.exists()
    assert IPAsset.objects.count() == 1


@pytest.mark.parametrize("rows", (1, 3))
def test_the_queries_of_an_import_do_not_grow_with_the_rows(cast, empty_draft, rows, django_assert_num_queries):
    sheet = keep(cast, empty_draft, patent_rows(rows))

    with django_assert_num_queries(15):
        import_sheet(sheet=sheet, actor=cast.applicant, at=AT)


def test_a_sheet_nobody_imports_is_forgotten(cast, empty_draft):
    sheet = keep(cast, empty_draft, patent_rows(3, wrong=[1]))
    assert sweep_sheets(at=AT + KEPT_FOR - timedelta(seconds=1)) == 0
    assert AssetSheet.objects.get() == sheet
    assert sweep_sheets(at=AT + KEPT_FOR) == 1
    assert not AssetSheet.objects.exists()


def test_an_entry_from_abroad_shows_the_number_of_its_register(cast, draft):
    """Beside tests/accounts: the entry asks for it, and the examiner's sections name it."""
    type(cast.organisation).objects.filter(pk=cast.organisation.pk).update(kind="overseas", uscc="", registered_in="mo")
    assert any("登记编号" in one.message for one in missing_for_submission(open_dossier(draft), AT))
    type(cast.organisation).objects.filter(pk=cast.organisation.pk).update(registration_number="12345(SO)")
    dossier = open_dossier(draft)
    assert not any("登记编号" in one.message for one in missing_for_submission(dossier, AT))
    rows = [(row.label, row.value) for section in applicant_sections(dossier) for row in section.rows]
    assert ("登记编号", "12345(SO)（澳门）") in rows
