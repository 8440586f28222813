"""Results of every state as data, for those who run the edition."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ScopedView
from accounts.models import ApiToken
from competitions.queries.access import get_edition_for
from core import clock
from core.table_export import as_objects
from results.actions.package import record_export
from results.actions.request import request_computation
from results.api.public import StandingSerializer
from results.exports.lists import LISTS
from results.models import Computation, RoundResult
from results.queries.access import get_round_for
from results.queries.standings import standings
from results.queries.state import latest_result, result_state


class RankingSerializer(serializers.ModelSerializer):
    """The newest version of a round's result, whatever its state: proposed, approved, published, superseded."""

    round = serializers.CharField(source="round.kind")
    state = serializers.SerializerMethodField()
    standings = StandingSerializer(many=True, source="rows")

    class Meta:
        model = RoundResult
        fields = ["public_id", "round", "version", "state", "computed_at", "reason", "sha256", "standings"]

    def get_state(self, result: RoundResult) -> str:
        return result_state(result)


class ComputationSerializer(serializers.ModelSerializer):
    """A computation that was asked for; `message` says why it was refused."""

    class Meta:
        model = Computation
        fields = ["public_id", "state", "requested_at", "finished_at", "message"]


class ComputationRequestSerializer(serializers.Serializer):
    """`reason` is needed for a correction of what was computed before."""

    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    plain_mean_reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class Ranking(ScopedView):
    """The newest result of a scored round with its rows."""

    scope = ApiToken.Scope.ORGANISER

    @extend_schema(responses=RankingSerializer)
    def get(self, request: Request, slug: str, kind: str) -> Response:
        result = latest_result(get_round_for(request.user, slug, kind, to="results.view_result"))
        if result is None:
            raise Http404
        result.rows = standings(result)
        return Response(RankingSerializer(result).data)


class RankingCompute(ScopedView):
    """Asks for the computation of a round, as the button of the page does; 409 names what stands in the way."""

    scope = ApiToken.Scope.ORGANISER

    @extend_schema(request=ComputationRequestSerializer, responses={202: ComputationSerializer})
    def post(self, request: Request, slug: str, kind: str) -> Response:
        round_ = get_round_for(request.user, slug, kind, to="results.compute_result")
        data = ComputationRequestSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        asked = request_computation(round=round_, actor=request.user, at=clock.now(), **data.validated_data)
        return Response(ComputationSerializer(asked).data, status=202)


class ListData(ScopedView):
    """One of the lists of the page “数据导出”, with the same rows; taking it stands in the journal."""

    scope = ApiToken.Scope.ORGANISER

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, slug: str, what: str) -> Response:
        one, at = LISTS.get(what), clock.now()
        if one is None:
            raise Http404
        edition = get_edition_for(request.user, slug, to=one.permission)
        rows = as_objects(one.build(edition))
        record_export(edition=edition, what=what, fmt="api", is_personal=one.is_personal, actor=request.user, at=at)
        return Response({"list": what, "name": one.name, "count": len(rows), "rows": rows})
