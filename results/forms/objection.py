"""What an objector, the committee and an arbitrator write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from accounts.models import User
from accounts.pure.mobile import normalize_mobile
from competitions.forms.edition import MomentField
from core.errors import Refusal
from core.files import CheckedFile, check_upload
from entries.models import Entry
from results.actions.objection import Party
from results.models import Notice, Objection, ObjectionFile, ObjectionMaterial
from results.pure.notice_period import CALENDAR, LONGEST, WORKING
from results.queries.impartiality import Arbitrator
from results.uploads import EVIDENCE, EVIDENCE_FIELDS, MAX_SIZE, SCANS, SIGNED

Kind, FileKind = Objection.Kind, ObjectionFile.Kind
FILE_FIELDS = (SIGNED, *EVIDENCE_FIELDS)


class ObjectionForm(forms.Form):
    """An objection by a unit or a person; `kind` is fixed by the address of the form, `kept` are the files sent ahead."""

    entry = forms.ModelChoiceField(
        label="涉及的项目", queryset=Entry.objects.none(), required=False, empty_label="不针对某一个项目"
    )
    grounds = forms.CharField(
        label="异议内容和理由", min_length=10, max_length=3000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="请写明对公示中哪一项有异议、事实是什么、依据在哪里。最多 3000 字。",
    )  # fmt: skip
    name = forms.CharField(label="姓名", max_length=120, help_text="须为真实姓名。不对外公开，只有处理异议的人员可以查看。")
    contact_name = forms.CharField(label="联系人", max_length=60)
    mobile = forms.CharField(label="手机号", max_length=24)
    email = forms.EmailField(label="邮箱", help_text="受理号和答复会发到这个邮箱。")
    drop = forms.MultipleChoiceField(label="已上传的材料", required=False, widget=forms.CheckboxSelectMultiple)
    signed = forms.FileField(label="签名的异议书扫描件", required=False, help_text="PDF、JPG 或 PNG，不超过 10 MB。")
    evidence_1 = forms.FileField(label="证据材料一", required=False, help_text="PDF、JPG、PNG 或 DOCX，每个不超过 10 MB。")
    evidence_2 = forms.FileField(label="证据材料二", required=False)
    evidence_3 = forms.FileField(label="证据材料三", required=False)

    def __init__(self, *args: Any, notice: Notice, kind: str, kept: Sequence[ObjectionMaterial] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notice, self.kind, self.kept = notice, kind, kept
        self._offer_kept()
        entries = Entry.objects.filter(placings__result=notice.result_id).order_by("number")
        field: Any = self.fields["entry"]
        field.queryset = entries
        field.label_from_instance = lambda entry: f"{entry.code} 号 {entry.title}"
        if kind == Kind.UNIT:
            self.fields["name"].label, self.fields["name"].help_text = "单位名称", "须与公章一致。"
            self.fields["signed"].label = "加盖公章的异议书扫描件"
            self.fields["signed"].required = not any(one.slot == SIGNED for one in kept)
        else:
            del self.fields["contact_name"]

    def _offer_kept(self) -> None:
        """Files sent ahead may be taken back; fields send theirs as soon as it is chosen (js/upload-field.js)."""
        for name in FILE_FIELDS:
            self.fields[name].widget.attrs |= {"data-upload-field": "", "data-slot": name}
        drop: Any = self.fields["drop"]
        drop.choices = [(one.slot, f"不提交“{one.original_name}”") for one in self.kept]
        drop.help_text = "以下材料已经上传，会随异议一并提交；不要的请勾选。"
        if not self.kept:
            del self.fields["drop"]

    @property
    def materials(self) -> list[ObjectionMaterial]:
        """The files sent ahead that are handed in: not taken back, and not chosen anew."""
        chosen = self.cleaned_data
        return [one for one in self.kept if one.slot not in chosen.get("drop", []) and not chosen.get(one.slot)]

    def clean_mobile(self) -> str:
        parsed = normalize_mobile(self.cleaned_data["mobile"])
        if not parsed.is_valid:
            raise forms.ValidationError([fault.message for fault in parsed.faults])
        return parsed.canonical

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.checked: list[tuple[str, CheckedFile]] = []
        for name in FILE_FIELDS:
            upload = cleaned.get(name)
            if upload:
                self._check(name, upload)
        is_taken_back = SIGNED in cleaned.get("drop", []) and not cleaned.get(SIGNED)
        if self.kind == Kind.UNIT and is_taken_back:
            self.add_error(SIGNED, "请另选加盖公章的异议书扫描件，或取消上面的勾选。")
        return cleaned

    def _check(self, name: str, upload: Any) -> None:
        is_scan = name == SIGNED
        try:
            checked = check_upload(upload, allowed=SCANS if is_scan else EVIDENCE, max_size=MAX_SIZE)
        except Refusal as refusal:
            self.add_error(name, refusal.text)
        else:
            self.checked.append((FileKind.SIGNED if is_scan else FileKind.EVIDENCE, checked))

    def values(self) -> dict[str, Any]:
        """What `file_objection` takes."""
        data = self.cleaned_data
        party = Party(data["name"], data["mobile"], data["email"], data.get("contact_name", ""))
        return {"kind": self.kind, "party": party, "grounds": data["grounds"], "entry": data["entry"], "files": self.checked, "materials": self.materials}


def _contact() -> forms.CharField:
    return forms.CharField(label="手机号或邮箱", max_length=120, help_text="提出异议时填写的任意一项，用来确认是本人。")


class LookupForm(forms.Form):
    """Finding an objection again by its acknowledgement number."""

    number = forms.CharField(label="受理号", max_length=24, help_text="形如 YY26-01-003，在回执邮件中。")
    contact = _contact()


class WithdrawForm(forms.Form):
    contact = _contact()
    reason = forms.CharField(label="撤回原因", max_length=300, required=False, help_text="可不填。")


class LetterForm(ObjectionForm):
    """A letter that reached the committee, entered by the organiser."""

    received_at = MomentField(label="收到的时间", help_text="以送达组委会的时间为准，须在公示期内。")

    def values(self) -> dict[str, Any]:
        received: datetime = self.cleaned_data["received_at"]
        return {**super().values(), "received_at": received}


class AdmitForm(forms.Form):
    """To whom an admitted objection goes; who is not fit stands there with the reason and cannot be chosen."""

    investigator = forms.ModelChoiceField(label="复核人", queryset=User.objects.none(), empty_label="请选择仲裁委员")
    note = forms.CharField(label="备注", max_length=300, required=False)

    def __init__(self, *args: Any, arbitrators: list[Arbitrator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fit = [one.user.pk for one in arbitrators if not one.reasons]
        field: Any = self.fields["investigator"]
        field.queryset = User.objects.filter(pk__in=fit).order_by("name")
        unfit = [reason.message for one in arbitrators for reason in one.reasons]
        field.help_text = "".join(unfit) or "复核人不能是本届评委，也不能核准过这份结果。"


def _text(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=3000, help_text=help_text, widget=forms.Textarea(attrs={"rows": 4}))


class DeclineForm(forms.Form):
    reason = _text("不予受理的理由", "会随邮件告知提出人。")


class RulingForm(forms.Form):
    """The arbitrator's finding and what it does to the result."""

    verdict = forms.ChoiceField(
        label="裁定", widget=forms.RadioSelect,
        choices=[("dismiss", "异议不成立"), *[(value, f"异议成立，{label}") for value, label in Objection.Effect.choices]],
    )  # fmt: skip
    ruling = _text("裁定理由", "写明查明的事实和依据；成立的会成为更正版结果的原因。")


class AnswerForm(forms.Form):
    answer = _text("答复", "会发给提出人。")


class PublicityForm(forms.Form):
    """How long notices last and what of the marks is shown."""

    notice_days = forms.IntegerField(label="公示天数", min_value=1, max_value=LONGEST)
    notice_counting = forms.ChoiceField(label="天数按", choices=[(WORKING, "工作日"), (CALENDAR, "自然日")])
    shows_judge_totals = forms.BooleanField(
        label="公开各评委对每个项目的总分（只显示席位号，不显示姓名）", required=False,
        help_text="勾选即为组委会确认。不勾选时公开页面只显示去分后的评审得分，计算记录也不公开下载。",
    )  # fmt: skip


class CalendarDayForm(forms.Form):
    day = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    is_working = forms.TypedChoiceField(
        label="这一天", choices=[("0", "放假"), ("1", "上班")], coerce=lambda value: value == "1"
    )
    name = forms.CharField(label="说明", max_length=40, help_text="例如“春节调休上班”。")
