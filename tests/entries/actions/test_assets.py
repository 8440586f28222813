from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audit.models import AuditEntry
from entries.actions.assets import MAX_ROWS, save_assets
from entries.errors import EditedElsewhere, FieldLocked, TooManyRows
from entries.models import IPAsset
from tests.entries.returned import return_entry_with
from tests.factories import moments
from tests.factories.entries import EntryFactory, IPAssetFactory

AT = moments.DURING_REGISTRATION
GOOD, OTHER, WRONG = "202210000101.3", "202310000712.2", "202310000712.3"


def row(number: str = GOOD, **values: object) -> dict:
    return {
        "id": None,
        "asset_type": "invention",
        "country": "CN",
        "title": "一种方法",
        "number_raw": number,
        "filed_on": date(2022, 3, 14),
        "granted_on": None,
        "status": "filed",
        "owners": "示例企业丁",
        "is_core": False,
        **values,
    }


def numbers(entry) -> list[tuple[str, str, bool]]:
    return list(entry.assets.values_list("number_raw", "number", "is_core"))


def save(cast, entry, rows, version=1, at=AT):
    return save_assets(entry=entry, version=version, rows=rows, actor=cast.applicant, at=at)


def test_rows_are_kept_in_their_order_with_their_canonical_number(cast, empty_draft):
    save(cast, empty_draft, [row("ZL 2022 1 0000101.3", is_core=True), row(OTHER)])

    assert numbers(empty_draft) == [("ZL 2022 1 0000101.3", GOOD, True), (OTHER, OTHER, False)]
    assert list(empty_draft.assets.values_list("position", flat=True)) == [1, 2]
    empty_draft.refresh_from_db()
    assert empty_draft.version == 2


def test_a_wrong_number_is_kept_as_typed_without_a_canonical_form(cast, empty_draft):
    save(cast, empty_draft, [row(WRONG), row("")])

    assert numbers(empty_draft) == [(WRONG, "", False), ("", "", False)]


def test_the_second_row_with_a_number_keeps_what_was_typed_only(cast, empty_draft):
    save(cast, empty_draft, [row(GOOD), row("CN202210000101.3")])

    assert numbers(empty_draft) == [(GOOD, GOOD, False), ("CN202210000101.3", "", False)]


def test_of_two_cores_the_first_counts(cast, empty_draft):
    save(cast, empty_draft, [row(GOOD, is_core=True), row(OTHER, is_core=True)])

    assert [core for *_, core in numbers(empty_draft)] == [True, False]


def test_rows_swap_numbers_core_and_places_without_losing_their_identity(cast, empty_draft):
    save(cast, empty_draft, [row(GOOD, is_core=True), row(OTHER)])
    first, second = empty_draft.assets.values_list("pk", flat=True)

    save(cast, empty_draft, [row(GOOD, id=second, is_core=True), row(OTHER, id=first)], version=2)

    assert numbers(empty_draft) == [(GOOD, GOOD, True), (OTHER, OTHER, False)]
    assert list(empty_draft.assets.values_list("pk", flat=True)) == [second, first]


def test_rows_left_out_are_removed(cast, empty_draft):
    save(cast, empty_draft, [row(GOOD), row(OTHER)])
    keeps = empty_draft.assets.last().pk

    save(cast, empty_draft, [row(OTHER, id=keeps)], version=2)

    assert numbers(empty_draft) == [(OTHER, OTHER, False)]


def test_a_grant_before_the_filing_is_not_kept(cast, empty_draft):
    save(cast, empty_draft, [row(granted_on=date(2021, 11, 30))])

    assert empty_draft.assets.get().granted_on is None


def test_a_stale_list_is_refused_and_changes_nothing(cast, empty_draft):
    save(cast, empty_draft, [row(GOOD)])

    with pytest.raises(EditedElsewhere):
        save(cast, empty_draft, [], version=1)

    assert numbers(empty_draft) == [(GOOD, GOOD, False)]


def test_a_row_of_another_entry_cannot_be_taken_over(cast, empty_draft):
    foreign = IPAssetFactory(entry=EntryFactory(edition=cast.edition))

    with pytest.raises(EditedElsewhere):
        save(cast, empty_draft, [row(OTHER, id=foreign.pk)])

    foreign.refresh_from_db()
    assert foreign.number_raw != OTHER
    assert not empty_draft.assets.exists()


def test_more_rows_than_a_portfolio_holds_are_refused(cast, empty_draft):
    with pytest.raises(TooManyRows):
        save(cast, empty_draft, [row("") for _ in range(MAX_ROWS + 1)])

    assert not empty_draft.assets.exists()


@pytest.mark.parametrize("items", (1, 3))
def test_the_queries_of_a_save_do_not_grow_with_the_rows(cast, empty_draft, items, django_assert_num_queries):
    save(cast, empty_draft, [row("") for _ in range(items)])
    ids = list(empty_draft.assets.values_list("pk", flat=True))

    with django_assert_num_queries(10):
        save(cast, empty_draft, [row("", id=pk, title="改") for pk in ids] + [row("")], version=2)


def test_rows_that_did_not_change_are_not_written(cast, empty_draft):
    save(cast, empty_draft, [row(""), row("")])
    first, second = empty_draft.assets.values_list("pk", flat=True)

    with CaptureQueriesContext(connection) as asked:
        save(cast, empty_draft, [row("", id=first), row("", id=second, title="改")], version=2)

    written = [one["sql"] for one in asked.captured_queries if one["sql"].startswith('UPDATE "entries_ipasset"')]
    assert len(written) == 2 and all(f"IN ({second})" in sql for sql in written)


def test_a_returned_list_opens_the_named_cell_alone(cast, draft):
    review = return_entry_with(draft, cast, "asset.1.number")
    asset = draft.assets.get()
    kept = row(OTHER, id=asset.pk, **{name: getattr(asset, name) for name in ("title", "granted_on", "status", "is_core")})

    save(cast, draft, [kept], version=draft.version, at=review.decided_at)

    assert numbers(draft) == [(OTHER, OTHER, True)]
    assert review.comments.get().is_mended
    assert AuditEntry.objects.filter(verb="entries.entry.corrected").count() == 1


def test_a_returned_list_refuses_another_cell_and_another_row(cast, draft):
    review = return_entry_with(draft, cast, "asset.1.number")
    asset = draft.assets.get()
    same = {name: getattr(asset, name) for name in ("title", "granted_on", "status", "is_core", "number_raw")}
    before = list(IPAsset.objects.values())

    for rows in ([row(id=asset.pk, **{**same, "title": "换名"})], [row(id=asset.pk, **same), row(OTHER)], []):
        with pytest.raises(FieldLocked):
            save(cast, draft, rows, version=draft.version, at=review.decided_at)

    assert list(IPAsset.objects.values()) == before
