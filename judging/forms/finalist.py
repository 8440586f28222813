"""Forms of finalists and of the organiser's board."""

from __future__ import annotations

from django import forms


class AcceptForm(forms.Form):
    """Who presents and answers."""

    presenter = forms.CharField(label="路演人姓名", max_length=40, help_text="路演和答辩由同一人完成，须为参赛单位在职人员。")
    presenter_title = forms.CharField(label="职务", max_length=60)


class ForfeitForm(forms.Form):
    """Giving the place up, with the sealed waiver."""

    reason = forms.CharField(label="弃赛原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    waiver = forms.FileField(label="弃赛声明", help_text="加盖公章，PDF、JPG 或 PNG，不超过 20 MB。")
    is_sure = forms.BooleanField(label="确认弃赛，提交后不能撤回")


class DeckForm(forms.Form):
    """The way without a script."""

    file = forms.FileField(label="路演文稿", help_text="16:9，PPTX 或 PDF，不超过 100 MB。可以多次提交，以最后一版为准。")


class TermsForm(forms.Form):
    """Two dates; an empty one is no limit."""

    reply_by = forms.DateTimeField(
        label="确认参赛截止", required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    deck_by = forms.DateTimeField(
        label="提交路演文稿截止", required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
