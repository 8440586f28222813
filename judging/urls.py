"""Addresses of judging: the judges' pages, the chief judge's, the organiser's, and the stage's (judging/stage_urls.py)."""

from django.urls import URLPattern, URLResolver, include, path

from judging.views import chair, judge, organizer, progress, sheet

app_name = "judging"
JUDGE = "judge/<str:public_id>/"
PANEL = "org/<slug:slug>/panels/<str:kind>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("judge/", judge.task_list, name="task-list"),
    path("judge/declaration/<slug:slug>/<str:kind>/", judge.declaration, name="declaration"),
    path("judge/chair/<slug:slug>/", chair.sheet_list, name="chair"),
    path("judge/chair/<slug:slug>/<str:public_id>/unlock/", chair.unlock, name="unlock"),
    path(JUDGE, sheet.score, name="score"),
    path(JUDGE + "draft/", sheet.autosave, name="autosave"),
    path(JUDGE + "submit/", sheet.submit, name="submit"),
    path(JUDGE + "recuse/", sheet.recuse, name="recuse"),
    path(JUDGE + "files/<str:file_id>/", sheet.attachment, name="attachment"),
    path(PANEL, organizer.panel_manage, name="panel-manage"),
    path(PANEL + "seats/", organizer.seat_add, name="seat-add"),
    path(PANEL + "seats/<int:number>/remove/", organizer.seat_remove, name="seat-remove"),
    path(PANEL + "assign/", organizer.assignment_preview, name="assignment-preview"),
    path(PANEL + "entries/", organizer.assignment_add, name="assignment-add"),
    path(PANEL + "conflicts/", organizer.conflict_add, name="conflict-add"),
    path(PANEL + "conflicts/<int:pk>/lift/", organizer.conflict_lift, name="conflict-lift"),
    path(PANEL + "withdraw/<str:public_id>/", organizer.assignment_withdraw, name="assignment-withdraw"),
    path("org/<slug:slug>/progress/<str:kind>/", progress.progress, name="progress"),
    path("org/<slug:slug>/progress/<str:kind>/remind/", progress.remind, name="remind"),
    path("", include("judging.stage_urls")),
]
