"""What the vote is compared with. The naive view is fixed in words and must never be made slower than they say: a DRF serializer,
`select_for_update` on the entry, a counter column, persistent connections, the same stack and server."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.models import NaiveEntry, NaiveVote
from core import clock
from voting.views.device import COOKIE, key_ring, read
from voting.views.origin import from_our_pages

LIMIT = 5


class NaiveVoteSerializer(serializers.Serializer):
    voter = serializers.CharField(max_length=64)
    entry = serializers.IntegerField(min_value=1)


class NaiveVoteView(APIView):
    """One vote as it is usually written. The API's limits on callers are not part of the comparison."""

    throttle_classes = ()

    def post(self, request: Request) -> Response:
        serializer = NaiveVoteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data, at = serializer.validated_data, clock.now()
        day = clock.local_day(at)
        with transaction.atomic():
            entry = NaiveEntry.objects.select_for_update().get(number=data["entry"])
            today = NaiveVote.objects.filter(voter=data["voter"], day=day)
            if today.filter(entry=entry).exists():
                return Response({"detail": "already voted"}, status=409)
            if today.count() >= LIMIT:
                return Response({"detail": "quota used"}, status=409)
            NaiveVote.objects.create(entry=entry, voter=data["voter"], day=day, cast_at=at)
            entry.votes += 1
            entry.save(update_fields=["votes"])
        return Response({"votes": entry.votes}, status=201)


@require_POST
@from_our_pages
def nothing(request: HttpRequest, edition: str) -> HttpResponse:
    """The same middleware, server, origin and token check, and no database."""
    read(key_ring(edition), request.COOKIES.get(COOKIE, ""), clock.now())
    return HttpResponse(status=204)


@require_safe
def empty(request: HttpRequest) -> HttpResponse:
    """A GET with the same middleware and server that does nothing."""
    return HttpResponse(b"{}", content_type="application/json")
