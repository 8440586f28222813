"""The page of exports: who may take what, and that it is written down."""

from __future__ import annotations

import json
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import AuditEntry
from core.outbox.models import Message
from entries.models import Entry
from results.actions.certificate import revoke_certificate
from results.actions.package import KEPT_FOR, build_package
from results.exports.lists import LISTS
from results.models import EditionPackage
from tests.cast import Cast
from tests.factories.entries import build_accepted_entry
from tests.factories.results import AFTER_FINAL, certify, publish_final

pytestmark = pytest.mark.django_db
AT = AFTER_FINAL


@pytest.fixture(autouse=True)
def _media(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, who))
    return client


def test_an_organiser_sees_every_list_and_an_auditor_those_without_contacts(cast: Cast) -> None:
    page = reverse("results:exports", args=[cast.edition.slug])
    with clock.rehearse(AT):
        seen = {who: signed_in(cast, who).get(page).context["lists"] for who in ("organiser", "auditor")}
    assert {one.key for one in seen["organiser"]} == set(LISTS)
    assert not {"contacts", "roles"} & {one.key for one in seen["auditor"]}
    assert {"entries", "patents", "awards"} <= {one.key for one in seen["auditor"]}


def test_a_list_is_a_file_and_stands_in_the_journal(cast: Cast) -> None:
    build_accepted_entry(cast.edition, 1)
    address = reverse("results:list-file", args=[cast.edition.slug, "contacts", "csv"])
    with clock.rehearse(AT):
        answer = signed_in(cast, "organiser").get(address)
    assert answer["Content-Disposition"].startswith("attachment") and answer.content.startswith(b"\xef\xbb\xbf")
    entry = AuditEntry.objects.get(verb="results.export.personal-taken")
    assert entry.actor == cast.organiser.public_id and entry.detail.content["after"] == {"list": "contacts", "format": "csv"}


def test_a_list_follows_the_filter_of_its_page_and_says_so(cast: Cast) -> None:
    one, two = build_accepted_entry(cast.edition, 1), build_accepted_entry(cast.edition, 2)
    Entry.objects.filter(pk=one.pk).update(state="submitted", number=None, submitted_at=AT)
    client, slug = signed_in(cast, "organiser"), cast.edition.slug
    address = reverse("results:list-file", args=[slug, "entries", "json"])
    with clock.rehearse(AT):
        queue = client.get(reverse("entries:formality-queue", args=[slug])).content.decode()
        shown = re.search(rf'href="{re.escape(address)}(\?[^"]*)"', queue)
        assert shown is not None and "按本页当前的筛选" in queue
        part = client.get(address + unescape(shown[1]))
        whole = client.get(address + "?sort=title&state=unheard-of")
    assert [row["title"] for row in json.loads(part.content)["rows"]] == [one.title]
    assert "参赛项目（按筛选）.json" in unquote(part["Content-Disposition"])
    assert {row["title"] for row in json.loads(whole.content)["rows"]} == {one.title, two.title}
    assert "筛选" not in unquote(whole["Content-Disposition"])
    taken = AuditEntry.objects.filter(verb="results.export.taken").order_by("pk")
    assert [entry.detail.content["after"].get("narrowed") for entry in taken] == [True, None]


def test_organisations_and_objections_follow_their_pages_too(cast: Cast) -> None:
    entry = build_accepted_entry(cast.edition, 1)
    organisation = entry.organisations.get()
    client, slug = signed_in(cast, "organiser"), cast.edition.slug

    def names(what: str, query: str) -> list[dict[str, object]]:
        return json.loads(client.get(reverse("results:list-file", args=[slug, what, "json"]) + query).content)["rows"]

    with clock.rehearse(AT):
        assert [row["name"] for row in names("organisations", f"?view=all&q={organisation.name}")] == [organisation.name]
        assert names("organisations", "?view=all&q=没有这家") == []
        assert [row["name"] for row in names("organisations", "?view=none")] == [organisation.name]
        assert names("objections", "?state=filed") == []


def test_messages_follow_their_page_and_mask_their_readers(cast: Cast) -> None:
    for state in ("sent", "failed"):
        Message.objects.create(
            recipient="lisi@example.invalid", channel="mail", subject=state, body="正文", state=state, edition=cast.edition.slug,
            queued_at=AT, due_at=AT,
        )  # fmt: skip
    client, slug = signed_in(cast, "organiser"), cast.edition.slug
    page = client.get(reverse("console:outbox", args=[slug]) + "?state=failed").content.decode()
    shown = re.search(rf'href="({re.escape(reverse("results:list-file", args=[slug, "messages", "json"]))}[^"]*)"', page)
    assert shown is not None
    part, whole = client.get(unescape(shown[1])), client.get(shown[1].partition("?")[0] + "?state=nonsense&kind=x")
    assert [row["subject"] for row in json.loads(part.content)["rows"]] == ["failed"]
    assert {row["subject"] for row in json.loads(whole.content)["rows"]} == {"sent", "failed"}
    assert b"lisi@" not in whole.content and "正文" not in whole.content.decode()


@pytest.mark.parametrize("what", ["contacts", "nothing"])
def test_what_one_may_not_take_is_not_there(cast: Cast, what: str) -> None:
    address = reverse("results:list-file", args=[cast.edition.slug, what, "csv"])
    assert signed_in(cast, "auditor").get(address).status_code == 404
    assert not AuditEntry.objects.filter(verb__startswith="results.export").exists()


def test_another_format_is_not_there(cast: Cast) -> None:
    assert signed_in(cast, "organiser").get(reverse("results:list-file", args=[cast.edition.slug, "entries", "exe"])).status_code == 404


def test_the_package_is_asked_for_built_and_fetched_until_it_expires(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    client, slug = signed_in(cast, "organiser"), cast.edition.slug
    with clock.rehearse(AT), django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert client.post(reverse("results:package-request", args=[slug, "edition"])).status_code == 302
    package = EditionPackage.objects.get()
    build_package(package_id=package.pk, at=AT)
    address = reverse("results:package-file", args=[slug, package.public_id])
    with clock.rehearse(AT):
        answer = client.get(address)
        assert answer.content[:2] == b"PK"
        assert signed_in(cast, "judge").get(address).status_code == signed_in(cast, "auditor").get(address).status_code == 404
        assert address not in signed_in(cast, "auditor").get(reverse("results:exports", args=[slug])).content.decode()
        assert "下载 ZIP" in client.get(reverse("results:exports", args=[slug])).content.decode()
    with clock.rehearse(AT + KEPT_FOR):
        assert client.get(address).status_code == 404
        assert "已过期" in client.get(reverse("results:exports", args=[slug])).content.decode()


def test_all_certificates_are_packed_by_a_job(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    client, slug = signed_in(cast, "organiser"), cast.edition.slug
    ask = reverse("results:package-request", args=[slug, "certificates"])
    with clock.rehearse(AT):
        assert client.post(ask).status_code == 409 and not EditionPackage.objects.exists()
        issued = certify(publish_final(cast), cast)
        revoke_certificate(certificate=issued[0], reason="更名", actor=cast.organiser, at=AT)
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            assert client.post(ask).url == reverse("results:certificates", args=[slug])
        package = EditionPackage.objects.get()
        assert (package.state, package.done, package.steps) == ("done", 3, 3)
        page = client.get(reverse("results:certificates", args=[slug])).content.decode()
        address = reverse("results:package-file", args=[slug, package.public_id])
        assert address in page and address not in client.get(reverse("results:exports", args=[slug])).content.decode()
        names = ZipFile(BytesIO(client.get(address).content)).namelist()
    assert sorted(names) == sorted([*(f"{one.number}.pdf" for one in issued[1:]), "manifest.json"])
    assert client.post(reverse("results:package-request", args=[slug, "nothing"])).status_code == 404
