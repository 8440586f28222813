from __future__ import annotations

import pytest
from django.urls import include, path

from accounts.home_sections import Card
from competitions.models import Role
from competitions.queries.console_cards import console_cards
from tests.cast import Cast
from tests.factories import moments
from tests.factories.competitions import RoleFactory

AT = moments.SET_UP
console = ([path("org/<slug:slug>/", lambda request, slug: None, name="dashboard")], "console")
urlpatterns = [path("", include(console))]


@pytest.mark.urls(__name__)
def test_one_card_an_edition_with_all_roles_in_it(cast: Cast) -> None:
    RoleFactory(edition=cast.edition, user=cast.organiser, kind=Role.Kind.EXAMINER, granted_by=cast.organiser2)
    RoleFactory(edition=cast.other_edition, user=cast.organiser, kind=Role.Kind.AUDITOR, ended_at=AT)
    labels = f"{Role.Kind.ORGANISER.label}、{Role.Kind.EXAMINER.label}"
    assert console_cards(cast.organiser, AT) == [
        Card(title=cast.edition.name, url="/org/jgs2026/", action="进入工作台", lines=(labels,))
    ]


@pytest.mark.urls(__name__)
def test_judges_and_entrants_have_no_console(cast: Cast) -> None:
    assert [console_cards(person, AT) for person in (cast.judge, cast.applicant, cast.stranger)] == [[], [], []]


@pytest.mark.urls("accounts.dev_urls")
def test_without_a_console_there_is_no_link(cast: Cast) -> None:
    assert console_cards(cast.organiser, AT) == []
