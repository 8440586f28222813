"""`{% leaf_cover number field_code %}`: the generated cover of an entry without a picture."""

from django import template
from django.utils.safestring import SafeString

from core.cover import cover_svg

register = template.Library()


@register.simple_tag
def leaf_cover(number: object, field_code: object = "", shape: str = "wide") -> SafeString:
    """The cover as inline SVG; nothing of the arguments is written into it, so it needs no escaping."""
    return SafeString(cover_svg(str(number), str(field_code), shape))
