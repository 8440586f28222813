"""Figures in templates: `{{ count|thousands }}`, `{{ points|score }}`, `{{ ratio|percent:1 }}` (see core.figures)."""

from django import template

from core import figures

register = template.Library()

register.filter("thousands", figures.thousands)
register.filter("score", figures.score)
register.filter("mark", figures.mark)
register.filter("votes", figures.votes)
register.filter("wan", figures.wan)
register.filter("size", figures.size)
register.filter("percent", figures.percent)
