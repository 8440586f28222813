"""Controls of long tables, written without the template engine: a list of 500 rows has some ten thousand of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def _attributes(attrs: dict[str, Any]) -> str:
    """As Django's attrs.html: False is left out, True stands without a value."""
    told = [(name, value) for name, value in attrs.items() if value is not False]
    return "".join(f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in told)


class QuickInput(forms.TextInput):
    """A text field."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        shown = self.format_value(value)
        own = {} if shown is None else {"value": shown}
        found = self.build_attrs(self.attrs, attrs)
        return mark_safe(f'<input type="{self.input_type}" name="{escape(name)}"{_attributes({**own, **found})}>')  # noqa: S308


class QuickHidden(QuickInput):
    input_type = "hidden"


class QuickCheckbox(forms.CheckboxInput):
    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        own: dict[str, Any] = {"checked": True} if self.check_test(value) else {}
        shown = self.format_value(value)
        own |= {} if shown is None else {"value": shown}
        found = self.build_attrs(self.attrs, attrs)
        return mark_safe(f'<input type="checkbox" name="{escape(name)}"{_attributes({**found, **own})}>')  # noqa: S308


class QuickSelect(forms.Select):
    """Plain choices, no groups."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = "".join(
            f'<option value="{escape(key)}"{" selected" if str(key) in chosen else ""}>{escape(words)}</option>'
            for key, words in self.choices
        )
        found = self.build_attrs(self.attrs, attrs)
        return mark_safe(f'<select name="{escape(name)}"{_attributes(found)}>{options}</select>')  # noqa: S308
