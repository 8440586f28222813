"""All entries of an edition as data, for those who run it."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from accounts.api import ScopedView
from accounts.models import ApiToken
from competitions.queries.access import get_edition_for
from entries.models import Entry
from entries.queries.entry_list import listed_entries, narrowed, ordered

FILTERS = {
    "q": "编号、名称、单位、受理号或专利申请号",
    "state": "draft、submitted、under_review、returned、accepted、rejected、withdrawn、disqualified",
    "group": "组别代号",
    "district": "县（市、区）代码",
}


class ListedEntrySerializer(serializers.ModelSerializer):
    """An entry as the list of the back office shows it; no contact."""

    lead = serializers.CharField(source="lead_name", allow_null=True)
    district = serializers.CharField(source="lead_district", allow_null=True)
    receipt = serializers.CharField(allow_null=True)
    group = serializers.CharField(source="group.code", allow_null=True, default=None)

    class Meta:
        model = Entry
        fields = [
            "public_id", "number", "receipt", "title", "state", "group", "group_reason", "lead", "district", "submitted_at", "accepted_at",
        ]  # fmt: skip


@extend_schema(parameters=[OpenApiParameter(name, str, description=text) for name, text in FILTERS.items()])
class ListedEntryList(ScopedView, ListAPIView):
    """Every entry of the edition, drafts too, by number."""

    scope = ApiToken.Scope.ORGANISER
    serializer_class = ListedEntrySerializer
    queryset = Entry.objects.none()

    def get_queryset(self) -> QuerySet[Entry]:
        edition = get_edition_for(self.request.user, self.kwargs["slug"], to="entries.list_entries")
        values = {name: self.request.query_params.get(name, "").replace("\0", "") for name in FILTERS}
        found, group = listed_entries(edition), values.pop("group")
        return ordered(narrowed(found.filter(group__code=group) if group else found, values), "number")
