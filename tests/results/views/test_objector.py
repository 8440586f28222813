"""Whoever filed an objection finds it again by number and contact, and may take it back until it is ruled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import AuditEntry, Message
from results.actions.arbitration import admit_objection, dismiss_objection
from results.actions.notice import closing_reasons
from results.models import Objection, ObjectionParty
from results.queries.home import arbitration_cards
from results.queries.objections import objection_counts, open_in_edition
from tests.cast import Cast
from tests.factories.objections import PERSON, build_arbitrator, build_objection
from tests.factories.results import AFTER_FINAL, publish_final

pytestmark = pytest.mark.django_db
AT = AFTER_FINAL + timedelta(hours=2)


@pytest.fixture
def filed(cast: Cast) -> Objection:
    return build_objection(publish_final(cast).notices.get(), cast.stranger, AT)


def post(address: str, **values: str):
    with clock.rehearse(AT):
        return Client().post(address, values)


def look_up(cast: Cast, **values: str):
    return post(reverse("results:objection-lookup", args=[cast.edition.slug]), **values)


@pytest.mark.parametrize("contact", ["138 0013 8000", "PERSON@example.invalid"])
def test_number_and_contact_lead_to_the_page(cast: Cast, filed: Objection, contact: str) -> None:
    page = reverse("results:objection", args=[cast.edition.slug, filed.public_id])
    assert look_up(cast, number=filed.number.lower().replace("-", " "), contact=contact).url == page


@pytest.mark.parametrize(
    "values", [{"contact": "13900139000"}, {"number": "YY26-01-999"}, {"contact": "别人"}, {"contact": "other@example.invalid"}]
)
def test_what_does_not_fit_is_not_told_apart(cast: Cast, filed: Objection, values: dict[str, str]) -> None:
    answer = look_up(cast, **({"number": filed.number, "contact": PERSON.mobile} | values))
    assert answer.status_code == 422 and "两项须同时相符" in answer.content.decode()


def test_contacts_cannot_be_tried_one_after_another(cast: Cast, filed: Objection) -> None:
    tries = [look_up(cast, number=filed.number, contact=f"1390013{n:04d}").status_code for n in range(12)]
    assert tries[:10] == [422] * 10 and tries[10:] == [429] * 2


def test_nobody_is_found_once_the_contact_is_deleted(cast: Cast, filed: Objection) -> None:
    ObjectionParty.objects.all().delete()
    assert look_up(cast, number=filed.number, contact=PERSON.mobile).status_code == 422


def test_taking_it_back_settles_it_and_tells_everybody_concerned(cast: Cast, filed: Objection) -> None:
    arbitrator = build_arbitrator(cast.edition)
    admit_objection(objection=filed, investigator=arbitrator, actor=cast.organiser, at=AT)
    page = reverse("results:objection", args=[cast.edition.slug, filed.public_id])
    assert post(page, contact="13900139000").status_code == 422
    filed.refresh_from_db()
    assert filed.state == "investigating" and closing_reasons(filed.notice, AT)
    assert post(page, contact=PERSON.mobile, reason="已查清").url == page
    filed.refresh_from_db()
    assert filed.state == "withdrawn" and not open_in_edition(cast.edition).exists()
    counts = objection_counts(Objection.objects.all())
    assert (counts.filed, counts.withdrawn, counts.open) == (1, 1, 0)
    told = set(Message.objects.filter(kind="objection_withdrawn").values_list("recipient", flat=True))
    assert told == {PERSON.email, arbitrator.email}
    assert AuditEntry.objects.filter(verb="results.objection.withdrawn", actor="visitor").count() == 1
    with clock.rehearse(AT):
        assert "撤回这件异议" not in Client().get(page).content.decode()


def test_a_ruling_cannot_be_taken_back(cast: Cast, filed: Objection) -> None:
    arbitrator = build_arbitrator(cast.edition)
    admit_objection(objection=filed, investigator=arbitrator, actor=cast.organiser, at=AT)
    dismiss_objection(objection=Objection.objects.get(pk=filed.pk), ruling="复算一致", actor=arbitrator, at=AT)
    page = reverse("results:objection", args=[cast.edition.slug, filed.public_id])
    assert post(page, contact=PERSON.mobile).status_code == 422
    assert Objection.objects.get(pk=filed.pk).state == "dismissed"


def test_an_arbitrator_finds_the_objection_on_their_own_page(cast: Cast, filed: Objection) -> None:
    arbitrator = build_arbitrator(cast.edition)
    assert arbitration_cards(arbitrator, AT) == []
    admit_objection(objection=filed, investigator=arbitrator, actor=cast.organiser, at=AT)
    (card,) = arbitration_cards(arbitrator, AT)
    assert filed.number in card.title
    client = Client()
    client.force_login(arbitrator)
    with clock.rehearse(AT):
        assert client.get(card.url).status_code == 200
        assert "复核异议" in client.get("/my/").content.decode()


def test_the_menu_counts_what_is_open(cast: Cast, filed: Objection) -> None:
    client = Client()
    client.force_login(cast.organiser)
    with clock.rehearse(AT):
        nav = client.get(reverse("results:notices", args=[cast.edition.slug])).context["console"].nav
    items = {item["label"]: item for section in nav for item in section["items"]}
    assert items["公示与异议"]["count"] == 1
