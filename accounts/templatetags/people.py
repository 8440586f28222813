"""`{{ user.mobile|mobile }}`: a number as people write it (see accounts.pure.mobile). `{{ user|needs_second_factor }}`."""

from django import template

from accounts import second_factor
from accounts.pure.mobile import write_mobile

register = template.Library()
register.filter("mobile", write_mobile)
register.filter("needs_second_factor", second_factor.is_required_of)
