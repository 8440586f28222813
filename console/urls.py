"""Addresses of the back office."""

from django.urls import path

from console.views import board, broadcast, journal, message_kinds, outbox

app_name = "console"
ORG = "org/<slug:slug>"
urlpatterns = [
    path("org/", board.chooser, name="chooser"),
    path(f"{ORG}/", board.dashboard, name="dashboard"),
    path(f"{ORG}/journal/", journal.journal, name="journal"),
    path(f"{ORG}/journal/journal.<slug:fmt>", journal.journal_export, name="journal-export"),
    path(f"{ORG}/messages/", outbox.outbox, name="outbox"),
    path(f"{ORG}/messages/kinds/", message_kinds.kind_list, name="message-kinds"),
    path(f"{ORG}/messages/kinds/<slug:kind>/", message_kinds.kind_edit, name="message-kind"),
    path(f"{ORG}/messages/to-many/", broadcast.broadcast_list, name="broadcast-list"),
    path(f"{ORG}/messages/to-many/new/", broadcast.broadcast_write, name="broadcast-write"),
    path(f"{ORG}/messages/to-many/<slug:public_id>/", broadcast.broadcast_detail, name="broadcast-detail"),
    path(f"{ORG}/messages/<slug:public_id>/", outbox.message, name="outbox-message"),
    path(f"{ORG}/messages/<slug:public_id>/reveal/", outbox.reveal, name="outbox-reveal"),
    path(f"{ORG}/messages/<slug:public_id>/resend/", outbox.resend, name="outbox-resend"),
]
