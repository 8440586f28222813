"""The form for an address that is told of events."""

from __future__ import annotations

from django import forms

from core.errors import Refusal
from core.webhooks.events import EVENTS
from core.webhooks.target import read_target, resolve


class WebhookForm(forms.Form):
    url = forms.URLField(label="接收地址", max_length=300, assume_scheme="https", help_text="对方系统的公网 https 地址。")
    events = forms.MultipleChoiceField(
        label="事件", choices=list(EVENTS.items()), widget=forms.CheckboxSelectMultiple, initial=list(EVENTS)
    )

    def clean_url(self) -> str:
        """Looks the address up at once, so that a mistake is named here and not in a failed delivery."""
        url: str = self.cleaned_data["url"]
        try:
            resolve(read_target(url))
        except Refusal as refusal:
            raise forms.ValidationError(refusal.text) from None
        return url
