"""A judge's own tasks as data. Nobody else's mark is anywhere in here."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ScopedView
from accounts.models import ApiToken
from core import clock
from judging.actions.sheet import lock_sheet, save_sheet
from judging.models import Assignment, ScoreSheet
from judging.queries.access import get_assignment_for
from judging.queries.material import entry_title
from judging.queries.rubric import scored_criteria
from judging.queries.task import Task, judge_seats, judge_tasks, load_names


class TaskSerializer(serializers.Serializer):
    """`state`: empty, draft, locked or recused. Whether the round is blind or not, no organisation is named here."""

    public_id = serializers.CharField(source="assignment.public_id")
    edition = serializers.CharField(source="assignment.seat.panel.round.edition.slug")
    round = serializers.CharField(source="assignment.seat.panel.round.kind")
    number = serializers.IntegerField(source="entry.number")
    title = serializers.SerializerMethodField()
    state = serializers.CharField(source="word")
    scored = serializers.IntegerField()
    criteria_count = serializers.IntegerField()

    def get_title(self, task: Task) -> str:
        """As on the judge's page: without names in a blind round."""
        return entry_title(task.entry, task.assignment.seat.panel.round.is_blind)


class CriterionSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    guidance = serializers.CharField()
    max_score = serializers.DecimalField(max_digits=6, decimal_places=2)
    step = serializers.DecimalField(max_digits=4, decimal_places=2)
    weight = serializers.DecimalField(max_digits=6, decimal_places=4)


class SheetSerializer(serializers.ModelSerializer):
    """The judge's own sheet: marks by code as text; `sequence` rises with every save."""

    marks = serializers.DictField(source="draft", child=serializers.CharField())

    class Meta:
        model = ScoreSheet
        fields = ["state", "marks", "comment", "feedback", "sequence", "saved_at"]


class SheetInputSerializer(serializers.Serializer):
    """Marks by criterion code; a gap is null. `sequence` must be higher than the one last saved."""

    marks = serializers.DictField(child=serializers.CharField(allow_null=True, allow_blank=True, max_length=12))
    comment = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    feedback = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class DraftInputSerializer(SheetInputSerializer):
    sequence = serializers.IntegerField(min_value=1, max_value=2_000_000_000)


class TaskDetailSerializer(serializers.Serializer):
    public_id = serializers.CharField()
    criteria = CriterionSerializer(many=True)
    sheet = SheetSerializer(allow_null=True)


class TaskList(ScopedView):
    """What the caller has to score, in every round they sit on; nothing of a round whose declaration is not signed."""

    scope = ApiToken.Scope.JUDGE

    @extend_schema(responses=TaskSerializer(many=True))
    def get(self, request: Request) -> Response:
        tasks: list[Task] = []
        for seat in judge_seats(request.user):
            if seat.declared_at is None:
                continue
            for task in judge_tasks(seat):
                task.assignment.seat = seat
                tasks.append(task)
        load_names(tasks)
        return Response(TaskSerializer(tasks, many=True).data)


class TaskDetail(ScopedView):
    """The rubric of one task and the judge's own sheet."""

    scope = ApiToken.Scope.JUDGE

    @extend_schema(responses=TaskDetailSerializer)
    def get(self, request: Request, public_id: str) -> Response:
        assignment = _own(request, public_id)
        criteria = scored_criteria(assignment.seat.panel.round, assignment.entry)
        sheet = ScoreSheet.objects.filter(assignment=assignment).first()
        return Response(TaskDetailSerializer({"public_id": public_id, "criteria": criteria, "sheet": sheet}).data)

    @extend_schema(request=DraftInputSerializer, responses=SheetSerializer)
    def put(self, request: Request, public_id: str) -> Response:
        """Saves a draft; the same save sent again changes nothing."""
        return Response(SheetSerializer(save_sheet(**_given(request, public_id, DraftInputSerializer))).data)

    @extend_schema(request=SheetInputSerializer, responses=SheetSerializer)
    def post(self, request: Request, public_id: str) -> Response:
        """Submits the sheet and locks it."""
        return Response(SheetSerializer(lock_sheet(**_given(request, public_id, SheetInputSerializer))).data)


def _own(request: Request, public_id: str) -> Assignment:
    return get_assignment_for(request.user, public_id, to="judging.score_entry")


def _given(request: Request, public_id: str, serializer: type[SheetInputSerializer]) -> dict[str, Any]:
    data = serializer(data=request.data)
    data.is_valid(raise_exception=True)
    return {"assignment": _own(request, public_id), "actor": request.user, "at": clock.now(), **data.validated_data}
