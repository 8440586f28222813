"""Addresses of the formality examiner and of the organiser."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from entries.views.organizer import decide, entry, entry_list, queue, review

FORMALITY = "org/<slug:slug>/formality/<str:public_id>"
ENTRY = "org/<slug:slug>/entries/<str:public_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("org/<slug:slug>/formality/", queue.formality_queue, name="formality-queue"),
    path(f"{FORMALITY}/", review.formality_review, name="formality-review"),
    path(f"{FORMALITY}/pick-up/", review.pick_up, name="formality-pick-up"),
    path(f"{FORMALITY}/release/", review.release, name="formality-release"),
    path(f"{FORMALITY}/comment/", review.comment, name="formality-comment"),
    path(f"{FORMALITY}/comment/drop/", review.comment_drop, name="formality-comment-drop"),
    path(f"{FORMALITY}/decide/<str:decision>/", decide.formality_decide, name="formality-decide"),
    path("org/<slug:slug>/entries/", entry_list.entry_list, name="entry-list"),
    path(f"{ENTRY}/", entry.entry_inspect, name="entry-inspect"),
    path(f"{ENTRY}/contacts/", entry.entry_contacts, name="entry-contacts"),
    path(f"{ENTRY}/group/", entry.entry_regroup, name="entry-regroup"),
    path(f"{ENTRY}/disqualify/", entry.entry_disqualify, name="entry-disqualify"),
    path(f"{ENTRY}/reinstate/", entry.entry_reinstate, name="entry-reinstate"),
]
