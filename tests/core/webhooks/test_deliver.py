"""Deliveries: signed, tried again, given up, and never to a machine of our own network."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
from datetime import timedelta

import pytest
from django.conf import LazySettings

from competitions.actions.webhook import add_webhook, end_webhook, ping_webhook
from competitions.errors import WebhookThere
from core.actor import SYSTEM
from core.errors import NotAllowed
from core.models import AuditDetail, AuditEntry, Webhook, WebhookDelivery
from core.webhooks.announce import announce
from core.webhooks.deliver import RETRIES, deliver_webhook, waiting_webhooks
from core.webhooks.events import ENTRY_ACCEPTED, EVENTS, RESULT_PUBLISHED, ROUND_CLOSED
from core.webhooks.target import BadTarget, read_target, resolve
from entries.actions.decision import accept_entry
from entries.actions.formality import pick_up_entry
from tests.cast import Cast
from tests.core.webhooks.receiver import receiving
from tests.entries.dossiers import AT as DURING_EXAMINATION
from tests.entries.dossiers import build_submitted_entry
from tests.factories import moments
from tests.factories.results import publish_preliminary
from tests.voting.ballots import AFTER, build_vote, vote
from voting.actions.close import close_vote

pytestmark = pytest.mark.django_db
AT = moments.SET_UP
State = WebhookDelivery.State


@pytest.fixture
def local(settings: LazySettings) -> None:
    settings.WEBHOOKS_MAY_CALL_LOCAL = True


def add(cast: Cast, url: str, events: tuple[str, ...] = tuple(EVENTS)) -> tuple[Webhook, str]:
    return add_webhook(edition=cast.edition, url=url, events=events, actor=cast.organiser, at=AT)


def tell(cast: Cast) -> WebhookDelivery:
    (made,) = announce(event=ENTRY_ACCEPTED, edition=cast.edition.slug, data={"number": "001", "title": "水性漆"}, at=AT)
    return made


def test_what_arrives_is_signed_with_the_secret_that_was_shown(cast: Cast, local: None) -> None:
    with receiving() as receiver:
        _, secret = add(cast, receiver.url)
        delivery = deliver_webhook(delivery_id=tell(cast).pk, at=AT)
    assert (delivery.state, delivery.sent_at, delivery.attempts) == (State.SENT, AT, 1)
    ((headers, body),) = receiver.got
    moment, code = (part.split("=", 1)[1] for part in headers["X-JGS-Signature"].split(","))
    assert int(moment) == int(AT.timestamp())
    assert code == hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert (headers["X-JGS-Event"], headers["X-JGS-Delivery"]) == (ENTRY_ACCEPTED, delivery.public_id)
    told = {"event": ENTRY_ACCEPTED, "edition": "jgs2026", "at": AT.isoformat(), "data": {"number": "001", "title": "水性漆"}}
    assert json.loads(body) == told
    assert secret not in str(Webhook.objects.values()) + str(AuditDetail.objects.values())


def test_a_refused_delivery_is_tried_again_after_a_longer_pause_each_time_and_then_given_up(cast: Cast, local: None) -> None:
    at = AT
    with receiving(*[500, 302, 404] + [503] * RETRIES.most) as receiver:
        add(cast, receiver.url)
        delivery = tell(cast)
        pauses = []
        for _ in range(RETRIES.most):
            assert waiting_webhooks(at) == [delivery.pk]
            delivery = deliver_webhook(delivery_id=delivery.pk, at=at)
            pauses.append(delivery.due_at - at)
            at = delivery.due_at
    assert len(receiver.got) == RETRIES.most and pauses == sorted(pauses) and pauses[0] == timedelta(seconds=30)
    assert (delivery.state, delivery.last_error) == (State.FAILED, "对方系统回答 503，应回答 2xx。")
    assert waiting_webhooks(at + timedelta(days=9)) == []


def test_a_receiver_that_is_down_is_told_later(cast: Cast, local: None) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    add(cast, url)
    delivery = deliver_webhook(delivery_id=tell(cast).pk, at=AT)
    assert delivery.state == State.QUEUED and delivery.last_error.startswith("连接不上对方系统")


def test_sending_twice_tells_once(cast: Cast, local: None) -> None:
    with receiving() as receiver:
        add(cast, receiver.url)
        delivery = tell(cast)
        for _ in range(2):
            deliver_webhook(delivery_id=delivery.pk, at=AT)
    assert len(receiver.got) == 1


def test_an_ended_address_is_told_nothing_more(cast: Cast, local: None) -> None:
    with receiving() as receiver:
        hook, _ = add(cast, receiver.url)
        delivery = tell(cast)
        end_webhook(edition=cast.edition, hook=hook, actor=cast.organiser, at=AT)
        deliver_webhook(delivery_id=delivery.pk, at=AT)
    assert receiver.got == [] and announce(event=ENTRY_ACCEPTED, edition="jgs2026", data={}, at=AT) == []
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED


def test_only_events_that_were_chosen_and_only_of_this_edition(cast: Cast, local: None) -> None:
    add(cast, "http://127.0.0.1:1/", events=(RESULT_PUBLISHED,))
    assert announce(event=ENTRY_ACCEPTED, edition="jgs2026", data={}, at=AT) == []
    assert announce(event=RESULT_PUBLISHED, edition="other2026", data={}, at=AT) == []
    assert len(announce(event=RESULT_PUBLISHED, edition="jgs2026", data={}, at=AT)) == 1


def test_passing_the_examination_tells_number_and_title(cast: Cast, local: None) -> None:
    add(cast, "http://127.0.0.1:1/")
    entry = pick_up_entry(entry=build_submitted_entry(cast), actor=cast.examiner, at=DURING_EXAMINATION)
    accepted = accept_entry(entry=entry, actor=cast.examiner, at=DURING_EXAMINATION)
    (told,) = WebhookDelivery.objects.all()
    assert (told.event, json.loads(told.body)["data"]) == (ENTRY_ACCEPTED, {"number": "001", "title": accepted.title})


def test_closing_the_vote_tells_once_and_without_a_count(cast: Cast, local: None) -> None:
    edition = build_vote(edition=cast.edition)
    add(cast, "http://127.0.0.1:1/")
    vote(edition, 1)
    close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    (told,) = WebhookDelivery.objects.all()
    data = json.loads(told.body)["data"]
    assert (told.event, data) == (ROUND_CLOSED, {"round": "public_vote", "ended_at": moments.VOTE_CLOSES.isoformat()})


def test_computing_and_publishing_tell_without_figures(cast: Cast, local: None) -> None:
    add(cast, "http://127.0.0.1:1/")
    result = publish_preliminary(cast)
    told = {one.event: json.loads(one.body)["data"] for one in WebhookDelivery.objects.exclude(event=ENTRY_ACCEPTED)}
    assert told[ROUND_CLOSED] == {"round": "preliminary"}
    assert told[RESULT_PUBLISHED] == {
        "round": "preliminary", "version": 1, "result": result.public_id, "sha256": result.sha256,
    }  # fmt: skip


@pytest.mark.parametrize(
    "url", ["http://example.com/", "ftp://example.com/", "https://user@example.com/", "https:///path", "https://example.com:99999/", "nonsense"]
)
def test_an_address_that_is_not_plain_https_is_refused(cast: Cast, url: str) -> None:
    with pytest.raises(BadTarget):
        add(cast, url)
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.9", "169.254.169.254", "0.0.0.0", "::1", "fd00::1", "100.64.0.1"]
)
def test_a_name_that_leads_into_our_own_network_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(family, 1, 6, "", (address, 443))])
    with pytest.raises(BadTarget, match="内部网络"):
        resolve(read_target("https://innocent.example/"))


def test_the_same_address_twice_and_strangers_are_refused(cast: Cast, local: None) -> None:
    hook, _ = add(cast, "http://127.0.0.1:1/")
    with pytest.raises(WebhookThere):
        add(cast, "http://127.0.0.1:1/")
    for who in (cast.auditor, cast.foreigner, cast.applicant):
        with pytest.raises(NotAllowed):
            ping_webhook(edition=cast.edition, hook=hook, actor=who, at=AT)
    assert Webhook.objects.count() == 1 and not WebhookDelivery.objects.exists()
    assert AuditEntry.objects.filter(verb="competitions.webhook.added").count() == 1
