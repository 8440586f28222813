"""Forms of the stage and of the draw."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError

from entries.models import Entry
from judging import states
from judging.models import Draw, DrawFile


class StepForm(forms.Form):
    """One step with an entrant: who (`position`), which move, and the version of the room the page showed."""

    position = forms.IntegerField(min_value=1)
    verb = forms.ChoiceField(choices=[(verb, verb) for verb in states.SLOT.moves])
    version = forms.IntegerField(min_value=0)


class CheckInForm(forms.Form):
    """A place in the running order and whether its entrant is in the hall."""

    position = forms.IntegerField(min_value=1)
    present = forms.ChoiceField(choices=[("1", "已到"), ("0", "未到")])
    version = forms.IntegerField(min_value=0)


class ChairForm(forms.Form):
    """A decision of the chief judge about the entrant on stage, with its reason."""

    act = forms.ChoiceField(choices=[(one, one) for one in ("close_scoring", "reopen_scoring", "hold", "lift")])
    position = forms.IntegerField(min_value=1)
    version = forms.IntegerField(min_value=0)
    reason = forms.CharField(max_length=200)


class PresenceForm(forms.Form):
    """A seat and whether its judge is in the hall."""

    seat = forms.IntegerField(min_value=1)
    present = forms.ChoiceField(choices=[("1", "到场"), ("0", "未到场")])
    version = forms.IntegerField(min_value=0)


class PrepareForm(forms.Form):
    """How a group draws, and what a computed draw will use."""

    method = forms.ChoiceField(label="抽签方式", choices=Draw.Method.choices, widget=forms.RadioSelect, initial=Draw.Method.COMPUTED)
    sources_text = forms.CharField(
        label="将采用的公开数值",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一个，写清哪一期开奖和数值的确切写法，例如“2026 年 11 月 11 日双色球第 2026130 期七个号码，两位数字，空格分隔”。"
        "16 个项目以内建议用 2 个，20 个以内用 3 个。只用于可验证计算抽签。",
    )
    keep_apart = forms.BooleanField(
        label="同单位项目不相邻", required=False, help_text="与前一位有相同参赛单位的，与其后第一个不同单位的项目对调。只用于可验证计算抽签。"
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("method") == Draw.Method.COMPUTED and not data.get("sources_text"):
            self.add_error("sources_text", "可验证计算抽签须写明将采用的公开数值，一行一个。")
        return data


class RunForm(forms.Form):
    """What both ways of drawing ask for."""

    witness = forms.CharField(label="见证人", max_length=60, help_text="姓名和单位，随结果一并公布。")
    is_checked = forms.BooleanField(label="已与见证人核对无误，抽签后不能修改")


class ComputedRunForm(RunForm):
    """One field for each public value the commitment names."""

    def __init__(self, *args: object, sources: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.values = [f"value-{place}" for place in range(1, len(sources) + 1)]
        for name, source in zip(self.values, sources, strict=True):
            self.fields[name] = forms.CharField(label=source, max_length=120)
        self.order_fields([*self.values, "witness", "is_checked"])

    @property
    def public_values(self) -> str:
        return "\n".join(self.cleaned_data[name] for name in self.values)


class HandRunForm(RunForm):
    """The number each project drew, every number from 1 once."""

    def __init__(self, *args: object, entries: Sequence[Entry], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.entries = {f"place-{entry.public_id}": entry for entry in entries}
        for name, entry in self.entries.items():
            self.fields[name] = forms.IntegerField(
                label=f"{entry.code} {entry.short_name}", min_value=1, max_value=len(entries)
            )
            self.fields[f"staff-{entry.public_id}"] = forms.BooleanField(
                label=f"{entry.code} 缺席，工作人员代抽", required=False
            )
        pairs = [field for name, entry in self.entries.items() for field in (name, f"staff-{entry.public_id}")]
        self.order_fields([*pairs, "witness", "is_checked"])

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        seen: dict[int, str] = {}
        for name, entry in self.entries.items():
            place = data.get(name)
            if place in seen:
                self.add_error(name, ValidationError(f"第 {place} 位已经是 {seen[place]}，请核对号牌。"))
            elif place is not None:
                seen[place] = f"{entry.code} {entry.short_name}"
        return data

    @property
    def drawn_by_staff(self) -> list[Entry]:
        return [entry for entry in self.entries.values() if self.cleaned_data[f"staff-{entry.public_id}"]]

    @property
    def order(self) -> list[Entry]:
        return sorted(self.entries.values(), key=lambda entry: self.cleaned_data[f"place-{entry.public_id}"])


class PlatesForm(forms.Form):
    """How many places the hall sees, and the screen version the page showed."""

    count = forms.IntegerField(min_value=0, max_value=999)
    version = forms.IntegerField(min_value=0)


class DrawFileForm(forms.Form):
    """A photograph of the draw, or its minutes with the signatures."""

    kind = forms.ChoiceField(label="种类", choices=DrawFile.Kind.choices)
    file = forms.FileField(label="文件", help_text="照片 JPG、PNG，签字的记录也可以是 PDF，每个不超过 20 MB。")
