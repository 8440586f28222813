"""The page of other systems that are told."""

from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from core.models import Webhook, WebhookDelivery
from tests.cast import Cast

pytestmark = pytest.mark.django_db
URL = "http://127.0.0.1:1/hook"


@pytest.fixture
def organiser(cast: Cast, settings: LazySettings) -> Client:
    settings.WEBHOOKS_MAY_CALL_LOCAL = True
    client = Client()
    client.force_login(cast.organiser)
    return client


def test_an_address_is_added_with_its_secret_shown_once_tried_and_ended(cast: Cast, organiser: Client) -> None:
    page = reverse("competitions:webhooks", args=[cast.edition.slug])
    answer = organiser.post(page, {"url": URL, "events": ["result.published"]})
    (secret,) = re.findall(r'id="secret">([\w-]{40,})<', answer.content.decode())
    hook = Webhook.objects.get()
    assert (hook.url, hook.events) == (URL, ["result.published"])
    assert secret not in organiser.get(page).content.decode()
    args = [cast.edition.slug, hook.public_id]
    assert organiser.post(reverse("competitions:webhook-ping", args=args)).status_code == 302
    assert WebhookDelivery.objects.get().event == "ping" and "ping" in organiser.get(page).content.decode()
    assert organiser.post(reverse("competitions:webhook-end", args=args)).status_code == 302
    hook.refresh_from_db()
    assert hook.ended_at is not None and "还没有接收地址" in organiser.get(page).content.decode()


@pytest.mark.parametrize("data", [{"url": "", "events": ["result.published"]}, {"url": URL, "events": []}, {"url": URL, "events": ["x"]}])
def test_bad_input_is_named_and_adds_nothing(cast: Cast, organiser: Client, data: dict) -> None:
    answer = organiser.post(reverse("competitions:webhooks", args=[cast.edition.slug]), data)
    assert answer.status_code == 422 and answer.context["form"].errors and not Webhook.objects.exists()


def test_an_internal_address_is_named_at_its_field(cast: Cast, organiser: Client, settings: LazySettings) -> None:
    settings.WEBHOOKS_MAY_CALL_LOCAL = False
    answer = organiser.post(
        reverse("competitions:webhooks", args=[cast.edition.slug]), {"url": "https://127.0.0.1/", "events": ["result.published"]}
    )
    assert "内部网络" in str(answer.context["form"].errors["url"]) and not Webhook.objects.exists()
