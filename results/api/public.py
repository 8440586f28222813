"""Published results as data for everyone."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from competitions.queries.access import get_public_edition
from results.models import Notice, Placing, RoundResult
from results.queries.access import get_public_result
from results.queries.calendar import publicity_of
from results.queries.standings import Standing, standings


class StandingSerializer(serializers.Serializer):
    """An entry's place; points are text with two decimals, null where there is none."""

    place = serializers.IntegerField(source="placing.place", allow_null=True)
    is_tied = serializers.BooleanField(source="placing.is_tied")
    number = serializers.IntegerField(source="entry.number")
    title = serializers.CharField(source="entry.title")
    organisations = serializers.CharField()
    group = serializers.CharField(source="group.code")
    group_name = serializers.CharField()
    panel_score = serializers.DecimalField(source="placing.panel_score", max_digits=7, decimal_places=2, allow_null=True)
    votes = serializers.IntegerField(allow_null=True)
    vote_points = serializers.DecimalField(max_digits=7, decimal_places=2, allow_null=True)
    total = serializers.DecimalField(source="placing.total", max_digits=7, decimal_places=2, allow_null=True)
    outcome = serializers.ChoiceField(source="placing.outcome", choices=Placing.Outcome.choices, allow_blank=True)
    awards = serializers.SerializerMethodField()

    def get_awards(self, row: Standing) -> list[str]:
        return [award.award_type.name for award in row.awards]


class ResultSerializer(serializers.ModelSerializer):
    """A published result. `record_url` leads to the bytes whose SHA-256 is `sha256`."""

    round = serializers.CharField(source="round.kind")
    published_at = serializers.DateTimeField(source="publication.at")
    record_url = serializers.SerializerMethodField()

    class Meta:
        model = RoundResult
        fields = ["public_id", "round", "version", "computed_at", "published_at", "reason", "sha256", "record_url"]

    def get_record_url(self, result: RoundResult) -> str | None:
        """Null while the organiser has not confirmed that judges' totals are public."""
        if not publicity_of(result.round.edition).shows_judge_totals:
            return None
        return reverse("results:record", args=[result.round.edition.slug, result.public_id])


class ResultDetailSerializer(ResultSerializer):
    """A result with its rows: in a round from which entries go on, only those."""

    standings = serializers.SerializerMethodField()

    class Meta(ResultSerializer.Meta):
        fields = [*ResultSerializer.Meta.fields, "standings"]

    @extend_schema_field(StandingSerializer(many=True))
    def get_standings(self, result: RoundResult) -> Any:
        goes_on = result.placings.filter(outcome=Placing.Outcome.ADVANCED).exists()
        return StandingSerializer(standings(result, only_advanced=goes_on), many=True).data


class ResultList(ListAPIView):
    """The published results of an edition, by round, the newest version first."""

    serializer_class = ResultSerializer
    queryset = RoundResult.objects.none()

    def get_queryset(self) -> QuerySet[RoundResult]:
        found = RoundResult.objects.filter(round__edition=get_public_edition(self.kwargs["slug"]), publication__isnull=False)
        ordered = found.order_by("round__position", "-version")
        return ordered.select_related("round__edition", "publication").defer("record")


class ResultDetail(RetrieveAPIView):
    """One published result with its rows."""

    serializer_class = ResultDetailSerializer
    queryset = RoundResult.objects.none()

    def get_object(self) -> RoundResult:
        return get_public_result(get_public_edition(self.kwargs["slug"]), self.kwargs["public_id"])


class NoticeSerializer(serializers.ModelSerializer):
    """A public notice with its period; `body` is Markdown."""

    result = serializers.CharField(source="result.public_id")

    class Meta:
        model = Notice
        fields = ["public_id", "kind", "title", "body", "opens_at", "closes_at", "published_at", "result"]


class NoticeList(ListAPIView):
    """The published notices of an edition, newest first."""

    serializer_class = NoticeSerializer
    queryset = Notice.objects.none()

    def get_queryset(self) -> QuerySet[Notice]:
        found = Notice.objects.filter(edition=get_public_edition(self.kwargs["slug"]), published_at__isnull=False)
        return found.select_related("result").order_by("-opens_at", "-pk")
