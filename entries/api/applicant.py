"""A person's own entries as data."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ScopedView
from accounts.models import ApiToken
from core import clock
from entries import states
from entries.actions.submission import resubmit_entry, submit_entry
from entries.models import Entry
from entries.queries.access import get_entry_for
from entries.queries.content import entry_content
from entries.queries.registration import entries_of


class OwnEntrySerializer(serializers.ModelSerializer):
    """An entry as its owner sees it in the list. `version` rises with every save."""

    edition = serializers.CharField(source="edition.slug")
    state_name = serializers.CharField(source="get_state_display")

    class Meta:
        model = Entry
        fields = [
            "public_id", "edition", "number", "title", "state", "state_name", "version", "saved_at", "submitted_at", "accepted_at",
        ]  # fmt: skip


class OwnEntryDetailSerializer(OwnEntrySerializer):
    """`content` is the entry in the canonical form that is hashed at submission."""

    content = serializers.SerializerMethodField()

    class Meta(OwnEntrySerializer.Meta):
        fields = [*OwnEntrySerializer.Meta.fields, "content"]

    def get_content(self, entry: Entry) -> dict[str, Any]:
        return entry_content(entry)


class OwnEntryList(ScopedView, ListAPIView):
    """The entries of the organisations the caller acts for, of every edition."""

    scope = ApiToken.Scope.ENTRANT
    serializer_class = OwnEntrySerializer
    queryset = Entry.objects.none()

    def get_queryset(self) -> QuerySet[Entry]:
        return entries_of(self.request.user).select_related("edition").order_by("-created_at", "-pk")


class OwnEntry(ScopedView):
    """One entry with its content."""

    scope = ApiToken.Scope.ENTRANT

    @extend_schema(responses=OwnEntryDetailSerializer)
    def get(self, request: Request, public_id: str) -> Response:
        entry = get_entry_for(request.user, public_id, to="entries.view_entry")
        return Response(OwnEntryDetailSerializer(entry).data)


class OwnEntrySubmit(ScopedView):
    """Submits a draft, or a returned entry again. What is missing comes as 409 with a list of reasons."""

    scope = ApiToken.Scope.ENTRANT

    @extend_schema(request=None, responses=OwnEntrySerializer)
    def post(self, request: Request, public_id: str) -> Response:
        entry = get_entry_for(request.user, public_id, to="entries.edit_entry")
        file = resubmit_entry if entry.state == states.RETURNED else submit_entry
        return Response(OwnEntrySerializer(file(entry=entry, actor=request.user, at=clock.now())).data)
