from __future__ import annotations

import pytest

from entries.queries.editing import Scope, covers, edit_scope
from entries.queries.steps import field_label, field_url, step_of
from tests.entries.returned import return_entry_with


@pytest.mark.parametrize(
    ("opened", "name", "does"),
    [
        ("summary", "summary", True),
        ("summary", "pitch", False),
        ("asset.3", "asset.3.number", True),
        ("asset.3", "asset.31.number", False),
        ("asset.3.number", "asset.3", False),
        ("assets", "asset.3.number", True),
        ("files", "file.proposal", True),
        ("file.proposal", "file.deck", False),
        ("applicants", "applicant.1.revenue", True),
        ("applicant.1.revenue", "applicants", False),
    ],
)
def test_a_name_opens_what_lies_under_it(opened, name, does):
    assert covers(opened, name) is does
    assert Scope(frozenset({opened})).allows(name) is does


def test_a_draft_is_all_open_and_a_returned_entry_only_where_named(cast, draft):
    assert edit_scope(draft) == Scope(None)

    return_entry_with(draft, cast, "summary", "asset.1")
    assert edit_scope(draft) == Scope(frozenset({"summary", "asset.1"}))


@pytest.mark.parametrize(
    ("field", "step", "anchor", "label"),
    [
        ("summary", "project", "id_summary", "项目信息 · 公开简介"),
        ("asset.2.number", "patents", "id_p-1-number_raw", "专利清单 · 第 2 件申请号"),
        ("asset.2.owners", "patents", "id_p-1-owners", "专利清单 · 第 2 件专利权人（申请人）"),
        ("asset.2", "patents", "id_p-1-number_raw", "专利清单 · 第 2 件"),
        ("assets", "patents", "patents", "专利清单"),
        ("applicant.1.revenue", "applicant", "id_a-0-revenue", "申报主体 · 上一年度营业收入"),
        ("applicants", "applicant", "joint", "申报主体"),
        ("file.proposal", "files", "file-proposal", "附件材料 · 项目申报书"),
        ("files", "files", "files", "附件材料"),
        ("is_truth_declared", "review", "id_is_truth_declared", "核对并提交 · 承诺材料真实、权属无争议、不涉密"),
    ],
)
def test_every_field_has_a_step_a_place_and_words(draft, field, step, anchor, label):
    assert step_of(field) == step
    assert field_url(draft, field) == f"/my/entries/{draft.public_id}/edit/{step}/#{anchor}"
    assert field_label(field) == label
