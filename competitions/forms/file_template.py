"""Handing out a form for a kind of material."""

from __future__ import annotations

from django import forms

from competitions.pure.file_kinds import FILE_KINDS, TEMPLATE_KINDS

OTHERS = {"recommendation_letter": "推荐函", "proposal": "项目申报书", "anonymised": "匿名版申报书"}
NAMES = {kind: FILE_KINDS.get(kind) or OTHERS[kind] for kind in TEMPLATE_KINDS}


class FileTemplateForm(forms.Form):
    kind = forms.ChoiceField(label="材料", choices=list(NAMES.items()), help_text="同一种材料再次上传，替换原来的模板。")
    file = forms.FileField(
        label="模板文件",
        help_text="DOCX、PDF、XLSX、PPTX，不超过 20 MB。会公开，供参赛单位下载。",
        error_messages={"required": "请先选择文件。", "empty": "所选文件是空的（0 字节），请重新选择。"},
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.xlsx,.pptx"}),
    )
