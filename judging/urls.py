"""Addresses of judging: the judges' pages, the chief judge's, the organiser's, and the stage's (judging/stage_urls.py)."""

from django.urls import URLPattern, URLResolver, include, path

from judging.views import (
    assignment,
    chair,
    conflict,
    invitation,
    judge,
    organizer,
    profile,
    progress,
    sheet,
    statistics,
)

app_name = "judging"
JUDGE = "judge/<str:public_id>/"
PANEL = "org/<slug:slug>/panels/<str:kind>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("judge/", judge.task_list, name="task-list"),
    path("judge/declaration/<slug:slug>/<str:kind>/", judge.declaration, name="declaration"),
    path("judge/invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("judge/profile/<slug:slug>/", profile.own_profile, name="own-profile"),
    path("judge/compare/<slug:slug>/<str:kind>/", judge.compare, name="compare"),
    path("judge/compare/<slug:slug>/<str:kind>/marks.<slug:fmt>", judge.own_file, name="own-file"),
    path("judge/chair/<slug:slug>/", chair.sheet_list, name="chair"),
    path("judge/chair/<slug:slug>/<str:public_id>/unlock/", chair.unlock, name="unlock"),
    path(JUDGE, sheet.score, name="score"),
    path(JUDGE + "draft/", sheet.autosave, name="autosave"),
    path(JUDGE + "submit/", sheet.submit, name="submit"),
    path(JUDGE + "recuse/", sheet.recuse, name="recuse"),
    path(JUDGE + "files/<str:file_id>/", sheet.attachment, name="attachment"),
    path("org/<slug:slug>/judges/", invitation.invitations, name="invitations"),
    path("org/<slug:slug>/judges/<str:public_id>/resend/", invitation.invitation_resend, name="invitation-resend"),
    path("org/<slug:slug>/judges/<str:public_id>/withdraw/", invitation.invitation_withdraw, name="invitation-withdraw"),
    path(PANEL, organizer.panel_manage, name="panel-manage"),
    path(PANEL + "seats/", organizer.seat_add, name="seat-add"),
    path(PANEL + "seats/<int:number>/profile/", profile.seat_profile, name="seat-profile"),
    path(PANEL + "seats/<int:number>/remove/", organizer.seat_remove, name="seat-remove"),
    path(PANEL + "assign/", assignment.assignment_preview, name="assignment-preview"),
    path(PANEL + "entries/", assignment.assignment_add, name="assignment-add"),
    path(PANEL + "adjust/<str:public_id>/", assignment.assignment_adjust, name="assignment-adjust"),
    path(PANEL + "extra/<str:entry_id>/", assignment.assignment_extra, name="assignment-extra"),
    path(PANEL + "withdraw/<str:public_id>/", assignment.assignment_withdraw, name="assignment-withdraw"),
    path(PANEL + "conflicts/", conflict.conflicts, name="conflicts"),
    path(PANEL + "conflicts/<int:pk>/lift/", conflict.conflict_lift, name="conflict-lift"),
    path(PANEL + "conflicts/<int:number>/<str:entry_id>/", conflict.suspicion, name="suspicion"),
    path("org/<slug:slug>/statistics/<str:kind>/", statistics.statistics, name="statistics"),
    path("org/<slug:slug>/progress/<str:kind>/", progress.progress, name="progress"),
    path("org/<slug:slug>/progress/<str:kind>/remind/", progress.remind, name="remind"),
    path("", include("judging.stage_urls")),
]
