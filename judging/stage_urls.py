"""Addresses of the draw, the stage, the hall's screen and the judges' live page (included by judging/urls.py)."""

from django.urls import URLPattern, URLResolver, path

from judging.views import draw, live, screen, stage

DRAW = "org/<slug:slug>/draw/"
STAGE = "org/<slug:slug>/stage/"
SCREEN = "screen/<slug:slug>/<str:token>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(DRAW, draw.draw_manage, name="draw-manage"),
    path(DRAW + "prepare/<slug:track>/<slug:group>/", draw.draw_prepare, name="draw-prepare"),
    path(DRAW + "<str:public_id>/run/", draw.draw_run, name="draw-run"),
    path(DRAW + "<str:public_id>/publish/", draw.draw_publish, name="draw-publish"),
    path(DRAW + "<str:public_id>/again/", draw.draw_again, name="draw-again"),
    path(STAGE, stage.desk, name="stage-desk"),
    path(STAGE + "open/", stage.room_open, name="stage-open"),
    path(STAGE + "step/", stage.step, name="stage-step"),
    path(STAGE + "presence/", stage.presence, name="stage-presence"),
    path(STAGE + "absent/<int:position>/", stage.absent, name="stage-absent"),
    path(SCREEN, screen.screen, name="screen"),
    path(SCREEN + "state/", screen.state, name="screen-state"),
    path("judge/live/<slug:slug>/", live.live, name="live"),
    path("judge/live/<slug:slug>/state/", live.state, name="live-state"),
    path("<edition:edition>/draw/", draw.draw_check, name="draw-check"),
    path("<edition:edition>/draw/<str:public_id>.json", draw.draw_record, name="draw-record"),
]
