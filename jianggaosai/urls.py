"""Every address of the platform. Each app names its own; an edition's slug is the first part of its own and can be
no word of ours (competitions/converters.py)."""

from django.conf import settings
from django.urls import include, path, register_converter

from competitions.converters import EditionSlug
from jianggaosai import views

register_converter(EditionSlug, "edition")

urlpatterns = [
    path("", include("voting.urls")),  # first, because addresses are tried in order and a vote has no time to lose
    path("healthz/live", views.live, name="health-live"),
    path("healthz/ready", views.ready, name="health-ready"),
    path("healthz/worker", views.worker, name="health-worker"),
    path("public/<path:path>", views.public_file, name="public-file"),
    path("", views.front, name="front"),
    path("pages/accessibility/", views.accessibility, name="accessibility"),
    path("uploads/", include("core.uploads.urls")),
    path("api/v1/", include("jianggaosai.api")),
    path("", include("accounts.urls")),
    path("", include("competitions.urls")),  # before the console: /org/new/ is no edition's dashboard
    path("", include("console.urls")),
    path("", include("entries.urls")),
    path("", include("judging.urls")),
    path("", include("results.urls")),
]
if settings.DEBUG:
    urlpatterns += [path("dev/", include("accounts.dev_urls"))]

handler400 = "jianggaosai.views.bad_request"
handler403 = "jianggaosai.views.forbidden"
handler404 = "jianggaosai.views.not_found"
handler429 = "accounts.middleware.too_many_requests"  # asked for by allauth
handler500 = "jianggaosai.views.server_error"
