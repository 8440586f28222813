"""Proposing a case, and deciding over it."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from competitions.models import Edition
from voting.models import Ballot, LedgerLeaf, VoteCase
from voting.queries.voter import find_ballot

MOST_BALLOTS = 20_000
_RANGE = re.compile(r"(\d{1,9})(?:\s*[-—–]\s*(\d{1,9}))?")


class CaseForm(forms.ModelForm):
    """Ballots are named by ledger index (12, 30-45) or receipt code, separated by spaces, commas or lines."""

    ballots = forms.CharField(
        label="选票",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="填写账本序号（如 12 或 30-45）或回执码，用空格、逗号或换行分隔。",
    )

    class Meta:
        model = VoteCase
        fields = ["verb", "reason", "evidence"]
        widgets = {"evidence": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"evidence": "写明依据和核查过程。公示时只公布原因代码和票数，不公布这里的内容。"}

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean_ballots(self) -> list[Ballot]:
        found: dict[int, Ballot] = {}
        for word in re.split(r"[\s,，、;；]+", self.cleaned_data["ballots"].strip()):
            for ballot in self._named(word):
                found[ballot.pk] = ballot
            if len(found) > MOST_BALLOTS:
                raise forms.ValidationError(f"一次最多处理 {MOST_BALLOTS:,} 张选票，请分几次提出。")
        return list(found.values())

    def _named(self, word: str) -> list[Ballot]:
        if match := _RANGE.fullmatch(word):
            low, high = int(match[1]), int(match[2] or match[1])
            leaves = LedgerLeaf.objects.filter(edition=self.edition, kind="vote", index__gte=low, index__lte=high)
            named = [leaf.ballot for leaf in leaves.select_related("ballot")[: MOST_BALLOTS + 1] if leaf.ballot]
            if not named:
                raise forms.ValidationError(f"账本第 {word} 条不是选票，请核对序号。")
            return named
        ballot = find_ballot(self.edition, word)
        if ballot is None:
            raise forms.ValidationError(f"没有找到“{word}”对应的选票，请核对账本序号或回执码。")
        return [ballot]


class ReleaseForm(forms.Form):
    """The second person's note."""

    note = forms.CharField(label="复核意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
