"""The public vote as data: the board as the edition shows it, and where the ledger is."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from competitions.queries.access import get_public_edition
from core import clock
from voting.models import LedgerCheckpoint
from voting.queries.board import Board, board
from voting.queries.gallery import public_entries
from voting.queries.published import ledger_folder, published_checkpoint


class BoardRowSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    votes = serializers.IntegerField(allow_null=True)


class BoardSerializer(serializers.Serializer):
    """`votes` are null while the edition shows none; `order` lists numbers when it shows the order alone."""

    as_of = serializers.DateTimeField()
    note = serializers.CharField()
    is_final = serializers.BooleanField()
    total = serializers.IntegerField(allow_null=True)
    order = serializers.ListField(child=serializers.IntegerField())
    entries = BoardRowSerializer(many=True)


class CheckpointSerializer(serializers.ModelSerializer):
    """The newest published checkpoint of the ledger (C2SP tlog-checkpoint): size, root, and the note itself."""

    class Meta:
        model = LedgerCheckpoint
        fields = ["size", "root", "note", "at"]


class BoardView(APIView):
    """Never more than the board on the page."""

    @extend_schema(responses=BoardSerializer)
    def get(self, request: Request, slug: str) -> Response:
        edition, at = get_public_edition(slug), clock.now()
        shown = board(edition, at)
        numbers = dict(public_entries(edition).values_list("pk", "number"))
        return Response(BoardSerializer(_described(shown, numbers)).data)


class CheckpointView(APIView):
    """As far as the published files reach, so that what is fetched next is there; 404 before anything is published."""

    @extend_schema(responses=CheckpointSerializer)
    def get(self, request: Request, slug: str) -> Response:
        edition = get_public_edition(slug)
        found = published_checkpoint(ledger_folder(edition))
        signed = LedgerCheckpoint.objects.filter(edition=edition, size=found[0].size).first() if found else None
        if signed is None:
            raise Http404
        return Response(CheckpointSerializer(signed).data)


def _described(shown: Board, numbers: dict[int, int]) -> dict[str, Any]:
    rows = [{"number": number, "votes": shown.of(pk)} for pk, number in sorted(numbers.items(), key=lambda one: one[1])]
    order = [numbers[pk] for pk in shown.order if pk in numbers]
    fields = {"as_of": shown.as_of, "note": shown.note, "is_final": shown.is_final, "total": shown.total}
    return {**fields, "order": order, "entries": rows}
