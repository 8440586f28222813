"""What a template asks about a file."""

from __future__ import annotations

from django import template

from core.files.show import shown_as

register = template.Library()
register.filter("shown_as", shown_as)
