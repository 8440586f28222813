"""A longer registration for an organisation, which may not have begun an entry yet."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Organisation
from entries.forms.formality import ExtensionForm
from entries.models import DeadlineExtension


class OrganisationExtensionForm(ExtensionForm):
    """By credit code, register number or exact name; `found` are the organisations it fits, to choose from when several."""

    words = forms.CharField(
        label="单位的统一社会信用代码、登记编号或全称",
        max_length=120,
        error_messages={"required": "请填写单位的代码或全称。"},
        help_text="单位要先登记账户；还没有开始填报的也可以。",
    )
    organisation = forms.ChoiceField(label="是哪一个单位", required=False, widget=forms.RadioSelect)
    field_order = ("words", "organisation", "until", "reason")

    def __init__(self, *args: Any, found: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, kinds=[DeadlineExtension.Kind.REGISTRATION], **kwargs)
        del self.fields["kind"]
        self.found = found
        choice = self.fields["organisation"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(one.public_id, f"{one.name}，{'已核验' if one.verified_at else '未核验'}，{one.created_at:%Y-%m-%d} 登记") for one in found]
        if len(found) < 2:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("words") and not self.found:
            self.add_error("words", "没有找到这个单位。请核对代码或全称；还没有登记的，请对方先登记单位。")
        if len(self.found) > 1 and not cleaned.get("organisation"):
            self.add_error("organisation", f"有 {len(self.found)} 个账户登记过，请选择要延期的是哪一个。")
        return cleaned

    @property
    def chosen(self) -> Organisation:
        """The organisation of a valid form."""
        return next((one for one in self.found if one.public_id == self.cleaned_data.get("organisation")), self.found[0])
