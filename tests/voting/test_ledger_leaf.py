"""What a leaf may refer to, held by the database (ADR 0045)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from competitions.models import Edition
from tests.factories import moments
from tests.factories.competitions import build_edition
from tests.voting.ballots import build_vote, vote
from voting.actions.ledger import seal_ledger
from voting.models import Ballot, LedgerLeaf

pytestmark = pytest.mark.django_db
postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="on SQLite foreign keys look at the row alone")


@pytest.fixture
def edition() -> Edition:
    edition = build_vote(2)
    vote(edition, 1)
    return edition


def leaf_of(ballot: Ballot, **other: Any) -> LedgerLeaf:
    values = {"edition_id": ballot.edition_id, "ballot_id": ballot.pk, "body": ballot.leaf, "leaf_hash": ballot.leaf_hash}
    return LedgerLeaf(**{"index": 1, "kind": "vote", **values, **other})


def write(*leaves: LedgerLeaf) -> None:
    with transaction.atomic():
        LedgerLeaf.objects.bulk_create(leaves)
        connection.check_constraints()


def test_a_ballot_gets_its_leaf(edition):
    write(leaf_of(Ballot.objects.get()))
    assert LedgerLeaf.objects.filter(kind="vote").count() == 1


@pytest.mark.parametrize("field", ["ballot_id", "edition_id"])
def test_a_leaf_refers_to_what_is_there(edition, field):
    with pytest.raises(IntegrityError):
        write(leaf_of(Ballot.objects.get(), **{field: 10**9}))
    assert LedgerLeaf.objects.filter(kind="vote").count() == 0


@postgresql
def test_a_leaf_is_the_leaf_of_its_ballot_in_its_edition(edition):
    ballot, elsewhere = Ballot.objects.get(), build_edition(slug="elsewhere")
    for wrong in ({"leaf_hash": "0" * 64}, {"edition_id": elsewhere.pk}):
        with pytest.raises(IntegrityError, match="line 1 is not the leaf of a ballot"):
            write(leaf_of(ballot, **wrong))
    assert LedgerLeaf.objects.filter(kind="vote").count() == 0


@postgresql
def test_one_wrong_leaf_takes_the_whole_statement_with_it(edition):
    first = Ballot.objects.get()
    vote(edition, 2, voter=2)
    second = Ballot.objects.exclude(pk=first.pk).get()
    with pytest.raises(IntegrityError):
        write(leaf_of(first), leaf_of(second, index=2, leaf_hash=first.leaf_hash))
    assert LedgerLeaf.objects.filter(kind="vote").count() == 0


@postgresql
def test_an_edition_with_a_ledger_cannot_be_deleted(edition):
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM competitions_edition WHERE id = %s", [edition.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
