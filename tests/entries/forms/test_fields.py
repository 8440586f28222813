from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from entries.forms.fields import TypedDateField, WanField


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("1250.5", Decimal("12505000.00")),
        ("１，２００", Decimal("12000000.00")),
        ("1,200 万元", Decimal("12000000.00")),
        ("0", Decimal("0.00")),
        ("0.000001", Decimal("0.01")),
        ("", None),
        (None, None),
    ],
)
def test_an_amount_in_wan_becomes_yuan(typed, yuan):
    assert WanField().clean(typed) == yuan


@pytest.mark.parametrize("typed", ["一千", "-1", "NaN", "Infinity", "1e40", "0.0000001"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValidationError):
        WanField().clean(typed)


@pytest.mark.parametrize(("yuan", "shown"), [(Decimal("12505000.00"), "1250.5"), (Decimal("0"), "0"), ("typed", "typed")])
def test_an_amount_is_shown_in_wan(yuan, shown):
    assert WanField().prepare_value(yuan) == shown


@pytest.mark.parametrize("typed", ["2024-03-02", "2024/3/2", "2024.3.2", "20240302", "2024年3月2日", "２０２４－０３－０２"])
def test_a_day_may_be_typed_in_the_usual_ways(typed):
    assert TypedDateField(label="申请日").clean(typed) == date(2024, 3, 2)


@pytest.mark.parametrize("typed", ["2024-13-02", "2023-02-29", "去年", "24-3-2"])
def test_what_is_no_day_is_refused_with_the_text_and_the_form(typed):
    with pytest.raises(ValidationError) as refused:
        TypedDateField(label="申请日").clean(typed)

    assert refused.value.messages == [f"申请日“{typed}”不是有效日期，请按“2024-03-02”的格式填写。"]


def test_no_day_is_none():
    assert TypedDateField().clean("  ") is None
