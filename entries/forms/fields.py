"""Fields that take what people type: amounts in 万元, dates in any of the usual spellings."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.text import fold

YUAN_PER_WAN = 10_000
MAX_YUAN = Decimal(10) ** 14
_DATE = re.compile(r"(\d{4})(?:[-/.年 ]?)(\d{1,2})(?:[-/.月 ]?)(\d{1,2})日?")


class WanField(forms.CharField):
    """An amount typed in 万元, handed on as yuan (Decimal, two places); empty is None."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
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
        try:
            wan = Decimal(text)
        except InvalidOperation:
            raise ValidationError("营业收入应为数字，单位是万元，例如 1250.5。", code="number") from None
        yuan = wan * YUAN_PER_WAN
        if not wan.is_finite() or yuan < 0 or yuan >= MAX_YUAN:
            raise ValidationError("营业收入应不小于 0，单位是万元，请核对。", code="range")
        if yuan != yuan.quantize(Decimal("0.01")):
            raise ValidationError("营业收入最多精确到分，即万元的 6 位小数。", code="places")
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
        match = _DATE.fullmatch(text)
        try:
            if match is None:
                raise ValueError(text)
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            raise ValidationError(
                f"{self.label}“{text[:20]}”不是有效日期，请按“2024-03-02”的格式填写。", code="date"
            ) from None
