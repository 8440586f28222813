"""What the simulator lets the organiser change beside the rules of a round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from competitions.pure.award_rule import AwardRule


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
