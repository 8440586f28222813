"""Editions as data for everyone."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from competitions.models import Announcement, Edition, Group, Stage
from competitions.queries.access import get_public_edition, public_announcements
from competitions.queries.schedule import view_stage
from core import clock


class StageSerializer(serializers.ModelSerializer):
    """A stage with its announced window and what is true of it now: upcoming, delayed, open, paused or closed."""

    phase = serializers.SerializerMethodField()
    ends_at = serializers.SerializerMethodField()

    class Meta:
        model = Stage
        fields = ["kind", "name", "opens_at", "closes_at", "ends_at", "phase"]

    def get_phase(self, stage: Stage) -> str:
        return view_stage(stage, self.context["at"]).phase

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_ends_at(self, stage: Stage) -> Any:
        return view_stage(stage, self.context["at"]).ends_at


class GroupSerializer(serializers.ModelSerializer):
    track = serializers.CharField(source="track.code")

    class Meta:
        model = Group
        fields = ["track", "code", "name"]


class EditionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Edition
        fields = ["slug", "name", "short_name", "ordinal", "year", "slogan", "summary", "published_at"]


class EditionDetailSerializer(EditionSerializer):
    """An edition with its schedule and groups."""

    stages = StageSerializer(many=True)
    groups = serializers.SerializerMethodField()

    class Meta(EditionSerializer.Meta):
        fields = [*EditionSerializer.Meta.fields, "host_text", "contact_phone", "contact_email", "stages", "groups"]

    @extend_schema_field(GroupSerializer(many=True))
    def get_groups(self, edition: Edition) -> Any:
        groups = Group.objects.filter(track__edition=edition).select_related("track")
        return GroupSerializer(groups, many=True).data


def public_editions() -> QuerySet[Edition]:
    return Edition.objects.filter(published_at__isnull=False)


class EditionList(ListAPIView):
    """Every public edition, newest first."""

    queryset = public_editions()
    serializer_class = EditionSerializer


class EditionDetail(RetrieveAPIView):
    """One public edition with schedule and groups."""

    queryset = public_editions().prefetch_related("stages__overrides")
    serializer_class = EditionDetailSerializer
    lookup_field = "slug"

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "at": clock.now()}


class AnnouncementSerializer(serializers.ModelSerializer):
    """A published announcement; `body` is Markdown."""

    class Meta:
        model = Announcement
        fields = ["public_id", "title", "lead", "body", "published_at"]


class AnnouncementList(ListAPIView):
    """The published announcements of an edition, newest first; `search` looks in title, summary and text."""

    serializer_class = AnnouncementSerializer
    queryset = Announcement.objects.none()

    @extend_schema(parameters=[OpenApiParameter("search", str)])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Announcement]:
        found = public_announcements(get_public_edition(self.kwargs["slug"]), self.request.query_params.get("search", "")[:60])
        return found.order_by("-published_at", "-pk")
