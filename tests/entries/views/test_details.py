from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from entries.models import ApplicantProfile, EntryDetails, TeamMember
from entries.queries.completeness import missing_for_submission
from entries.queries.content import entry_content
from entries.queries.dossier import open_dossier
from tests.factories import moments


def address(entry) -> str:
    return reverse("entries:register-step", args=[entry.public_id, "details"])


def posted(entry, **values: str) -> dict[str, object]:
    """The page as a browser sends it, with `values` filled in."""
    counts = {"figures": 3, "transactions": 2, "members": 3}
    data: dict[str, object] = {"version": str(entry.version), "action": "save"}
    for name, count in counts.items():
        data |= {f"{name}-TOTAL_FORMS": str(count), f"{name}-INITIAL_FORMS": "3" if name == "figures" else "0"}
    data |= {f"figures-{index}-year": str(entry.edition.year - 1 - index) for index in range(3)}
    return {**data, **values}


FILLED = {
    "d-keywords": "压装；检测",
    "d-emerging_class": "equipment",
    "d-layout_work": ["navigation", "fto"],
    "d-valuation": "1250.5",
    "d-need_kinds": ["equity"],
    "pr-0-staff": "60",
    "pr-0-rd_staff": "12",
    "pr-0-rd_spend": "300",
    "pr-0-titles": ["high_tech"],
    "figures-0-sales": "1,800.25",
    "figures-0-profit": "-20",
    "transactions-0-kind": "licence",
    "transactions-0-amount": "50",
    "members-0-name": "丁一",
    "members-0-role": "带头人",
}


def test_every_block_is_kept_in_yuan_and_stands_in_the_canonical_content(as_applicant, draft):
    assert as_applicant.post(address(draft), posted(draft, **FILLED)).status_code == 302

    assert EntryDetails.objects.get().valuation == Decimal("12505000.00")
    assert ApplicantProfile.objects.get().titles == ["high_tech"]
    content = entry_content(draft)
    assert content["details"]["layout_work"] == ["navigation", "fto"]
    assert content["figures"] == [{"year": 2025, "sales": "18002500.00", "profit": "-200000.00"}]
    assert content["transactions"] == [{"kind": "licence", "amount": "500000.00"}]
    assert content["members"] == [{"name": "丁一", "role": "带头人"}]
    assert content["profiles"] == {"1": {"rd_spend": "3000000.00", "staff": 60, "rd_staff": 12, "titles": ["high_tech"]}}
    page = as_applicant.get(address(draft)).content.decode()
    assert 'value="1800.25"' in page and 'value="-20"' in page


def test_nothing_of_it_is_needed(as_applicant, draft):
    assert as_applicant.get(address(draft)).status_code == 200
    assert missing_for_submission(open_dossier(draft), moments.DURING_REGISTRATION) == []
    assert not {"details", "figures", "members"} & set(entry_content(draft))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"d-valuation": "很多"}, "专利评估值应为数字，单位是万元，例如 1250.5。"),
        ({"pr-0-staff": "5", "pr-0-rd_staff": "6"}, "研发人员 6 人多于职工人数 5 人，请核对。"),
        ({"figures-0-sales": "-1"}, "销售额应不小于 0"),
        ({"transactions-0-amount": "5"}, "请选择交易的类型。"),
        ({"members-0-role": "顾问"}, "请填写姓名，或清空这一行。"),
    ],
)
def test_a_fault_is_said_at_its_place_and_the_rest_is_kept(as_applicant, draft, values, sentence):
    answer = as_applicant.post(address(draft), posted(draft, **{"d-keywords": "压装", **values}))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert EntryDetails.objects.get().keywords == "压装"


def test_an_emptied_row_is_gone(as_applicant, draft):
    as_applicant.post(address(draft), posted(draft, **FILLED))
    draft.refresh_from_db()
    as_applicant.post(address(draft), posted(draft, **{**FILLED, "members-0-name": "", "members-0-role": ""}))

    assert not TeamMember.objects.exists()


def test_a_colleague_on_the_same_step_leads_to_the_choice(as_applicant, draft):
    as_applicant.post(address(draft), posted(draft, **FILLED))

    answer = as_applicant.post(address(draft), posted(draft, **{**FILLED, "d-keywords": "别的"}))

    assert answer.status_code == 409
    assert EntryDetails.objects.get().keywords == "压装；检测"


@pytest.mark.parametrize("value", ["", "x", "-5", "99999"])
def test_a_page_that_was_tampered_with_gives_no_error(as_applicant, draft, value):
    data = posted(draft, **{"members-TOTAL_FORMS": value, "figures-0-year": value, "figures-1-year": "2024", "figures-2-year": "2024"})

    assert as_applicant.post(address(draft), data).status_code in (200, 302)
