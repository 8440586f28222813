"""Results of every state as data, for those who run the edition."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

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
from results.views.narrowing import narrowed_table

PAGING = frozenset({"page", "page_size"})


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


class ListSerializer(serializers.Serializer):
    """A list: `rows` are objects with the columns of the file. `next` and `previous` are null where all rows are given."""

    list = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    rows = serializers.ListField(child=serializers.DictField())


@extend_schema(
    parameters=[
        OpenApiParameter("what", str, OpenApiParameter.PATH, enum=list(LISTS)),
        OpenApiParameter("page", int, description="第几页；不写则一次给出全部"),
        OpenApiParameter("page_size", int, description="每页几行，最多 200"),
    ]
)
class ListData(ScopedView):
    """One of the lists of the page “数据导出”, with the same rows and narrowed by the same words in the address as its page;
    all of them, or a page where `page` or `page_size` is given. Taking it stands in the journal."""

    scope = ApiToken.Scope.ORGANISER

    @extend_schema(responses=ListSerializer)
    def get(self, request: Request, slug: str, what: str) -> Response:
        one, at = LISTS.get(what), clock.now()
        if one is None:
            raise Http404
        edition = get_edition_for(request.user, slug, to=one.permission)
        table, is_part = narrowed_table(one, request.query_params, edition, at)
        rows = as_objects(table)
        record_export(edition=edition, what=what, fmt="api", is_personal=one.is_personal, is_part=is_part, actor=request.user, at=at)
        body = {"list": what, "name": one.name, "count": len(rows), "next": None, "previous": None, "rows": rows}
        if PAGING & request.query_params.keys():
            pages = api_settings.DEFAULT_PAGINATION_CLASS()  # type: ignore[operator]
            body["rows"] = pages.paginate_queryset(rows, request, view=self)
            body |= {"next": pages.get_next_link(), "previous": pages.get_previous_link()}
        return Response(ListSerializer(body).data)
