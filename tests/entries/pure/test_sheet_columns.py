from __future__ import annotations

import pytest

from entries.pure.sheet_columns import HEADINGS, find_headings, guess_columns, map_headings


def test_the_headings_of_the_template_map_to_themselves():
    assert map_headings(list(HEADINGS.values())) == list(HEADINGS)


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (["序号", "名 称", "专利号/申请号", "专利类别*"], ["", "title", "number_raw", "asset_type"]),
        (["Application No.", "Title", "Filing Date", "Grant date"], ["number_raw", "title", "filed_on", "granted_on"]),
        (["申请日（年/月/日）", "ＩＰＣ 主分类号", "当前权利人"], ["filed_on", "classification", "owners"]),
        (["公开号", "授权公告号"], ["", "publication_number"]),
        (["申请号", "申请号"], ["number_raw", ""]),
        (["", "备注", "年费"], ["", "", ""]),
    ],
)
def test_headings_are_known_in_many_spellings_and_each_column_is_given_once(headings, columns):
    assert map_headings(headings) == columns


def test_a_title_above_the_headings_is_passed_over():
    assert find_headings([["某公司专利清单"], ["2026 年 8 月"], ["序号", "申请号", "名称"], ["1", "x", "y"]]) == 2
    assert find_headings([["1", "202210000101.3"], ["2", "x"]]) is None


def test_a_table_without_headings_is_told_by_what_is_in_it():
    rows = [["1", "202210000101.3", "一种货位调节方法", "2022-03-14", "2024.1.5"], ["2", "202310000712.2", "判别方法", "2023/2/1", ""]]

    assert guess_columns(rows) == ["", "number_raw", "title", "filed_on", "granted_on"]
    assert guess_columns([["甲", "乙"]]) == ["", ""]
