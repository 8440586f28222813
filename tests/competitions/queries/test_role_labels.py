from __future__ import annotations

from accounts.home_sections import labels_for
from competitions.models import Role
from tests.cast import Cast


def test_people_are_named_by_the_first_role_they_hold(cast: Cast) -> None:
    people = [cast.organiser, cast.judge, cast.stranger]
    kind = Role.Kind
    assert labels_for(people) == {cast.organiser.pk: kind.ORGANISER.label, cast.judge.pk: kind.JUDGE.label}
