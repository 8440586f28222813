"""Law 8: every URL has an audience.

Each app writes `tests/<app>/audience.py`: `AUDIENCE` maps a URL name to the members of the cast (or "anonymous") who may
open it, `addresses(cast)` gives a real address for each and makes what has to exist for it; `AT` may name another moment than
the default, which lies in both the vote and the preliminary. Here every URL of the project is looked
up, and each is requested as everybody: who may gets an answer below 400 that does not lead to signing in; a person who may
not gets 404; the anonymous get 404 or are led to signing in. A URL that answers to POST only stands as "POST app:name" and is
requested with an empty POST by those who may not; for those who may, a refusal below 500 that is neither 404 nor a way to the
sign-in page is enough, because an empty form is no form.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from core import clock
from tests.arch.sources import APPS, ROOT
from tests.cast import ROLES, Cast
from tests.factories import moments

CAST = {*ROLES, "applicant", "rival", "stranger", "foreigner", "anonymous"}
SIGN_IN = "/accounts/login/"
# allauth's own pages: those we style are listed in tests/accounts/audience.py. It bars by leading somewhere else.
FOREIGN = ("account_", "mfa_")


def tables() -> list[ModuleType]:
    found = [app for app in APPS if (ROOT / "tests" / app / "audience.py").is_file()]
    return [importlib.import_module(f"tests.{app}.audience") for app in found]


def audience() -> dict[str, set[str]]:
    return {key: set(who) for table in tables() for key, who in table.AUDIENCE.items()}


def url_names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Full names of all URLs below a resolver; a URL without a name is shown by its pattern."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from url_names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}"


def bare(key: str) -> str:
    return key.removeprefix("POST ")


def is_barred(key: str, status: int, location: str, who: str) -> bool:
    if key.startswith(FOREIGN):
        return status in (302, 404)
    if bare(key).startswith("api-"):  # a session opens nothing there: it takes a token (tests/jianggaosai/test_api_scopes.py)
        return status in (401, 404)
    return status == 404 or (who == "anonymous" and status == 302 and location.startswith(SIGN_IN))


def is_let_in(key: str, status: int, location: str) -> bool:
    if key.startswith("POST "):
        return status < 500 and status not in (404, 405) and not location.startswith(SIGN_IN)
    return status < 400 and not location.startswith(SIGN_IN)


def verdict(key: str, who: str, allowed: bool, status: int, location: str) -> str | None:
    """What is wrong with an answer, or None."""
    right = is_let_in(key, status, location) if allowed else is_barred(key, status, location, who)
    return None if right else f"{key} as {who}: {status} {location}".rstrip() + f", {'may' if allowed else 'may not'} open it"


def test_every_url_has_a_row_and_every_row_a_url() -> None:
    names = {name for name in url_names(get_resolver()) if not name.startswith(FOREIGN)}
    rows = {bare(key) for key in audience()}
    assert names - rows == set(), "without a row in tests/<app>/audience.py"
    assert {row for row in rows if not row.startswith(FOREIGN)} - names == set(), "rows without a URL"


def test_rows_name_members_of_the_cast() -> None:
    assert {key: who - CAST for key, who in audience().items() if who - CAST} == {}


def clients(cast: Cast) -> dict[str, Client]:
    found = {}
    for who in sorted(CAST):
        found[who] = Client(raise_request_exception=True)
        if who != "anonymous":
            found[who].force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
    return found


def request_and_forget(client: Client, key: str, address: str) -> tuple[int, str]:
    """Status and Location; what the request wrote is rolled back, so that the next person finds the same world."""
    mark = transaction.savepoint()
    answer = client.post(address) if key.startswith("POST ") else client.get(address)
    transaction.savepoint_rollback(mark)
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.django_db
@pytest.mark.parametrize("table", tables(), ids=lambda table: table.__name__.split(".")[1])
def test_every_url_opens_to_its_audience_and_to_nobody_else(cast: Cast, table: ModuleType) -> None:
    people, faults = clients(cast), []
    with clock.rehearse(getattr(table, "AT", moments.DURING_VOTE)):
        addressed = table.addresses(cast)
        assert table.AUDIENCE.keys() - addressed.keys() == set(), "without an address"
        for key, allowed in table.AUDIENCE.items():
            for who, client in people.items():
                faults.append(verdict(key, who, who in allowed, *request_and_forget(client, key, addressed[key])))
    assert [fault for fault in faults if fault] == []


@pytest.mark.parametrize(
    ("key", "who", "allowed", "status", "location", "right"),
    [
        ("a:b", "judge", True, 200, "", True),
        ("a:b", "judge", True, 302, "/my/", True),
        ("a:b", "judge", True, 302, SIGN_IN, False),
        ("a:b", "judge", True, 404, "", False),
        ("a:b", "judge", False, 404, "", True),
        ("a:b", "judge", False, 403, "", False),
        ("a:b", "judge", False, 200, "", False),
        ("a:b", "judge", False, 302, SIGN_IN, False),
        ("a:b", "anonymous", False, 302, f"{SIGN_IN}?next=/x", True),
        ("a:b", "anonymous", False, 302, "/my/", False),
        ("account_login", "judge", False, 302, "/my/", True),
        ("account_login", "judge", False, 200, "", False),
        ("POST a:b", "judge", True, 409, "", True),
        ("POST a:b", "judge", True, 405, "", False),
        ("POST a:b", "judge", False, 404, "", True),
        ("POST a:b", "judge", False, 409, "", False),
    ],
)
def test_what_counts_as_let_in_and_barred(key: str, who: str, allowed: bool, status: int, location: str, right: bool) -> None:
    assert (verdict(key, who, allowed, status, location) is None) is right
