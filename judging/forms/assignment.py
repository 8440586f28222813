"""Forms of dealing out and of changing it by hand."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from competitions.models import Round
from entries.models import Entry
from judging.models import Assignment, Panel, PanelSeat
from judging.queries.participants import participants
from judging.queries.substitutes import Substitute, exchanges

BETWEEN = re.compile(r"[、，,；;\s]+")


class SeedForm(forms.Form):
    """The seed of an assignment, the most entries a judge takes, and the entries everybody scores first."""

    seed = forms.CharField(label="随机种子", max_length=64, help_text="同一种子得到同一分配，可复核。")
    cap = forms.IntegerField(label="每位评委上限（项）", min_value=1, max_value=999, required=False, help_text="不填表示不限。")
    calibration = forms.CharField(label="校准项目编号", max_length=20, required=False)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        most = round.calibration_count
        self.fields["calibration"].help_text = f"全体评委先评的项目，至多 {most} 个，如 012、047。"
        if not most:
            self.fields["calibration"].widget = forms.HiddenInput()

    @staticmethod
    def usual(round: Round, seed: str) -> dict[str, Any]:
        """What the page opens with: a new seed, and the cap and calibration of the last time."""
        panel = Panel.objects.filter(round=round).first()
        codes = [entry.code for entry in panel.calibration.all()] if panel else []
        return {"seed": seed, "cap": panel.cap if panel else None, "calibration": "、".join(codes)}

    def clean_calibration(self) -> list[Entry]:
        codes = [code for code in BETWEEN.split(self.cleaned_data["calibration"]) if code]
        known = {entry.code: entry for entry in participants(self.round)} if codes else {}
        for code in codes:
            if code.zfill(3) not in known:
                raise forms.ValidationError(f"没有编号 {code} 的参评项目，编号是 3 位数字。")
        if len(set(codes)) > self.round.calibration_count:
            raise forms.ValidationError(f"至多 {self.round.calibration_count} 个校准项目，您填了 {len(set(codes))} 个。")
        return [known[code] for code in dict.fromkeys(code.zfill(3) for code in codes)]


class ReplaceForm(forms.Form):
    """One of the seats that can take the entry over."""

    seat = forms.ModelChoiceField(label="改派给", queryset=PanelSeat.objects.none(), empty_label=None, widget=forms.RadioSelect)

    def __init__(self, *args: Any, substitutes: list[Substitute], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [one.seat.pk for one in substitutes if not one.bar]
        self.fields["seat"].queryset = PanelSeat.objects.filter(pk__in=free)  # type: ignore[attr-defined]


class ExchangeField(forms.ModelChoiceField):
    """Assignments by judge and entry."""

    def label_from_instance(self, obj: Assignment) -> str:  # type: ignore[override]
        return f"{obj.seat.label} 的 {obj.entry.code} 号 {obj.entry.title}"


class SwapForm(forms.Form):
    """An assignment of another judge that is exchanged for this one."""

    other = ExchangeField(label="与这份分配对调", queryset=Assignment.objects.none(), empty_label="请选择")

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [row.pk for row in exchanges(assignment)]
        found = Assignment.objects.filter(pk__in=keys).select_related("seat", "entry")
        self.fields["other"].queryset = found.order_by("seat__number", "entry__number")  # type: ignore[attr-defined]
