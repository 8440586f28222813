"""`{% icon "check" %}`: one icon of the sprite `static/img/icons.svg`, coloured and sized by the text around it."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon for whoever reads the page; decorative unless `label` names it. `css` adds classes (jg-i--lg)."""
    role = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="{}" {} focusable="false"><use href="{}#i-{}"/></svg>',
        f"jg-i {css}".strip(),
        SafeString(role),
        static("img/icons.svg"),
        name,
    )
