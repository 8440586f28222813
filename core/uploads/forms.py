"""What the script says about a file before it sends the first byte."""

from __future__ import annotations

from django import forms


class BeginForm(forms.Form):
    """`fingerprint` tells the same file again after a reload (name, size and time of change as the browser knows them)."""

    purpose = forms.CharField(max_length=40)
    target = forms.CharField(max_length=40)
    slot = forms.CharField(max_length=40, required=False)
    name = forms.CharField(max_length=500, error_messages={"required": "文件没有名称，请重新选择文件。"})
    size = forms.IntegerField(min_value=0, max_value=2**40)
    fingerprint = forms.CharField(max_length=200, required=False)
