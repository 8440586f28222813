"""`{% page_numbers page as numbers %}`: the page numbers a pager shows, with None where some are left out."""

from django import template
from django.core.paginator import Page, Paginator

register = template.Library()


@register.simple_tag
def page_numbers(page: Page) -> list[int | None]:
    """First, last, the current page and two on either side of it."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [None if number == Paginator.ELLIPSIS else int(number) for number in shown]
