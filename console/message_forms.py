"""Looking for messages, writing to many, and what an edition decides about its own messages."""

from __future__ import annotations

from typing import Any

from django import forms

from core.errors import Refusal
from core.outbox.audiences import all_audiences
from core.outbox.broadcast import PLACEHOLDERS, refuse_placeholders
from core.outbox.kinds import BROADCAST_SMS, kind_of
from core.outbox.models import Message
from core.outbox.own_wording import LONGEST_BODY, LONGEST_SUBJECT, Wording, refuse_wording
from core.outbox.sms import why_not
from core.outbox.wording import placeholders_in


class OutboxFilter(forms.Form):
    """All optional: a kind, a channel, words of the subject or a whole address."""

    kind = forms.ChoiceField(label="种类", required=False)
    channel = forms.ChoiceField(label="渠道", required=False, choices=[("", "全部渠道"), *Message.Channel.choices])
    q = forms.CharField(label="标题或完整的收件地址", required=False, max_length=254)

    def __init__(self, *args: Any, kinds: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [("", "全部种类"), *((one, kind_of(one).name) for one in kinds)]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"


class BroadcastForm(forms.Form):
    """To whom, and what. Placeholders are filled for each recipient."""

    audience = forms.ChoiceField(label="收件人", error_messages={"required": "请选择收件人。", "invalid_choice": "请重新选择收件人。"})
    subject = forms.CharField(label="标题", max_length=80, error_messages={"required": "请填写标题。"})
    body = forms.CharField(
        label="正文",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=f"纯文本。可用占位符：{'、'.join(f'{{{name}}}' for name in PLACEHOLDERS)}。结尾自动加上组委会名称和电话。",
        error_messages={"required": "请填写正文。"},
    )

    by_mail = forms.BooleanField(label="同时发邮件", required=False, initial=True)
    by_sms = forms.BooleanField(label="同时发短信提醒", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["by_mail"].help_text = "站内消息总会发：在收件人的“我的消息”里可以看到全文。没有账户的联系人只能收到邮件或短信。"
        self.fields["by_sms"].help_text = "短信只提醒有新消息和它的标题，全文在平台上看。"
        why = why_not(BROADCAST_SMS.code)
        if why:
            self.fields["by_sms"].disabled, self.fields["by_sms"].help_text = True, f"不能选：{why}"
        audience: Any = self.fields["audience"]
        audience.choices = [("", "请选择"), *((one.code, one.name) for one in all_audiences())]

    def clean(self) -> dict[str, Any]:
        for name in ("subject", "body"):
            try:
                refuse_placeholders(self.cleaned_data.get(name, ""))
            except Refusal as refusal:
                self.add_error(name, refusal.text)
        return self.cleaned_data


class KindForm(forms.Form):
    """Whether a kind of message goes out, and the paragraph the organiser adds to it."""

    is_on = forms.BooleanField(label="发送这种消息", required=False)
    note = forms.CharField(
        label="补充说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="纯文本，加在正文之后，最多 500 字。留空则只发送原文。",
    )

    subject = forms.CharField(label="标题", max_length=LONGEST_SUBJECT, required=False)
    body = forms.CharField(
        label="正文",
        max_length=LONGEST_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="纯文本。一行只有占位符（前面可有“说明：”一类的标签）、而内容为空时，整行略去；结尾自动加上组委会名称和电话。",
    )

    def __init__(self, *args: Any, is_optional: bool, has_note: bool, wording: Wording | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.wording = wording
        self.order_fields(["is_on", "subject", "body", "note"])
        if wording is None:
            del self.fields["subject"], self.fields["body"]
        if not is_optional:
            del self.fields["is_on"]
        if not has_note:
            del self.fields["note"]

    def clean(self) -> dict[str, Any]:
        """Words left as they are, or emptied, are the platform's: nothing is kept then."""
        data = super().clean() or {}
        if self.wording is None or self.errors:
            return data
        subject, body = data["subject"].strip(), "\n".join(data["body"].split("\r\n")).strip()
        if (subject or self.wording.subject, body or self.wording.body) == (self.wording.subject, self.wording.body):
            return {**data, "subject": "", "body": ""}
        try:
            refuse_wording(self.wording, subject, body or self.wording.body)
        except Refusal as refusal:
            unknown = placeholders_in(subject) - {one.name for one in self.wording.fields}
            self.add_error("subject" if unknown else "body", refusal.text)
        return {**data, "subject": subject, "body": body}
