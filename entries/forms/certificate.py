"""The certificate of one patent: a new file, or one that was uploaded already."""

from __future__ import annotations

from typing import Any

from django import forms

from entries.models import Attachment, Entry
from entries.queries.attachment import accept_attribute, size_limit


class CertificateForm(forms.Form):
    """One of the two must be there; a new file counts first."""

    file = forms.FileField(label="专利证书", required=False, allow_empty_file=True)
    uploaded = forms.ModelChoiceField(
        label="或选一份已上传的证书", queryset=Attachment.objects.none(), required=False, empty_label="不选"
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = Attachment.Kind.CERTIFICATE
        file, choice = self.fields["file"], self.fields["uploaded"]
        file.widget.attrs["accept"] = accept_attribute(kind)
        file.help_text = f"PDF、JPG、PNG，不超过 {size_limit(kind) // 1024**2} MB。一件专利一份。"
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = entry.attachments.filter(kind=kind)
        if not choice.queryset.exists():
            del self.fields["uploaded"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("uploaded") and not self.errors:
            self.add_error("file", "请先选择证书文件。")
        return cleaned
