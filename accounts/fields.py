"""Form fields for what people are reached by: they give back the canonical form or say what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from accounts.pure.email import normalize_email
from accounts.pure.identity import read_identity
from accounts.pure.mobile import normalize_mobile
from core.parsed import Parsed


class ReadField(forms.CharField):
    """Text read by `read`; the first fault is the error, the canonical form the value (empty stays empty)."""

    attrs: ClassVar[dict[str, str]] = {}

    def __init__(self, *, read: Callable[[str], Parsed], **kwargs: Any) -> None:
        self.read = read
        kwargs.setdefault("widget", forms.TextInput(attrs=dict(self.attrs)))
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        parsed = self.read(text)
        if parsed.faults:
            raise ValidationError(parsed.faults[0].message, code=parsed.faults[0].code)
        return parsed.canonical


class EmailAddressField(ReadField):
    attrs: ClassVar = {"autocomplete": "email", "inputmode": "email"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            read=normalize_email, **{"label": "邮箱", "error_messages": {"required": "请填写邮箱。"}, **kwargs}
        )


class MobileField(ReadField):
    attrs: ClassVar = {"autocomplete": "tel", "inputmode": "tel"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read=normalize_mobile, **{"label": "手机号", **kwargs})


class IdentityField(ReadField):
    """邮箱或手机号."""

    attrs: ClassVar = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            read=read_identity, **{"label": "邮箱或手机号", "error_messages": {"required": "请填写邮箱或手机号。"}, **kwargs}
        )
