"""What the simulator lets the organiser change beside the rules of a round."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from competitions.pure.award_rule import AwardRule
from competitions.pure.rubric import CriterionRow


class TriedAwardsForm(forms.Form):
    """How many of each award a group gets, tried on a copy. Fields by the place of the award in the rules; none in a round
    without awards."""

    def __init__(self, *args: Any, awards: Sequence[AwardRule], groups: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tried, self.groups = awards, groups
        for place, award in enumerate(awards):
            for group, name in groups.items():
                self.fields[f"quota_{place}_{group}"] = forms.IntegerField(
                    label=f"{award.name}：{name}名额", min_value=0, max_value=999, initial=award.quota(group)
                )

    def awards(self) -> list[dict[str, Any]]:
        """The awards as a rule set stores them, with the quotas that were typed."""
        data = self.cleaned_data
        return [
            {**award.as_dict(), "quotas": {group: data[f"quota_{place}_{group}"] for group in self.groups}}
            for place, award in enumerate(self.tried)
        ]


class TriedWeightsForm(forms.Form):
    """What a point of each criterion counts, tried on a copy. Fields by the place of the criterion; none without a rubric."""

    def __init__(self, *args: Any, rows: Sequence[CriterionRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for place, row in enumerate(rows):
            self.fields[f"weight_{place}"] = forms.DecimalField(
                label=f"{row.name}（满分 {row.max_score.normalize():f}）的权重", min_value=Decimal("0.0001"), max_digits=6, decimal_places=4,
                initial=f"{row.weight.normalize():f}",
            )  # fmt: skip

    def weights(self) -> dict[str, Decimal]:
        """Criterion code → weight."""
        return {row.code: self.cleaned_data[f"weight_{place}"] for place, row in enumerate(self.rows)}
