"""Entries as data for everyone: those whose applicants agreed to public display, and only what is shown there."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from competitions.queries.access import get_public_edition
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


class EntryList(ListAPIView):
    """The public entries of an edition by number."""

    serializer_class = EntrySerializer
    queryset = Entry.objects.none()

    def get_queryset(self) -> QuerySet[Entry]:
        return public_entries(self.kwargs["slug"])


class EntryDetail(RetrieveAPIView):
    """One public entry by its number."""

    serializer_class = EntrySerializer
    queryset = Entry.objects.none()

    def get_object(self) -> Entry:
        return get_object_or_404(public_entries(self.kwargs["slug"]), number=self.kwargs["number"])
