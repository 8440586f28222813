"""Forms of the organiser and of whoever must give a reason."""

from __future__ import annotations

from django import forms

from accounts.models import User
from competitions.models import Edition, Role, Round
from entries.models import Entry
from judging.models import PanelSeat
from judging.queries.assignment import panel_seats
from judging.queries.participants import participants


class ReasonForm(forms.Form):
    """A reason, kept in the journal."""

    reason = forms.CharField(
        label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text="200 字以内，记入操作日志。"
    )


class PersonField(forms.ModelChoiceField):
    """People by name and address."""

    def label_from_instance(self, obj: User) -> str:  # type: ignore[override]
        return f"{obj.actor_label}（{obj.email or obj.mobile}）"


class SeatForm(forms.Form):
    """A judge of the edition who has no seat in this round yet, and the seat's number."""

    judge = PersonField(label="评委", queryset=User.objects.none(), empty_label="请选择")
    number = forms.IntegerField(label="席位号", min_value=1, max_value=99)
    is_chief = forms.BooleanField(label="担任评委组长", required=False)

    def __init__(self, *args: object, edition: Edition, round: Round, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kinds = [Role.Kind.JUDGE, Role.Kind.CHIEF_JUDGE]
        held = Role.objects.filter(edition=edition, kind__in=kinds, ended_at__isnull=True).values("user_id")
        seats = panel_seats(round)
        free = User.objects.filter(pk__in=held).exclude(pk__in=[seat.judge_id for seat in seats]).order_by("name", "pk")
        self.fields["judge"].queryset = free  # type: ignore[attr-defined]
        taken = {seat.number for seat in seats}
        self.fields["number"].initial = next((one for one in range(1, 100) if one not in taken), None)


class SeatField(forms.ModelChoiceField):
    """Seats with the judge's name."""

    def label_from_instance(self, obj: PanelSeat) -> str:  # type: ignore[override]
        return f"{obj.label} {obj.judge.actor_label}"


class PairForm(forms.Form):
    """A seat and an entry of the round."""

    seat = SeatField(label="评委", queryset=PanelSeat.objects.none(), empty_label="请选择")
    entry = forms.ModelChoiceField(label="项目", queryset=Entry.objects.none(), empty_label="请选择")

    def __init__(self, *args: object, round: Round, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        seats = PanelSeat.objects.filter(panel__round=round).select_related("judge").order_by("number")
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]
        self.fields["entry"].queryset = self.entries(round)  # type: ignore[attr-defined]

    def entries(self, round: Round):
        return participants(round)


class ConflictForm(PairForm):
    """A seat, an entry of the edition, and why they must not meet."""

    reason = forms.CharField(label="回避原因", max_length=200)

    def entries(self, round: Round):
        return Entry.objects.filter(edition_id=round.edition_id, number__isnull=False).order_by("number")


class VerdictForm(forms.Form):
    """Whether what the records hint at is a conflict; the reason is needed when it is none."""

    verdict = forms.ChoiceField(
        label="认定",
        choices=[("conflict", "应当回避：不分配，已提交的评分作废"), ("none", "无须回避：可以分配")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="理由",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="认定无须回避时必填，如“同名，不是同一人”。记入操作日志。",
    )

    def clean(self) -> dict[str, str]:
        data = super().clean() or {}
        if data.get("verdict") == "none" and not data.get("reason", "").strip():
            self.add_error("reason", "认定无须回避时请写明理由，如“同名，不是同一人”。")
        return data
