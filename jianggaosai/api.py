"""The router of /api/v1/: read-only, public, described by its own schema (docs/openapi.yaml)."""

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularAPIView

from competitions.api import EditionDetail, EditionList
from entries.api import EntryDetail, EntryList
from results.api import ResultDetail, ResultList

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("editions/", EditionList.as_view(), name="api-editions"),
    path("editions/<slug:slug>/", EditionDetail.as_view(), name="api-edition"),
    path("editions/<slug:slug>/entries/", EntryList.as_view(), name="api-entries"),
    path("editions/<slug:slug>/entries/<int:number>/", EntryDetail.as_view(), name="api-entry"),
    path("editions/<slug:slug>/results/", ResultList.as_view(), name="api-results"),
    path("editions/<slug:slug>/results/<slug:public_id>/", ResultDetail.as_view(), name="api-result"),
]
