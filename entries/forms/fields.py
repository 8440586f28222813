"""Fields that take what people type: amounts in 万元, dates in any of the usual spellings."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.text import fold, parse_day

YUAN_PER_WAN = 10_000
MAX_YUAN = Decimal(10) ** 14
MAX_WHOLE, MAX_PLACES = 14, 6
_AMOUNT = re.compile(r"[+-]?(?P<whole>\d+)(\.(?P<places>\d*?)0*)?", re.ASCII)


class WanField(forms.CharField):
    """An amount typed in 万元, handed on as yuan (Decimal, two places); empty is None. A profit `may_be_negative`."""

    def __init__(self, *, may_be_negative: bool = False, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
        self.may_be_negative = may_be_negative
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            wan = f"{value / YUAN_PER_WAN:f}"
            return wan.rstrip("0").rstrip(".") if "." in wan else wan
        return value

    def clean(self, value: Any) -> Decimal | None:
        text = fold(str(value or "")).replace(",", "").replace("，", "").removesuffix("万元").strip()
        if not text:
            return None
        name = str(self.label or "金额").removesuffix("（万元）")
        match = _AMOUNT.fullmatch(text)
        if match is None:
            raise ValidationError(f"{name}应为数字，单位是万元，例如 1250.5。", code="number")
        if len(match["places"] or "") > MAX_PLACES:
            raise ValidationError(f"{name}最多精确到分，即万元的 6 位小数。", code="places")
        yuan = Decimal(text) * YUAN_PER_WAN if len(match["whole"]) < MAX_WHOLE else MAX_YUAN
        if yuan >= MAX_YUAN or yuan <= -MAX_YUAN or (yuan < 0 and not self.may_be_negative):
            limits = "绝对值过大" if self.may_be_negative else "应不小于 0，且不能过大"
            raise ValidationError(f"{name}{limits}，单位是万元，请核对。", code="range")
        return yuan.quantize(Decimal("0.01"))


class TypedDateField(forms.CharField):
    """A day typed as 2024-03-02, 2024/3/2, 2024.3.2, 20240302 or 2024年3月2日; empty is None."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = fold(str(value or ""))
        if not text:
            return None
        day = parse_day(text)
        if day is None:
            raise ValidationError(
                f"{self.label}“{text[:20]}”不是有效日期，请按“2024-03-02”的格式填写。", code="date"
            )
        return day
