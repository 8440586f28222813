"""What is not there, not public or not theirs is 404."""

from __future__ import annotations

import pytest
from django.http import Http404

from core.clock import at_local
from results.queries import access
from results.queries.certificates import chinese_date
from tests.factories.results import certify, publish_final


@pytest.mark.parametrize(
    "path",
    [
        "/org/jgs2026/results/public_vote/",
        "/org/jgs2026/results/semi_final/",
        "/org/jgs2026/results/final/9/record.json",
        "/org/jgs2026/certificates/JG26-G-999/revoke/",
        "/jgs2026/results/nothing/record.json",
        "/jgs2026/notices/nothing/",
        "/jgs2026/results/final/99/",
        "/certs/JG26-G-999/",
    ],
)
def test_what_does_not_exist(client, cast, path):
    client.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    assert client.get(path).status_code == 404


def test_a_certificate_of_another_edition_is_not_theirs(cast):
    certificate = certify(publish_final(cast), cast)[0]
    permission = "results.publish_result"
    assert access.get_certificate_for(cast.organiser, "jgs2026", certificate.number, to=permission) == certificate
    for who, slug in ((cast.foreigner, "jgs2026"), (cast.foreigner, "other2026")):
        with pytest.raises(Http404):
            access.get_certificate_for(who, slug, certificate.number, to=permission)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("8d41-77c0-k3tv", "8D41-77C0-K3TV"),
        (" 8D4I 77CO K3TV ", "8D41-77C0-K3TV"),
        ("８Ｄ４１77C0K3TV", "8D41-77C0-K3TV"),
        ("8D41-77C0-K3T", ""),
        ("8D41-77C0-K3TU", ""),
        ("", ""),
    ],
)
def test_a_typed_code_is_read(typed, code):
    assert access.canonical_code(typed) == code


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (at_local(2026, 12, 12), "二〇二六年十二月十二日"),
        (at_local(2026, 10, 10), "二〇二六年十月十日"),
        (at_local(2027, 1, 31, 23), "二〇二七年一月三十一日"),
        (at_local(2026, 11, 20), "二〇二六年十一月二十日"),
    ],
)
def test_a_date_in_chinese_figures(at, written):
    assert chinese_date(at) == written
