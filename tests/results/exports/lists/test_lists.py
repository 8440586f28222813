"""Lists as files: what stands in them, how many queries they take, and that no cell is run as a formula."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from competitions.models import Criterion, Group
from core import clock
from core.sheets import Value
from core.table_export import TABLE_FORMATS, write_table
from entries.models import Entry, IPAsset
from judging.models import ScoreSheetVersion
from judging.queries.finalist import finalist_board
from judging.queries.statistics import round_statistics
from results.actions.computation import compute_round
from results.exports.lists import LISTS
from results.models import RoundResult
from tests.cast import Cast
from tests.factories import moments
from tests.factories.entries import build_accepted_entry
from tests.factories.objections import PERSON, build_objection
from tests.factories.results import (
    AFTER_FINAL,
    AFTER_PRELIMINARY,
    build_preliminary,
    certify,
    publish_final,
)
from tests.results.exports.lists.filling import draw_by_hand, fill_lists
from tests.voting.ballots import build_vote, vote
from voting.actions.ledger import seal_ledger
from voting.models import Ballot, VoteCase, VoteCaseBallot, VoteCaseRelease

pytestmark = pytest.mark.django_db
AT = AFTER_FINAL


def rows(key: str, cast: Cast) -> list[dict[str, Value]]:
    table = LISTS[key].build(cast.edition)
    return [dict(zip([field.key for field in table.fields], values, strict=True)) for values in table.values()]


def test_every_list_gives_the_same_rows_in_every_format(cast: Cast) -> None:
    result = publish_final(cast)
    certify(result, cast, AT)
    fill_lists(cast, result)
    for key, one in LISTS.items():
        table = one.build(cast.edition)
        assert set(TABLE_FORMATS) == {"xlsx", "csv", "json"}
        sheet = load_workbook(BytesIO(write_table(table, "xlsx", at=AT))).active
        data = json.loads(write_table(table, "json", at=AT))
        text = write_table(table, "csv", at=AT).decode("utf-8-sig")
        count = len(table.values())
        assert count > 0 or key in ("votes", "case-ballots"), key  # rows of the vote's ledger
        assert (sheet.max_row - 1, len(data["rows"])) == (count, count), key
        assert text.splitlines()[0] == ",".join(field.title for field in table.fields), key
        assert [cell.value for cell in sheet[1]] == [field.title for field in table.fields]


def test_an_entry_is_one_row_with_its_counts(cast: Cast) -> None:
    entry = build_accepted_entry(cast.edition, 7)
    (row,) = rows("entries", cast)
    assert (row["number"], row["title"], row["state"]) == ("007", entry.title, "形式通过")
    assert row["patents"] == entry.assets.count() and row["core"] == entry.assets.get(is_core=True).number
    assert (row["submitted_at"], row["accepted_at"]) == (entry.submitted_at, entry.accepted_at)


def test_patents_follow_their_entries(cast: Cast) -> None:
    for number in (2, 1):
        build_accepted_entry(cast.edition, number)
    found = rows("patents", cast)
    assert [row["entry"] for row in found] == ["001"] * IPAsset.objects.filter(entry__number=1).count() + [
        "002"
    ] * IPAsset.objects.filter(entry__number=2).count()
    assert [row["is_core"] for row in found].count("是") == 2


def test_marks_come_only_from_rounds_that_were_computed(cast: Cast) -> None:
    build_preliminary(cast.edition)
    assert ScoreSheetVersion.objects.exists() and not RoundResult.objects.exists()
    assert rows("sheets", cast) == []


def test_the_marks_of_a_sheet_add_up_to_its_total(cast: Cast) -> None:
    publish_final(cast)
    found = rows("sheets", cast)
    sums: dict[object, Decimal] = {}
    for row in found:
        key = (row["round"], row["number"], row["seat"], row["total"])
        sums[key] = sums.get(key, Decimal(0)) + Decimal(str(row["score"]))
    assert len(sums) > 10 and all(total == key[3] for key, total in sums.items())


def test_awards_name_their_certificates(cast: Cast) -> None:
    certificates = certify(publish_final(cast), cast, AT)
    found = rows("awards", cast)
    assert sorted(str(row["certificate"]) for row in found) == sorted(one.number for one in certificates)
    assert {row["revoked"] for row in found} == {"有效"}


def test_text_that_begins_like_a_formula_stays_text(cast: Cast) -> None:
    build_accepted_entry(cast.edition, 1)
    Entry.objects.update(title='=HYPERLINK("http://example.invalid")')
    table = LISTS["entries"].build(cast.edition)
    cell = load_workbook(BytesIO(write_table(table, "xlsx", at=AT))).active["C2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://example.invalid")')
    assert "\"'=HYPERLINK" in write_table(table, "csv", at=AT).decode("utf-8-sig")


def test_moments_are_local_dates_of_the_spreadsheet(cast: Cast) -> None:
    entry = build_accepted_entry(cast.edition, 1)
    sheet = load_workbook(BytesIO(write_table(LISTS["entries"].build(cast.edition), "xlsx", at=AT))).active
    titles = [cell.value for cell in sheet[1]]
    cell = sheet.cell(row=2, column=titles.index("通过时间") + 1)
    assert cell.is_date and entry.accepted_at == moments.DURING_FORMALITY
    assert f"{cell.value:%Y-%m-%d %H:%M}" == "2026-09-05 10:00"


LEADING = [  # a page with rows, and the list it leads to
    ("entries:extension-list", [], "extensions"), ("voting:case-list", [], "cases"), ("voting:appeal-list", [], "appeals"),
    ("judging:invitations", [], "invitations"), ("judging:conflicts", ["final"], "conflicts"), ("judging:progress", ["final"], "assignments"),
    ("judging:statistics", ["final"], "severity"), ("judging:panel-manage", ["final"], "judges"), ("judging:finalist-list", [], "finalists"),
    ("judging:sheet-list", ["final"], "sheets"), ("judging:draw-manage", [], "running-order"), ("results:notices", [], "notices"), ("console:outbox", [], "messages"),
    ("console:broadcast-list", [], "broadcasts"), ("competitions:webhooks", [], "deliveries"), ("competitions:setup-exclusions", [], "exclusions"),
    ("competitions:role-manage", [], "roles"),
]  # fmt: skip


def test_every_list_of_the_organiser_leads_to_its_file(cast: Cast) -> None:
    """A list without an export fails here: each key is reached from its page, but those named below have no page of their own."""
    fill_lists(cast, publish_final(cast))
    client = Client()
    client.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    with clock.rehearse(AT):
        for page, args, key in LEADING:
            html = client.get(reverse(page, args=[cast.edition.slug, *args])).content.decode()
            address = reverse("results:list-file", args=[cast.edition.slug, key, "csv"])
            assert address in html and client.get(address).content.count(b"\r\n") > 1, (page, key)
    shown = {key for *_, key in LEADING} | {"entries", "organisations", "objections", "awards"}  # see the test above
    assert set(LISTS) - shown == {"patents", "contacts", "votes", "case-ballots"}


def test_the_chief_judge_takes_the_progress_from_the_own_page(cast: Cast) -> None:
    build_preliminary(cast.edition)
    client = Client()
    client.force_login(cast.chief, backend="accounts.backends.PasswordBackend")
    address = reverse("results:list-file", args=[cast.edition.slug, "assignments", "xlsx"])
    assert address in client.get(reverse("judging:chair", args=[cast.edition.slug])).content.decode()
    assert client.get(address).status_code == 200


def test_in_a_blind_round_the_progress_names_no_organisation(cast: Cast) -> None:
    """The chief judge takes this list and scores too: the title is what judges read."""
    round_ = build_preliminary(cast.edition)
    entry = Entry.objects.get(number=1)
    name = entry.organisations.get().name
    Entry.objects.filter(pk=entry.pk).update(title=f"{name}的压装机")
    assert any(name in str(row["title"]) for row in rows("assignments", cast))
    round_.is_blind = True
    round_.save(update_fields=["is_blind"])
    assert not any(name in str(row["title"]) for row in rows("assignments", cast))


def test_the_running_order_is_that_of_the_draw_that_stands(cast: Cast) -> None:
    publish_final(cast)
    group = Group.objects.get(track__edition=cast.edition, code="startup")
    draw_by_hand(cast, group, [1, 2, 3], state="replaced", attempt=1)
    draw_by_hand(cast, group, [2, 3, 1], attempt=2)
    assert [(row["position"], row["number"]) for row in rows("running-order", cast)] == [(1, "002"), (2, "003"), (3, "001")]


def test_severity_has_the_figures_of_its_page_and_waits_for_the_computation(cast: Cast) -> None:
    round_ = build_preliminary(cast.edition)
    assert rows("severity", cast) == []
    compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    shown, found = round_statistics(round_), rows("severity", cast)
    assert [(row["seat"], str(row["effect"])) for row in found if row["seat"]] == [(one.label, f"{one.effect:.2f}") for one in shown.judges]
    assert [(row["number"], str(row["raw"]), row["adjusted_place"]) for row in found if row["number"]] == [
        (one.entry.code, f"{one.raw:.2f}", one.adjusted_place) for one in shown.entries
    ]
    assert shown.judges and shown.entries


def test_a_judges_total_is_written_as_exactly_as_it_was_added(cast: Cast) -> None:
    """Weights have four places: the total of a sheet has more than two, and no file rounds it."""
    Criterion.objects.filter(rubric__round__kind="preliminary", code="A").update(weight=Decimal("1.0121"))  # 60 of 60 count 60.726
    round_ = build_preliminary(cast.edition, {1: ("startup", ["90", "88", "87"])}, {"001": 0})
    compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    text = write_table(LISTS["sheets"].build(cast.edition), "csv", at=AT).decode("utf-8-sig")
    assert {line.rsplit(",", 1)[1] for line in text.split()[1:] if ",A," in line} == {"90.726", "88.726", "87.726"}


@pytest.mark.parametrize("key", ["entries", "patents", "organisations", "contacts", "judges", "roles"])
@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_rows(cast: Cast, key: str, count: int) -> None:
    for number in range(1, count + 1):
        build_accepted_entry(cast.edition, number)
    with CaptureQueriesContext(connection) as queries:
        LISTS[key].build(cast.edition).values()
    assert len(queries) == {"entries": 3}.get(key, 1)


def test_objections_come_without_who_objected(cast: Cast) -> None:
    filed = build_objection(publish_final(cast).notices.get(), cast.stranger, AFTER_FINAL)
    (row,) = rows("objections", cast)
    assert (row["number"], row["state"], row["kind"]) == (filed.number, "待受理", "个人")
    said = " ".join(str(value) for value in row.values())
    assert not any(word in said for word in (PERSON.name, PERSON.mobile, PERSON.email))


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("entries:entry-list", "entries"), ("entries:formality-queue", "entries"), ("entries:organisation-list", "organisations"),
        ("results:notices", "objections"), ("results:certificates", "awards"),
    ],
)  # fmt: skip
def test_the_lists_people_work_with_lead_to_their_file(cast: Cast, page: str, key: str) -> None:
    result = publish_final(cast)
    certify(result, cast, AT)
    build_objection(result.notices.get(), cast.stranger, AFTER_FINAL)
    for who in (cast.organiser, cast.auditor):
        client = Client()
        client.force_login(who)
        answer = client.get(reverse(page, args=[cast.edition.slug]))
        address = reverse("results:list-file", args=[cast.edition.slug, key, "xlsx"])
        if answer.status_code == 200:
            assert address in answer.content.decode() and client.get(address).status_code == 200
        else:
            assert who == cast.auditor


def test_a_case_tells_what_was_proposed_and_who_decided_but_not_who_voted(cast: Cast) -> None:
    case = VoteCase.objects.create(
        edition=cast.edition, verb="void", reason="R1", evidence="同一程序", proposed_at=AT, proposed_by=cast.organiser
    )
    (row,) = rows("cases", cast)
    assert (row["verb"], row["reason_name"], row["votes"], row["proposed_by"], row["decision"]) == ("剔除", "程序自动投票", 0, "江晓", "待复核")
    VoteCaseRelease.objects.create(case=case, is_released=False, at=AT, by=cast.organiser2, note="证据不足")
    (row,) = rows("cases", cast)
    assert (row["decision"], row["decided_by"], row["note"]) == ("不予处理", "江越", "证据不足")


def test_the_ballots_of_a_case_are_those_of_its_page(cast: Cast) -> None:
    """All of them, or those of one case; of the voter no more than the page shows."""
    edition = build_vote(edition=cast.edition)
    for voter in range(3):
        vote(edition, 1 + voter % 2, voter=voter)
    ballots = Ballot.objects.order_by("pk")
    seal_ledger(edition=edition, at=moments.DURING_VOTE + timedelta(hours=1))
    cases = [VoteCase.objects.create(edition=edition, verb="hold", reason="R1", evidence="x", proposed_at=AT, proposed_by=cast.organiser) for _ in "ab"]
    for ballot, case in zip(ballots, (cases[0], cases[0], cases[1]), strict=True):
        VoteCaseBallot.objects.create(case=case, ballot=ballot)
    found = rows("case-ballots", cast)
    assert [(row["leaf"], row["entry"], row["voter"]) for row in found] == [
        (one.ledger_leaf.index, one.entry.code, one.voter_tag[:8]) for one in ballots
    ]
    client = Client()
    client.force_login(cast.auditor, backend="accounts.backends.PasswordBackend")
    page = client.get(reverse("voting:case-detail", args=[edition.slug, cases[1].public_id])).content.decode()
    address = reverse("results:list-file", args=[edition.slug, "case-ballots", "json"]) + f"?case={cases[1].public_id}"
    assert address in page
    assert [row["leaf"] for row in json.loads(client.get(address).content)["rows"]] == [found[2]["leaf"]]


def test_finalists_and_notices_are_those_of_their_pages(cast: Cast) -> None:
    publish_final(cast)
    final = cast.edition.rounds.get(kind="final")
    found = rows("finalists", cast)
    assert [row["number"] for row in found] == [one.entry.code for one in finalist_board(final).rows]
    assert {row["reply"] for row in found} == {"待确认"}
    assert [(row["kind"], row["filed"]) for row in rows("notices", cast)] == [("获奖名单公示", 0), ("入围名单公示", 0)]
