"""`{{ user.mobile|mobile }}`: a number as people write it (see accounts.pure.mobile)."""

from django import template

from accounts.pure.mobile import write_mobile

register = template.Library()
register.filter("mobile", write_mobile)
