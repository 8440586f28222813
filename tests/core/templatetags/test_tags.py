"""The template tags of core, rendered."""

from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template

from core.dates import ZONE

UNTIL = datetime(2026, 11, 15, 20, tzinfo=ZONE)
AT = datetime(2026, 11, 9, 20, 19, tzinfo=ZONE)


def rendered(source, **context):
    libraries = "{% load icons cover figures dates status paging %}"
    return Template(libraries + source).render(Context(context))


def test_an_icon_is_decorative_unless_it_is_named():
    assert rendered('{% icon "check" %}') == (
        '<svg class="jg-i" aria-hidden="true" focusable="false"><use href="/static/img/icons.svg#i-check"/></svg>'
    )
    named = rendered('{% icon "check" label=words css="jg-i--lg" %}', words='通过"<b>')
    assert 'role="img" aria-label="通过&quot;&lt;b&gt;"' in named
    assert 'class="jg-i jg-i--lg"' in named


def test_a_cover_is_drawn_for_a_number_and_a_field():
    assert rendered('{% leaf_cover 54 "energy" "tall" %}').startswith('<svg viewBox="0 0 200 300"')


def test_figures_are_filters():
    source = "{{ n|thousands }} {{ s|score }} {{ m|mark }} {{ n|votes }} {{ r|percent:1 }} {{ none|score }}"
    figures = rendered(source, n=128460, s=Decimal("90.2"), m=Decimal("86.50"), r=Decimal("0.01"), none=None)
    assert figures == "128,460 90.20 86.5 128,460 票 1.0% —"


@pytest.mark.parametrize(
    ("context", "text"),
    [
        ({"edition": SimpleNamespace(year=2026)}, "11月15日 20:00"),
        ({"site": {"edition": SimpleNamespace(year=2026)}}, "11月15日 20:00"),
        ({"site": {"edition": None}}, "2026年11月15日 20:00"),
        ({}, "2026年11月15日 20:00"),
    ],
)
def test_the_year_is_left_out_inside_the_edition_only(context, text):
    assert rendered("{% moment until %}", until=UNTIL, **context) == text


def test_ranges_and_durations_are_tags():
    edition = SimpleNamespace(year=2026)
    source = "{% window at until %}|{% hours at until %}|{% left until at %}|{{ at|clock }}|{{ at|weekday }}|{% day at %}"
    assert rendered(source, at=AT, until=UNTIL, edition=edition) == (
        "11月9日—15日|11月9日 20:19—11月15日 20:00|还有 5 天|20:19|星期一|11月9日"
    )


def test_a_date_that_is_not_set_is_a_dash():
    assert rendered("{% moment until %}", until=None) == "—"


def test_a_status_is_a_badge_with_icon_and_word():
    badge = rendered('{% status "entry" "returned" %}').strip()
    assert 'class="jg-badge jg-badge--warn"' in badge
    assert "#i-undo" in badge
    assert badge.endswith("需补正</span>")
    assert rendered('{% status "stage" "open" word="网络投票进行中" %}').strip().endswith("网络投票进行中</span>")
    assert rendered('{% status_word "award" "gold" %}') == "金奖"
    assert rendered('{% status_parts "award" "gold" as shown %}{{ shown.icon }}') == "trophy"


def test_a_pager_leaves_numbers_out():
    page = Paginator(range(96), 8).get_page(6)
    assert rendered("{% page_numbers page as n %}{{ n }}", page=page).replace("&#x27;", "'") == (
        "[1, None, 4, 5, 6, 7, 8, None, 12]"
    )
