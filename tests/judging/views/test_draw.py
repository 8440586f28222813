"""The pages of the draw: commitment before, order after, and a record anybody can check."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core import clock
from judging.actions.draw import prepare_draw, publish_draw, run_draw
from judging.models import Draw
from judging.queries.draw import published_record
from tests.cast import Cast
from tests.factories import moments
from tests.factories.finals import Final, build_final

AT = moments.DURING_COACHING
NEXT_DAY = AT + timedelta(days=1)
SOURCE = "2026 年 11 月 11 日 双色球第 2026130 期 七个号码，两位数字，空格分隔"
VALUE = "03 09 14 21 27 30 11"
MANAGE = "/org/jgs2026/draw/"
PUBLIC = "/jgs2026/draw/"


@pytest.fixture
def final(cast: Cast) -> Final:
    return build_final(cast.edition)


@pytest.fixture
def staff(client: Client, cast: Cast) -> Client:
    client.force_login(cast.operator, backend="accounts.backends.PasswordBackend")
    return client


@pytest.fixture
def prepared(cast: Cast, final: Final) -> Draw:
    return prepare(cast, final, "computed")


def prepare(cast: Cast, final: Final, method: str) -> Draw:
    sources = SOURCE if method == "computed" else ""
    group, actor = final.entries[0].group, cast.operator
    return prepare_draw(
        round=final.round, group=group, entries=final.entries, method=method, sources_text=sources, actor=actor, at=AT
    )


def run(cast: Cast, draw: Draw) -> Draw:
    return run_draw(draw=draw, public_values=VALUE, witness="区公证员", actor=cast.operator, at=NEXT_DAY)


def page(client: Client, address: str, at: datetime = NEXT_DAY) -> str:
    with clock.rehearse(at):
        return client.get(address).content.decode()


def url(name: str, draw: Draw) -> str:
    return reverse(f"judging:draw-{name}", args=["jgs2026", draw.public_id])


def test_each_group_names_its_finalists(staff: Client, final: Final) -> None:
    text = page(staff, MANAGE)
    assert [name in text for name in ("初创组", "项目1", "项目2", "项目3")] == [True] * 4
    assert "成长组" not in text


def test_preparing_publishes_the_commitment(staff: Client, final: Final) -> None:
    address = reverse("judging:draw-prepare", args=["jgs2026", "patent", "startup"])
    with clock.rehearse(AT):
        assert staff.get(address).status_code == 200
        sent = {"method": "computed", "sources_text": SOURCE, "keep_apart": "on"}
        assert staff.post(address, sent).headers["Location"] == MANAGE
    draw = Draw.objects.get()
    assert "neighbours same-organisation-apart" in draw.commitment
    for address in (MANAGE, PUBLIC):
        text = page(staff, address, AT)
        assert draw.commitment.splitlines()[3] in text
        assert "11月11日 10:00" in text
        assert url("run", draw) not in text
    assert url("run", draw) in page(staff, MANAGE)


def test_a_computed_draw_names_its_values_beforehand(staff: Client, final: Final) -> None:
    address = reverse("judging:draw-prepare", args=["jgs2026", "patent", "startup"])
    answer = staff.post(address, {"method": "computed", "sources_text": ""})
    assert (answer.status_code, "须写明将采用的公开数值" in answer.content.decode()) == (422, True)
    assert Draw.objects.count() == 0


def test_a_group_without_finalists_is_not_found(staff: Client, final: Final) -> None:
    assert staff.get(reverse("judging:draw-prepare", args=["jgs2026", "patent", "growth"])).status_code == 404


def test_a_refusal_stands_above_the_form(staff: Client, cast: Cast, final: Final, prepared: Draw) -> None:
    address = reverse("judging:draw-prepare", args=["jgs2026", "patent", "startup"])
    answer = staff.post(address, {"method": "hand"})
    assert (answer.status_code, "已有一次抽签" in answer.content.decode()) == (422, True)
    assert Draw.objects.get().method == "computed"


def test_the_draw_asks_for_each_value(staff: Client, prepared: Draw) -> None:
    with clock.rehearse(NEXT_DAY):
        assert SOURCE in staff.get(url("run", prepared)).content.decode()
        unchecked = {"value-1": VALUE, "witness": "区公证员"}
        assert staff.post(url("run", prepared), unchecked).status_code == 422
        assert staff.post(url("run", prepared), {**unchecked, "is_checked": "on"}).status_code == 302
        assert staff.get(url("run", prepared)).status_code == 404
    prepared.refresh_from_db()
    assert (prepared.state, prepared.public_values, prepared.positions.count()) == ("drawn", VALUE, 3)


def test_the_draw_is_refused_on_the_day_of_its_commitment(staff: Client, prepared: Draw) -> None:
    with clock.rehearse(AT):
        answer = staff.post(url("run", prepared), {"value-1": VALUE, "witness": "甲", "is_checked": "on"})
    assert (answer.status_code, "须满一天" in answer.content.decode()) == (422, True)
    prepared.refresh_from_db()
    assert prepared.state == "prepared"


def test_plates_drawn_by_hand(staff: Client, cast: Cast, final: Final) -> None:
    draw = prepare(cast, final, "hand")
    plates = {f"place-{entry.public_id}": place for entry, place in zip(final.entries, (3, 1, 1), strict=True)}
    sent = {**plates, "witness": "区公证员", "is_checked": "on"}
    answer = staff.post(url("run", draw), sent)
    assert (answer.status_code, "第 1 位已经是 002 项目2" in answer.content.decode()) == (422, True)
    assert draw.positions.count() == 0
    staff.post(url("run", draw), {**sent, f"place-{final.entries[2].public_id}": 2})
    assert [place.entry for place in draw.positions.all()] == [final.entries[1], final.entries[2], final.entries[0]]


def test_nothing_of_a_draw_is_public_before_publication(client: Client, cast: Cast, prepared: Draw) -> None:
    drawn = run(cast, prepared)
    text = page(client, PUBLIC)
    assert [secret in text for secret in (drawn.code, VALUE, "区公证员", "data-draw=")] == [False] * 4
    assert client.get(url("record", drawn)).status_code == 404


def test_publication_is_asked_for_and_shows_everything(staff: Client, cast: Cast, prepared: Draw) -> None:
    drawn = run(cast, prepared)
    with clock.rehearse(NEXT_DAY):
        assert staff.get(url("publish", drawn)).status_code == 200
        assert staff.post(url("publish", drawn)).status_code == 302
    text = page(Client(), PUBLIC)
    assert [fact in text for fact in (drawn.code, VALUE, "区公证员", f'data-draw="{url("record", drawn)}"')] == [True] * 4
    order = [text.index(f'data-label="{place.entry.code} ') for place in drawn.positions.all()]
    assert order == sorted(order)


def test_the_record_is_what_the_verifier_reads(client: Client, cast: Cast, prepared: Draw) -> None:
    drawn = publish_draw(draw=run(cast, prepared), actor=cast.operator, at=NEXT_DAY)
    assert json.loads(client.get(url("record", drawn)).content) == published_record(drawn)


def test_a_redraw_keeps_the_first_attempt_in_public(staff: Client, cast: Cast, prepared: Draw) -> None:
    first = run(cast, prepared)
    assert staff.post(url("again", first), {"reason": ""}).status_code == 422
    with clock.rehearse(NEXT_DAY):
        assert staff.post(url("again", first), {"reason": "号码录入有误"}).status_code == 302
    text = page(Client(), PUBLIC)
    assert [fact in text for fact in ("号码录入有误", first.code, "（第 2 次）", "（第 1 次）")] == [True] * 4
    assert "此前的抽签（1 次）" in page(staff, MANAGE)


def test_a_draw_of_another_edition_is_not_found(staff: Client, prepared: Draw) -> None:
    assert staff.get(reverse("judging:draw-run", args=["other2026", prepared.public_id])).status_code == 404


def test_before_any_draw_the_page_says_so(client: Client, cast: Cast) -> None:
    assert "抽签还没有开始" in page(client, PUBLIC)


@pytest.mark.parametrize("entries", [1, 3])
def test_the_public_page_costs_the_same_for_many_entries(
    client: Client, cast: Cast, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    drawn = run(cast, prepare(cast, build_final(cast.edition, entries=entries), "computed"))
    publish_draw(draw=drawn, actor=cast.operator, at=NEXT_DAY)
    client.get(PUBLIC)
    with django_assert_num_queries(7):
        client.get(PUBLIC)
