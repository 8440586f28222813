from __future__ import annotations

import io
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from entries.models import AssetSheet, IPAsset
from entries.pure.sheet_columns import HEADINGS
from tests.entries.sheets import as_text, patent_rows, workbook


def address(entry, name="patents-import") -> str:
    return reverse(f"entries:{name}", args=[entry.public_id])


def send(client, entry, content: bytes, name: str = "清单.xlsx"):
    return client.post(address(entry), {"action": "read", "sheet": SimpleUploadedFile(name, content)})


def test_from_the_file_to_the_list_without_scripts(as_applicant, empty_draft):
    answer = send(as_applicant, empty_draft, workbook(patent_rows(4, wrong=[2])))
    assert answer["Location"] == address(empty_draft)
    page = as_applicant.get(address(empty_draft)).content.decode()
    assert "读取 4 行" in page and "导入 3 行" in page and "表格第 4 行" in page and "校验位" in page
    assert not IPAsset.objects.exists()

    sheet = AssetSheet.objects.get()
    posted = {"sheet": sheet.public_id, "action": "mend", "cell-4-number_raw": patent_rows(4)[2][2]}
    as_applicant.post(address(empty_draft), posted)
    assert "导入 4 行" in as_applicant.get(address(empty_draft)).content.decode()

    answer = as_applicant.post(address(empty_draft), {"sheet": sheet.public_id, "action": "import"}, follow=True)
    assert "已导入 4 件专利。" in answer.content.decode()
    assert empty_draft.assets.count() == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_the_usual_encodings(as_applicant, empty_draft, encoding):
    send(as_applicant, empty_draft, as_text(patent_rows(2), between=",").encode(encoding), "清单.csv")

    assert "导入 2 行" in as_applicant.get(address(empty_draft)).content.decode()


def test_rows_can_be_pasted(as_applicant, empty_draft):
    as_applicant.post(address(empty_draft), {"action": "read", "pasted": as_text(patent_rows(2))})

    assert "导入 2 行" in as_applicant.get(address(empty_draft)).content.decode()


def test_a_text_of_formulas_stays_text(as_applicant, empty_draft):
    rows = patent_rows(1)
    rows[0][1] = '=HYPERLINK("https://example.invalid","点我")'
    send(as_applicant, empty_draft, as_text(rows, between="\t").encode(), "清单.csv")
    as_applicant.post(address(empty_draft), {"sheet": AssetSheet.objects.get().public_id, "action": "import"})

    assert empty_draft.assets.get().title.startswith("=HYPERLINK")


def test_the_template_has_every_column_and_reads_back(as_applicant, empty_draft):
    content = as_applicant.get(address(empty_draft, "patents-template")).content

    assert [cell.value for cell in load_workbook(io.BytesIO(content)).active[1]] == list(HEADINGS.values())
    text = as_applicant.get(address(empty_draft, "patents-template"), {"format": "csv"}).content.decode("utf-8-sig")
    assert text.startswith("申请号,类型,专利名称")


def test_the_faulty_rows_come_back_marked_and_can_be_uploaded_mended(as_applicant, empty_draft):
    send(as_applicant, empty_draft, workbook(patent_rows(3, wrong=[0, 2])))

    content = as_applicant.get(address(empty_draft, "patents-faults")).content
    sheet = load_workbook(io.BytesIO(content)).active
    marked = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.comment]
    assert [cell.coordinate for cell in marked] == ["C2", "C3"]
    assert all("校验位" in cell.comment.text and cell.fill.fgColor.rgb.endswith("F9D9CF") for cell in marked)
    assert sheet.cell(row=2, column=sheet.max_column).value.startswith("第 2 行：")

    rows = patent_rows(3)
    sheet["C2"], sheet["C3"] = rows[0][2], rows[2][2]
    out = io.BytesIO()
    sheet.parent.save(out)
    send(as_applicant, empty_draft, out.getvalue())
    assert "导入 2 行" in as_applicant.get(address(empty_draft)).content.decode()


def test_what_cannot_be_read_is_said_on_the_step_and_leaves_nothing(as_applicant, empty_draft):
    answer = send(as_applicant, empty_draft, b"PK\x03\x04 broken")

    assert answer.status_code == 422
    assert "“清单.xlsx”打不开" in answer.content.decode()
    assert not AssetSheet.objects.exists()
    assert "请先选择表格文件" in as_applicant.post(address(empty_draft), {"action": "read"}).content.decode()


def test_a_sheet_that_is_gone_is_not_imported_twice(as_applicant, empty_draft):
    send(as_applicant, empty_draft, workbook(patent_rows(1)))
    posted = {"sheet": AssetSheet.objects.get().public_id, "action": "import"}
    as_applicant.post(address(empty_draft), posted)

    answer = as_applicant.post(address(empty_draft), posted, follow=True)

    assert "没有再次导入" in answer.content.decode()
    assert empty_draft.assets.count() == 1


def test_cancelling_leaves_the_list_as_it_is(as_applicant, draft):
    send(as_applicant, draft, workbook(patent_rows(1)))
    as_applicant.post(address(draft), {"sheet": AssetSheet.objects.get().public_id, "action": "cancel"})

    assert not AssetSheet.objects.exists()
    assert draft.assets.count() == 1


def test_columns_are_chosen_on_the_page(as_applicant, empty_draft):
    send(as_applicant, empty_draft, workbook([["方法", "不是号"], ["方法", patent_rows(1)[0][2]]], ["A", "B"]))
    page = as_applicant.get(address(empty_draft)).content.decode()
    assert "没有认出申请号在哪一列" in page and "disabled" in page

    sheet = AssetSheet.objects.get()
    posted = {"sheet": sheet.public_id, "action": "map", "column-0": "title", "column-1": "number_raw"}
    as_applicant.post(address(empty_draft), posted)
    assert "导入 1 行" in as_applicant.get(address(empty_draft)).content.decode()


@pytest.mark.parametrize("rows", (1, 3))
def test_the_preview_asks_no_more_for_more_rows(as_applicant, empty_draft, rows, django_assert_num_queries):
    send(as_applicant, empty_draft, workbook(patent_rows(rows, wrong=[0])))
    with django_assert_num_queries(21):
        as_applicant.get(address(empty_draft))


def spoiled(seed: int, sound: bytes) -> bytes:
    """One of many ways in which a spreadsheet can be bad; the same seed spoils in the same way."""
    chance = random.Random(seed)
    ways = seed % 6
    if ways == 0:  # bytes changed
        content = bytearray(sound)
        for _ in range(chance.randint(1, 40)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        return bytes(content)
    if ways == 1:  # cut off
        return sound[: chance.randrange(len(sound))]
    if ways == 2:  # noise
        return bytes(chance.randrange(256) for _ in range(chance.randint(0, 400)))
    if ways == 3:  # a part doubled or swapped
        middle = chance.randrange(len(sound))
        return sound[middle:] + sound[: chance.randrange(len(sound))]
    signs = '0123456789ZL.,;\t"\'\r\n=+-@申请号专利名称日 \x00\u200b\ud7ff#N/A（）'
    text = "".join(chance.choice(signs) for _ in range(chance.randint(0, 600)))
    if ways == 4:  # text that is hardly a table
        return text.encode("utf-8")
    header = ["申请号", "专利名称", "申请日", "授权公告日", "类型", "法律状态", "国家", "是否核心"]
    cells = [[text[chance.randrange(len(text) + 1) :][: chance.randint(0, 60)] for _ in header] for _ in range(4)]
    return as_text(cells, header).encode("gb18030", "ignore")


def test_two_hundred_and_forty_bad_spreadsheets_give_no_error_and_no_row(as_applicant, empty_draft):
    sound = workbook(patent_rows(3, wrong=[0, 1, 2]))
    for seed in range(240):
        AssetSheet.objects.all().delete()
        answer = send(as_applicant, empty_draft, spoiled(seed, sound), f"{seed}.xlsx")
        assert answer.status_code in (302, 422), seed
        kept = AssetSheet.objects.filter(entry=empty_draft).count()
        assert kept == (1 if answer.status_code == 302 else 0), seed
        if kept:
            assert as_applicant.get(address(empty_draft)).status_code == 200, seed
            marked = seed % 5 or as_applicant.get(address(empty_draft, "patents-faults")).status_code == 200
            assert marked, seed
        assert not IPAsset.objects.exists(), seed
