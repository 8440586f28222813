from decimal import Decimal

import pytest

from competitions.pure.grouping import group_for
from core.fault import Fault

LINE = Decimal(20_000_000)


@pytest.mark.parametrize(
    ("applicants", "code", "part"),
    [
        ([("enterprise", LINE)], "startup", "不超过 2,000 万元"),
        ([("enterprise", LINE + Decimal("0.01"))], "growth", "2,000.000001 万元，超过 2,000 万元"),
        ([("enterprise", Decimal(0))], "startup", "营业收入 0 万元"),
        ([("university", None)], "startup", "没有企业"),
        ([("research_institute", Decimal(10**9))], "startup", "没有企业"),
        ([("individual", None)], "startup", "没有企业"),
        ([("enterprise", Decimal(12_000_000)), ("enterprise", Decimal(9_000_000))], "growth", "2 家参赛企业合计"),
        ([("enterprise", Decimal(12_000_000)), ("enterprise", Decimal(8_000_000))], "startup", "合计上年度营业收入 2,000 万元，不超过 2,000 万元"),
        ([("university", None), ("enterprise", Decimal(30_000_000))], "growth", "归入成长组"),
        ([("university", Decimal(10**10)), ("enterprise", Decimal(1))], "startup", "归入初创组"),
        ([("overseas", Decimal(30_000_000))], "growth", "归入成长组"),
        ([("overseas", None)], "startup", "没有企业"),
    ],
)
def test_groups(applicants, code, part):
    found, reason = group_for(applicants)
    assert found == code
    assert part in reason


def test_the_threshold_is_the_editions():
    assert group_for([("enterprise", Decimal(5))], threshold=Decimal(4))[0] == "growth"


@pytest.mark.parametrize(
    ("applicants", "code"),
    [
        ([], "no_applicant"),
        ([("enterprise", None)], "revenue_missing"),
        ([("enterprise", Decimal(-1))], "revenue_negative"),
        ([("team", None)], "unknown_kind"),
        ([("enterprise", 1.5)], "not_exact"),
    ],
)
def test_what_cannot_be_grouped_is_refused(applicants, code):
    with pytest.raises(Fault) as refusal:
        group_for(applicants)
    assert refusal.value.code == code
