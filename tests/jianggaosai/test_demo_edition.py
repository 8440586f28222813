"""The demo edition says the same everywhere."""

from __future__ import annotations

import pytest

from competitions.queries.page_text import page_template
from core import clock
from jianggaosai.demo.calendar import make_calendar
from jianggaosai.demo.edition import build_edition
from jianggaosai.demo.people import judges, staff
from tests.factories import moments as m

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["rules", "privacy"])
def test_the_published_pages_name_the_dates_and_rules_in_force(kind: str) -> None:
    calendar = make_calendar("voting", m.NOTICE_CLOSES)
    made_at = calendar.before("registration", days=60)
    with clock.rehearse(m.NOTICE_CLOSES):
        edition = build_edition(calendar, staff(made_at), judges(made_at))
    page = edition.pages.get(kind=kind, published_at__isnull=False)
    assert page.body.strip() == page_template(edition, kind).strip()
