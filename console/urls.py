"""Addresses of the back office."""

from django.urls import path

from console.views import board, journal, outbox

app_name = "console"
ORG = "org/<slug:slug>"
urlpatterns = [
    path("org/", board.chooser, name="chooser"),
    path(f"{ORG}/", board.dashboard, name="dashboard"),
    path(f"{ORG}/journal/", journal.journal, name="journal"),
    path(f"{ORG}/journal/journal.csv", journal.journal_export, name="journal-export"),
    path(f"{ORG}/messages/", outbox.outbox, name="outbox"),
    path(f"{ORG}/messages/<slug:public_id>/resend/", outbox.resend, name="outbox-resend"),
]
