from decimal import Decimal

import pytest

from competitions.pure.bands import read_bands
from competitions.pure.rubric import CriterionRow, rubric_faults
from core.fault import Fault


def bands(text="", maximum="15", step="0.5"):
    return [(str(one.lowest), str(one.highest), one.label) for one in read_bands(text, Decimal(maximum), Decimal(step))]


def test_the_usual_four_lie_on_the_step():
    assert bands() == [("13.5", "15", "优"), ("11.5", "13", "良"), ("9", "11", "中"), ("0", "8.5", "差")]
    assert bands(maximum="5", step="1") == [("5", "5", "优"), ("4", "4", "良"), ("3", "3", "中"), ("0", "2", "差")]
    assert bands(maximum="1", step="1") == [("1", "1", "优"), ("0", "0", "差")]


def test_bands_of_ones_own():
    assert bands("14 国际领先\n\n 8 国内先进 \n0 一般") == [("14", "15", "国际领先"), ("8", "13.5", "国内先进"), ("0", "7.5", "一般")]


@pytest.mark.parametrize(
    ("text", "code"),
    [("优秀", "bands_line"), ("16 优", "bands_line"), ("NaN 优", "bands_line"), ("13.2 优", "bands_step"), ("8 良\n14 优", "bands_order")],
)
def test_what_is_no_band_is_refused(text, code):
    with pytest.raises(Fault) as refusal:
        bands(text)
    assert refusal.value.code == code


def test_a_rubric_names_the_criterion_whose_bands_are_wrong():
    row = CriterionRow("A", "质量", Decimal(100), bands="101 优")
    assert rubric_faults([row]) == ["“A 质量”的分档：“101 优”应写成：0 至 100 的起点分、空格、说明。"]
