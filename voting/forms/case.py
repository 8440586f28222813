"""Choosing ballots for a case, proposing it, and deciding over it."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django import forms

from competitions.models import Edition
from core.canonical import canonical_json
from entries.pure.entry_code import entry_code
from voting.models import Ballot, LedgerLeaf, VoteCase
from voting.queries.case_selection import Selection
from voting.queries.ledger import newest_checkpoint
from voting.queries.voter import find_ballot

MOST_BALLOTS = 20_000
MOST_ENTRIES = 50
_RANGE = re.compile(r"(\d{1,9})(?:\s*[-—–]\s*(\d{1,9}))?")
_BETWEEN = re.compile(r"[\s,，、;；]+")
PROOFS = [("", "不限"), ("work", "工作量证明"), ("image", "图片验证"), ("plain", "等待验证")]
LEVELS = [("", "不限"), *[(str(value), label) for value, label in Ballot.Identity.choices]]


class SelectionForm(forms.Form):
    """Ballots by entry, time and signal, or named one by one; what is filled in must all be true of a ballot."""

    verb = forms.ChoiceField(label="处理", choices=VoteCase.Verb)
    entries = forms.CharField(label="项目编号", required=False, max_length=400, help_text="几个编号用空格或逗号分隔；不填为全部项目。")
    since = forms.DateTimeField(label="从", required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
    until = forms.DateTimeField(
        label="到（不含）", required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    address = forms.CharField(label="网络地址开头", required=False, max_length=45, help_text="如 203.0.113.（以点结尾）。一个地址后面可能是整个单位或校园。")
    agent = forms.CharField(label="浏览器标识包含", required=False, max_length=200)
    device = forms.CharField(label="设备标识", required=False, max_length=32)
    proof = forms.ChoiceField(label="验证方式", required=False, choices=PROOFS, help_text="只记在设备第一次投票时。")
    level = forms.TypedChoiceField(label="投票身份", required=False, choices=LEVELS, coerce=int, empty_value=None)
    ballots = forms.CharField(
        label="指定选票",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="账本序号（如 12 或 30-45）或回执码，用空格、逗号或换行分隔。",
    )
    below = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean_entries(self) -> tuple[int, ...]:
        words = [word for word in _BETWEEN.split(self.cleaned_data["entries"].strip()) if word]
        if wrong := [word for word in words if not re.fullmatch(r"[0-9]{1,4}", word)]:
            raise forms.ValidationError(f"“{wrong[0]}”不是项目编号，编号是 3 位数字，例如 054。")
        numbers = tuple(sorted({int(word) for word in words}))
        known = set(self.edition.entries.filter(number__in=numbers[:MOST_ENTRIES]).values_list("number", flat=True))
        if missing := [number for number in numbers if number not in known]:
            raise forms.ValidationError(f"本届没有编号 {entry_code(missing[0])} 的项目，请核对。")
        return numbers

    def clean_ballots(self) -> tuple[int, ...]:
        found: set[int] = set()
        for word in filter(None, _BETWEEN.split(self.cleaned_data["ballots"].strip())):
            found.update(self._named(word))
            if len(found) > MOST_BALLOTS:
                raise forms.ValidationError(f"一次最多处理 {MOST_BALLOTS:,} 张选票，请分几次提出。")
        return tuple(sorted(found))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and self.selection().is_empty:
            raise forms.ValidationError("请至少填写一项条件：项目、时间、信号或指定选票。")
        if (since := data.get("since")) and (until := data.get("until")) and since >= until:
            self.add_error("until", "结束时间应晚于开始时间，请检查。")
        return data

    def selection(self) -> Selection:
        """What was asked for, of the ledger as it is now unless an earlier preview fixed its length."""
        data = dict(self.cleaned_data)
        if data.get("below") is None:
            newest = newest_checkpoint(self.edition)
            data["below"] = newest.size if newest else 0
        return Selection(**{name: data.get(name) or default for name, default in _DEFAULTS.items()} | {"level": data.get("level")})

    def digest(self) -> str:
        """Names the selection, so that what is proposed is what was previewed."""
        described = self.selection().described()
        return hashlib.sha256(canonical_json({**described, "named": list(self.cleaned_data["ballots"])})).hexdigest()[:16]

    def _named(self, word: str) -> list[int]:
        if match := _RANGE.fullmatch(word):
            low, high = int(match[1]), int(match[2] or match[1])
            leaves = LedgerLeaf.objects.filter(edition=self.edition, kind="vote", index__gte=low, index__lte=high)
            named = [pk for pk in leaves.values_list("ballot_id", flat=True)[: MOST_BALLOTS + 1] if pk]
            if not named:
                raise forms.ValidationError(f"账本第 {word} 条不是选票，请核对序号。")
            return named
        ballot = find_ballot(self.edition, word)
        if ballot is None:
            raise forms.ValidationError(f"没有找到“{word}”对应的选票，请核对账本序号或回执码。")
        return [ballot.pk]


_DEFAULTS: dict[str, Any] = {
    "verb": "", "entries": (), "since": None, "until": None, "address": "", "agent": "", "device": "", "proof": "",
    "ballots": (), "below": None,
}  # fmt: skip


class ProposalForm(forms.ModelForm):
    """Why, and what shows it."""

    class Meta:
        model = VoteCase
        fields = ["reason", "evidence"]
        widgets = {"evidence": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"evidence": "写明依据和核查过程。公示时只公布原因代码和票数，不公布这里的内容。"}


class ReleaseForm(forms.Form):
    """The second person's note."""

    note = forms.CharField(label="复核意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class AppealForm(forms.Form):
    """An entrant's appeal against votes that were left out."""

    text = forms.CharField(
        label="申诉理由",
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明您认为哪些票不应剔除、依据是什么。组委会书面答复，答复会发邮件通知。",
    )


class AppealAnswerForm(forms.Form):
    """The committee's answer."""

    answer = forms.CharField(label="答复", min_length=2, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
