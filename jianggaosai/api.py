"""The router of /api/v1/: public reading, and what a token opens; described by its own schema (docs/openapi.yaml)."""

from typing import Any

from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import conditional_page
from drf_spectacular.views import SpectacularAPIView
from rest_framework.views import APIView

from competitions.api import AnnouncementList, EditionDetail, EditionList
from entries.api.applicant import OwnEntry, OwnEntryList, OwnEntrySubmit
from entries.api.organizer import ListedEntryList
from entries.api.public import EntryDetail, EntryList
from judging.api import TaskDetail, TaskList
from results.api.organizer import ListData, Ranking, RankingCompute
from results.api.public import NoticeList, ResultDetail, ResultList
from voting.api import BoardView, CheckpointView


def address(route: str, view: type[APIView], name: str) -> Any:
    """An address whose GET answers carry an ETag and give 304 to a caller who has them already."""
    return path(route, conditional_page(view.as_view()), name=f"api-{name}")


urlpatterns: list[URLPattern | URLResolver] = [
    address("schema/", SpectacularAPIView, "schema"),
    address("editions/", EditionList, "editions"),
    address("editions/<slug:slug>/", EditionDetail, "edition"),
    address("editions/<slug:slug>/announcements/", AnnouncementList, "announcements"),
    address("editions/<slug:slug>/entries/", EntryList, "entries"),
    address("editions/<slug:slug>/entries/<int:number>/", EntryDetail, "entry"),
    address("editions/<slug:slug>/board/", BoardView, "board"),
    address("editions/<slug:slug>/checkpoint/", CheckpointView, "checkpoint"),
    address("editions/<slug:slug>/results/", ResultList, "results"),
    address("editions/<slug:slug>/results/<slug:public_id>/", ResultDetail, "result"),
    address("editions/<slug:slug>/notices/", NoticeList, "notices"),
    address("my/entries/", OwnEntryList, "own-entries"),
    address("my/entries/<slug:public_id>/", OwnEntry, "own-entry"),
    address("my/entries/<slug:public_id>/submit/", OwnEntrySubmit, "own-entry-submit"),
    address("judge/tasks/", TaskList, "tasks"),
    address("judge/tasks/<slug:public_id>/", TaskDetail, "task"),
    address("org/<slug:slug>/entries/", ListedEntryList, "listed-entries"),
    address("org/<slug:slug>/lists/<slug:what>/", ListData, "list"),
    address("org/<slug:slug>/results/<slug:kind>/", Ranking, "ranking"),
    address("org/<slug:slug>/results/<slug:kind>/compute/", RankingCompute, "ranking-compute"),
]
