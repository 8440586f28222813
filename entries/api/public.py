"""Entries as data for everyone: those whose applicants agreed to public display, and only what is shown there."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from competitions.queries.access import get_public_edition
from core.text import fold
from entries import states
from entries.models import Entry, EntryApplicant

CONFIRMED = Prefetch(
    "applicants", queryset=EntryApplicant.objects.filter(joined_at__isnull=False).select_related("organisation")
)


class EntrySerializer(serializers.ModelSerializer):
    """The public side of an entry; no contact, no revenue, nothing of the examination."""

    group = serializers.CharField(source="group.code")
    group_name = serializers.CharField(source="group.name")
    track = serializers.CharField(source="track.code")
    industry = serializers.CharField(source="get_industry_display")
    maturity = serializers.CharField(source="get_maturity_display")
    organisations = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = [
            "number", "title", "track", "group", "group_name", "industry", "maturity", "pitch", "summary", "organisations",
        ]  # fmt: skip

    def get_organisations(self, entry: Entry) -> list[str]:
        return [applicant.organisation.name for applicant in entry.applicants.all()]


def public_entries(slug: str) -> QuerySet[Entry]:
    """Accepted entries of a public edition that may be shown; 404 for an edition nobody sees."""
    edition = get_public_edition(slug)
    shown = Entry.objects.filter(edition=edition, state=states.ACCEPTED, is_display_consented=True)
    return shown.select_related("group", "track").prefetch_related(CONFIRMED).order_by("number")


FILTERS = {"q": "编号、名称或单位", "group": "组别代号", "industry": "所属产业代号"}


@extend_schema(parameters=[OpenApiParameter(name, str, description=text) for name, text in FILTERS.items()])
class EntryList(ListAPIView):
    """The public entries of an edition by number."""

    serializer_class = EntrySerializer
    queryset = Entry.objects.none()

    def get_queryset(self) -> QuerySet[Entry]:
        found = public_entries(self.kwargs["slug"])
        asked = {name: self.request.query_params.get(name, "").replace("\0", "") for name in FILTERS}
        for column, name in (("group__code", "group"), ("industry", "industry")):
            if asked[name]:
                found = found.filter(**{column: asked[name]})
        return _by_words(found, fold(asked["q"])[:60])


def _by_words(found: QuerySet[Entry], words: str) -> QuerySet[Entry]:
    """Those whose number, title or confirmed applicants fit."""
    if not words:
        return found
    named = EntryApplicant.objects.filter(joined_at__isnull=False, organisation__name__icontains=words).values("entry_id")
    fits = Q(title__icontains=words) | Q(pk__in=named)
    return found.filter(fits | Q(number=int(words)) if words.isascii() and words.isdecimal() and len(words) < 7 else fits)


class EntryDetail(RetrieveAPIView):
    """One public entry by its number."""

    serializer_class = EntrySerializer
    queryset = Entry.objects.none()

    def get_object(self) -> Entry:
        return get_object_or_404(public_entries(self.kwargs["slug"]), number=self.kwargs["number"])
