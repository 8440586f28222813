"""Forms of the step 申报主体."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.fields import EmailAddressField
from accounts.models import Organisation
from accounts.models.organisation import DISTRICTS
from accounts.pure.registration import told_by_code
from accounts.pure.uscc import parse_uscc
from entries.forms.fields import WanField
from entries.models import EntryApplicant


class RevenueForm(forms.Form):
    """Revenue of one applicant, in 万元."""

    revenue = WanField(label="上一年度营业收入（万元）", help_text="按企业所得税汇算清缴数填写，只用于确定组别。")

    def __init__(self, *args: Any, applicant: EntryApplicant, is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revenue"] = applicant.revenue
        self.applicant = applicant
        field = self.fields["revenue"]
        field.disabled = not is_open
        if applicant.part == EntryApplicant.Part.JOINT and applicant.joined_at is not None:
            field.disabled = True
            field.help_text = "由对方确认参加时填写。"
        elif applicant.organisation.kind != Organisation.Kind.ENTERPRISE:
            field.help_text = "不是企业的，可以不填。"


class JointForm(forms.Form):
    """A joint organisation by credit code and name."""

    uscc = forms.CharField(label="统一社会信用代码", max_length=40, required=False, help_text="个人、团队和境外机构可以不填。")
    name = forms.CharField(label="单位名称", max_length=120, error_messages={"required": "请填写联合单位的名称。"})
    kind = forms.ChoiceField(label="主体类型", required=False, choices=[("", "按信用代码识别"), *Organisation.Kind.choices])
    district = forms.ChoiceField(label="所在县（市、区）", required=False, choices=[("", "按信用代码识别"), *DISTRICTS])
    email = EmailAddressField(
        label="对方联系邮箱", required=False, help_text="确认参加的邀请发到这里；对方已有账户的可以不填。"
    )
    revenue = WanField(label="上一年度营业收入（万元）", help_text="可以不填，由对方确认参加时填写。")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        told = told_by_code(cleaned.get("uscc", "").strip(), cleaned.get("name", ""))
        for name, missing in (("kind", "请选择主体类型。"), ("district", "请选择所在县（市、区）。")):
            cleaned[name] = cleaned.get(name) or told.get(name, "")
            if not cleaned[name] and name not in self.errors and (name == "district" or cleaned.get("uscc")):
                self.add_error(name, missing)
        code, kind = cleaned.get("uscc", "").strip(), cleaned.get("kind")
        if code:
            parsed = parse_uscc(code)
            cleaned["uscc"] = parsed.canonical
            for fault in parsed.faults:
                self.add_error("uscc", fault.message)
        elif kind not in Organisation.KINDS_WITHOUT_USCC:
            self.add_error("uscc", "请填写统一社会信用代码，18 位，见营业执照或法人证书。")
        return cleaned

    def organisation_values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "kind", "uscc", "district")}
