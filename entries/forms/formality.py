"""Forms of the examiner and the organiser: filters, a comment, and the conclusions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models.organisation import DISTRICTS
from competitions.models import Edition, Group
from entries import states
from entries.models import DeadlineExtension, Entry, FieldComment, FormalityReview, IPAsset
from entries.models.industry import INDUSTRIES
from entries.queries.entry_list import BUCKETS, SORTS, UNASSIGNED, Load

NOTE_LENGTH = 450
DATETIME = "%Y-%m-%dT%H:%M"


class EntryFilterForm(forms.Form):
    """What a list of entries is narrowed by (GET). A value nobody offers is ignored rather than an error."""

    q = forms.CharField(required=False, max_length=60)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *states.LABELS.items()])
    group = forms.ModelChoiceField(Group.objects.none(), label="组别", required=False, empty_label="全部组别")
    district = forms.ChoiceField(label="县（市、区）", required=False, choices=[("", "全部地区"), *DISTRICTS])
    industry = forms.ChoiceField(label="产业", required=False, choices=[("", "全部产业"), *INDUSTRIES])
    examiner = forms.ChoiceField(label="审查员", required=False)
    overdue = forms.ChoiceField(label="期限", required=False, choices=[("", "全部期限"), ("1", "只看已逾期")])
    sort = forms.ChoiceField(label="排序", required=False, choices=[(key, words) for key, (words, _) in SORTS.items()])
    bucket = forms.ChoiceField(required=False, choices=[(key, words) for key, (words, _) in BUCKETS.items()])

    def __init__(self, data: QueryDict, *, edition: Edition, loads: list[Load], sort: str, bucket: str = "") -> None:
        super().__init__({"sort": sort, **data.dict()})
        self.defaults = {"sort": sort, "bucket": bucket}
        groups = self.fields["group"]
        assert isinstance(groups, forms.ModelChoiceField)
        groups.queryset = Group.objects.filter(track__edition=edition)
        examiners = self.fields["examiner"]
        assert isinstance(examiners, forms.ChoiceField)
        people = [(str(one.examiner_id), one.name) for one in loads]
        examiners.choices = [("", "全部审查员"), (UNASSIGNED, "还没有分派"), *people]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name != "q" else "form-control"

    def values(self) -> dict[str, Any]:
        """What was asked for and can be answered, with the defaults of the page."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return {**self.defaults, **given}


class CommentForm(forms.Form):
    """How one field must be mended."""

    message = forms.CharField(
        label="请参赛单位怎么改",
        max_length=FieldComment._meta.get_field("message").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明怎么改。"},
    )


def note_field(label: str, *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, max_length=NOTE_LENGTH, widget=widget)


class AcceptForm(forms.Form):
    """Passing: what only a person can tell was looked at."""

    is_examined = forms.BooleanField(
        label="已人工核对主体资格、专利权属、附件清晰盖章和保密内容，均符合要求",
        error_messages={"required": "请先逐项人工核对，再勾选通过。"},
    )
    note = note_field("给参赛单位的说明（可不填）")


class ReturnForm(forms.Form):
    """Returning: until when, and a word to the whole."""

    due_at = forms.DateTimeField(
        label="补正期限",
        input_formats=[DATETIME],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DATETIME),
        error_messages={"required": "请填写补正期限。", "invalid": "补正期限应写成日期和时间，如 2026-09-10 18:00。"},
    )
    note = note_field("给参赛单位的说明（可不填）")

    def __init__(self, *args: Any, due_at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"due_at": due_at}, **kwargs})


class RejectForm(forms.Form):
    """Rejecting: the reason of the list, and what it rests on."""

    reason_code = forms.ChoiceField(
        label="不予通过的原因",
        choices=[("", "请选择"), *FormalityReview.ReasonCode.choices],
        error_messages={"required": "请选择不予通过的原因。"},
    )
    note = note_field("说明依据（参赛单位会看到）", required=True)


class GroupForm(forms.Form):
    """Another group of the entry's track, with the reason."""

    group = forms.ModelChoiceField(Group.objects.none(), label="调整到", empty_label="请选择", error_messages={"required": "请选择组别。"})
    reason = forms.CharField(
        label="理由（记入日志，参赛单位可见）",
        max_length=Entry._meta.get_field("group_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由。"},
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = self.fields["group"]
        assert isinstance(groups, forms.ModelChoiceField)
        groups.queryset = Group.objects.filter(track__entries=entry).exclude(entries=entry)


class ReasonForm(forms.Form):
    """Why an entry leaves or comes back."""

    reason = note_field("理由（记入日志并告知参赛单位）", required=True)


class AssignForm(forms.Form):
    """Whom the chosen entries are given to."""

    examiner = forms.ChoiceField(label="分派给")

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["examiner"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "选择审查员"), *people]
        choice.widget.attrs["class"] = "form-select"


class BulkForm(AcceptForm):
    """Passing several at once: the same affirmation for all of them."""


class ExtensionForm(forms.Form):
    """A longer term for one applicant."""

    kind = forms.ChoiceField(label="延长哪个期限", choices=DeadlineExtension.Kind.choices)
    until = forms.DateTimeField(
        label="延至",
        input_formats=[DATETIME],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DATETIME),
        error_messages={"required": "请填写新的期限。", "invalid": "期限应写成日期和时间，如 2026-09-10 18:00。"},
    )
    reason = forms.CharField(
        label="理由（记入日志并告知参赛单位）",
        max_length=DeadlineExtension._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由。"},
    )

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["kind"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(key, words) for key, words in DeadlineExtension.Kind.choices if key in kinds]


class CorrectionForm(forms.Form):
    """A name or a contact mended by the organiser. What stays the same changes nothing."""

    title = forms.CharField(label="项目名称", max_length=50, required=False)
    short_name = forms.CharField(label="大屏简称", max_length=8, required=False)
    contact_name = forms.CharField(label="联系人", max_length=60, required=False)
    contact_mobile = forms.CharField(label="联系手机", max_length=40, required=False)
    contact_email = forms.CharField(label="联系邮箱", max_length=254, required=False)
    reason = note_field("理由（记入日志并告知参赛单位）", required=True)


class FilingForm(forms.ModelForm):
    """A patent filed since registration."""

    class Meta:
        model = IPAsset
        fields = ("asset_type", "country", "title", "number_raw", "filed_on", "status", "granted_on", "publication_number", "owners", "inventors")
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("filed_on", "granted_on")}
        help_texts = {"number_raw": "照受理通知书填写，如 202610000101.3。", "country": "两位字母，中国为 CN。"}

    def _post_clean(self) -> None:
        """The action checks and saves."""
