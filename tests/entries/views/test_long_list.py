"""A long patent list is shown fifty rows at a time: a posted page leaves the rows alone that it did not show."""

from __future__ import annotations

import pytest
from django.urls import reverse

from entries.models import Entry, IPAsset
from entries.queries.patent_window import Window
from entries.queries.steps import field_url
from tests.factories.entries import IPAssetFactory

COUNT = 120


@pytest.fixture
def long_list(empty_draft: Entry) -> list[IPAsset]:
    rows = [
        IPAssetFactory.build(entry=empty_draft, position=place, title=f"方法{place:03}", number="", number_raw="", is_core=place == 3)
        for place in range(1, COUNT + 1)
    ]
    return IPAsset.objects.bulk_create(rows)


def titles(entry: Entry) -> list[str]:
    return list(entry.assets.values_list("title", flat=True))


def send(client, entry: Entry, rows: list[tuple[int, object, str]], shown: list[IPAsset], **more: str):
    """Posts `rows` (key, id, title) of a page that showed `shown`."""
    entry.refresh_from_db()
    data = {"version": str(entry.version), "action": "save", "shown": ",".join(str(one.pk) for one in shown), **more}
    for key, pk, title in rows:
        data |= {f"p-{key}-id": str(pk), f"p-{key}-asset_type": "invention", f"p-{key}-title": title}
    headers = {"X-Autosave": "1"} if not data["action"] else {}
    return client.post(reverse("entries:register-step", args=[entry.public_id, "patents"]), data, headers=headers)


def page(client, entry: Entry, query: str = ""):
    return client.get(reverse("entries:register-step", args=[entry.public_id, "patents"]) + query)


@pytest.mark.parametrize(("number", "shown"), [("1", range(1, 51)), ("3", range(101, 121)), ("99", range(101, 121)), ("x", range(1, 51))])
def test_a_page_shows_its_fifty_and_says_which(as_applicant, empty_draft, long_list, number, shown):
    answer = page(as_applicant, empty_draft, f"?page={number}")
    table = answer.context["table"]
    assert [row.place for row in table.shown] == list(shown)
    assert table.shown_ids == ",".join(str(long_list[place - 1].pk) for place in shown)
    assert answer.content.decode().count('data-row="') == len(shown) + 1  # and the one to copy


@pytest.mark.parametrize("count", (1, 3))
def test_a_page_costs_what_it_shows_and_not_what_there_is(as_applicant, empty_draft, count, django_assert_num_queries):
    rows = [IPAssetFactory.build(entry=empty_draft, position=n, number="", is_core=False) for n in range(count * 50)]
    IPAsset.objects.bulk_create(rows)
    page(as_applicant, empty_draft)
    with django_assert_num_queries(21):
        answer = page(as_applicant, empty_draft)
    assert len(answer.content) < 400_000


def test_a_page_that_is_saved_leaves_the_others_alone(as_applicant, empty_draft, long_list):
    before, shown = titles(empty_draft), long_list[50:100]
    rows = [(50 + index, one.pk, f"新{one.title}") for index, one in enumerate(shown)]
    del rows[4]  # the person removed the 55th
    rows.append((COUNT, "", "添的"))  # and added one at the end of the page

    answer = send(as_applicant, empty_draft, rows, shown, page="2")

    assert answer.status_code == 302 and answer["Location"].endswith("/patents/?page=2")
    second = [f"新{title}" for place, title in enumerate(before, start=1) if 50 < place <= 100 and place != 55]
    assert titles(empty_draft) == [*before[:50], *second, "添的", *before[100:]]
    assert empty_draft.assets.get(is_core=True).title == "方法003"


def test_a_core_chosen_on_one_page_takes_the_place_of_that_on_another(as_applicant, empty_draft, long_list):
    send(as_applicant, empty_draft, [(100, long_list[100].pk, "新核心")], long_list[100:101], core="100")
    assert empty_draft.assets.get(is_core=True).title == "新核心"


def test_rows_that_were_looked_for_are_kept_where_they_stand(as_applicant, empty_draft, long_list):
    found = page(as_applicant, empty_draft, "?q=方法１１0").context["table"]  # full-width digits as well
    assert [row.place for row in found.shown] == [110] and found.first_place is None
    picked = [long_list[9], long_list[109]]
    send(as_applicant, empty_draft, [(109, picked[1].pk, "改过")], picked, q="10")  # the 10th was removed
    assert titles(empty_draft).index("改过") == 108 and "方法010" not in titles(empty_draft)
    assert empty_draft.assets.count() == COUNT - 1


def test_only_rows_with_a_fault_are_shown_when_asked_for_and_the_summary_leads_to_their_page(as_applicant, empty_draft, long_list):
    IPAsset.objects.filter(pk=long_list[109].pk).update(number_raw="202210000101.4")
    table = page(as_applicant, empty_draft, "?wrong=1").context["table"]
    assert [row.place for row in table.shown] == [110]
    assert 'href="?page=3#id_p-109-number_raw"' in page(as_applicant, empty_draft).content.decode()
    assert field_url(empty_draft, "asset.110.number").endswith("/patents/?page=3#id_p-109-number_raw")
    assert field_url(empty_draft, "asset.50.number").endswith("/patents/#id_p-49-number_raw")


@pytest.mark.parametrize(
    ("action", "goes_to"),
    [("page:3", "?page=3#patents"), ("find", "?q=%E7%94%B2&wrong=1#patents"), ("add", "?blank=1#patents-end"), ("page:x", "?q=%E7%94%B2&wrong=1#patents")],
)  # fmt: skip
def test_turning_the_page_saves_it(as_applicant, empty_draft, long_list, action, goes_to):
    narrowed = {"q": "甲", "wrong": "1"} if action in ("find", "page:x") else {}
    answer = send(as_applicant, empty_draft, [(0, long_list[0].pk, "翻页前写的")], long_list[:1], action=action, **narrowed)
    assert answer["Location"].endswith(goes_to) and titles(empty_draft)[0] == "翻页前写的"


@pytest.mark.parametrize(("key", "step", "order"), [(50, "up", ["方法051", "方法050"]), (49, "down", ["方法051", "方法050"])])
def test_a_row_moves_to_the_next_page(as_applicant, empty_draft, long_list, key, step, order):
    shown = long_list[50:100] if key == 50 else long_list[:50]
    rows = [(long_list.index(one), one.pk, one.title) for one in shown]
    send(as_applicant, empty_draft, rows, shown, action=f"{step}:{key}")
    assert titles(empty_draft)[49:51] == order


def test_an_autosave_tells_which_rows_the_page_holds_now(as_applicant, empty_draft, long_list):
    answer = send(as_applicant, empty_draft, [(119, long_list[119].pk, "末"), (120, "", "新行")], long_list[119:], action="").json()
    new = empty_draft.assets.get(title="新行")
    assert answer["shown"] == f"{long_list[119].pk},{new.pk}"
    assert [(one["key"], one["id"]) for one in answer["rows"]] == [(119, long_list[119].pk), (120, new.pk)]


def test_a_colleague_s_change_on_another_page_is_not_undone_unseen(as_applicant, empty_draft, long_list):
    opened = page(as_applicant, empty_draft, "?page=3").context
    send(as_applicant, empty_draft, [(0, long_list[0].pk, "同事改的")], long_list[:1])
    mine = {"version": str(opened["entry"].version), "base": opened["base"], "action": "save", "shown": str(long_list[119].pk)}
    mine |= {"p-119-id": str(long_list[119].pk), "p-119-asset_type": "invention", "p-119-title": "我改的"}
    answer = as_applicant.post(reverse("entries:register-step", args=[empty_draft.public_id, "patents"]), mine)
    text = answer.content.decode()
    assert answer.status_code == 409 and "我改的" in text and "同事改的" not in text  # it does not differ from what is stored
    assert 'name="shown"' in text  # and goes along to the choice


def test_what_makes_no_sense_is_the_first_page():
    assert [Window.read({"page": one}).page for one in ("", "0", "-1", "x", "９", "99999", "2")] == [1, 1, 1, 1, 1, 1, 2]
    assert Window.of_place(0).query == "" and Window.of_place(51).query == "?page=2"
