"""What an organisation says about itself, and inviting its members."""

from __future__ import annotations

import json
from typing import Any, cast

from django import forms

from accounts.actions.organisation import FIELDS
from accounts.fields import IdentityField
from accounts.models import Membership, Organisation
from accounts.models.organisation import DISTRICTS
from accounts.pure.mobile import write_mobile
from accounts.pure.organisation import check_organisation
from accounts.pure.registration import PLACES, tables

HELP = {
    "name": "与营业执照或法人证书一致，会印在证书上。",
    "kind": "有信用代码的按代码选好，可以改。团队、个人、港澳台及境外机构不填信用代码。",
    "uscc": "18 位，会核对校验位。",
    "registered_in": "只用于港澳台及境外机构。",
    "registration_number": "只用于港澳台及境外机构：商业登记号码、公司编号或注册号。",
    "district": "登记地所在的县（市、区）。",
    "contact_mobile": "只用于赛事联系，不会公开。",
    "contact_email": "通知会发到这里，不会公开。",
}
PURPOSES = {"name": "organization", "contact_name": "name", "contact_mobile": "tel", "contact_email": "email"}
REQUIRED = {
    "name": "单位名称还没有填写，请与营业执照或法人证书一致。",
    "contact_name": "联系人还没有填写，请填写姓名。",
    "contact_mobile": "联系手机还没有填写，请填写 11 位手机号。",
}


class OrganisationForm(forms.ModelForm):
    """All rules are those of accounts.pure.organisation; the form only puts each sentence beside its field."""

    # Plain text, longer than what is stored: people paste a code with spaces and its name in front.
    uscc = forms.CharField(label="统一社会信用代码", max_length=60, help_text=HELP["uscc"])
    registration_number = forms.CharField(label="登记编号", max_length=60, help_text=HELP["registration_number"])
    contact_mobile = forms.CharField(label="联系手机", max_length=40, help_text=HELP["contact_mobile"])
    contact_email = forms.CharField(label="联系邮箱", max_length=254, help_text=HELP["contact_email"])

    class Meta:
        model = Organisation
        fields = FIELDS
        help_texts = HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.contact_mobile:
            self.initial["contact_mobile"] = write_mobile(self.instance.contact_mobile)
        for name, field in self.fields.items():
            field.required = name in REQUIRED
            field.error_messages["required"] = REQUIRED.get(name, "")
        for name, choices in (("kind", Organisation.Kind.choices), ("district", DISTRICTS), ("registered_in", PLACES.items())):
            cast(forms.TypedChoiceField, self.fields[name]).choices = [("", "请选择"), *choices]
        for name, purpose in PURPOSES.items():
            self.fields[name].widget.attrs["autocomplete"] = purpose
        self.fields["uscc"].widget.attrs["data-told-by-code"] = json.dumps(tables(), ensure_ascii=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        checked = check_organisation(data)
        for name, text in checked.faults.items():
            if name not in self.errors:
                self.add_error(name, text)
        self.warnings = checked.warnings
        return {**data, **checked.values}

    def _post_clean(self) -> None:
        """The action checks and saves; the model's own validation would say the same in other words."""


class InviteForm(forms.Form):
    identity = IdentityField(
        label="对方的邮箱或手机号",
        error_messages={"required": "请填写对方的邮箱或手机号。"},
        help_text="已注册的直接加入；未注册的会收到邀请链接，7 天内有效。",
    )
    role = forms.ChoiceField(
        label="身份",
        choices=Membership.Role.choices,
        initial=Membership.Role.EDITOR,
        help_text="管理员可以改单位资料和成员，填报人可以填报项目。",
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="身份", choices=Membership.Role.choices)
