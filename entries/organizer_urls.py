"""Addresses of the formality examiner and of the organiser."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from entries.views.organizer import (
    batch,
    decide,
    entry,
    entry_list,
    files,
    organisations,
    queue,
    review,
    terms,
)

FORMALITY = "org/<slug:slug>/formality/<str:public_id>"
ENTRY = "org/<slug:slug>/entries/<str:public_id>"
ORGANISATION = "org/<slug:slug>/organisations/<str:public_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("org/<slug:slug>/formality/", queue.formality_queue, name="formality-queue"),
    path("org/<slug:slug>/formality/assign/", batch.formality_assign, name="formality-assign"),
    path("org/<slug:slug>/formality/bulk/", batch.formality_bulk, name="formality-bulk"),
    path(f"{FORMALITY}/", review.formality_review, name="formality-review"),
    path(f"{FORMALITY}/pick-up/", review.pick_up, name="formality-pick-up"),
    path(f"{FORMALITY}/release/", review.release, name="formality-release"),
    path(f"{FORMALITY}/comment/", review.comment, name="formality-comment"),
    path(f"{FORMALITY}/comment/drop/", review.comment_drop, name="formality-comment-drop"),
    path(f"{FORMALITY}/decide/<str:decision>/", decide.formality_decide, name="formality-decide"),
    path("org/<slug:slug>/old-files/<str:public_id>/", files.old_file, name="retired-download"),
    path("org/<slug:slug>/organisations/", organisations.organisation_list, name="organisation-list"),
    path(f"{ORGANISATION}/", organisations.organisation_check, name="organisation-check"),
    path(f"{ORGANISATION}/verify/", organisations.organisation_verify, name="organisation-verify"),
    path(f"{ORGANISATION}/licence/<str:claim>/", organisations.organisation_licence, name="organisation-licence"),
    path("org/<slug:slug>/extensions/", terms.extensions, name="extension-list"),
    path("org/<slug:slug>/entries/", entry_list.entry_list, name="entry-list"),
    path(f"{ENTRY}/", entry.entry_inspect, name="entry-inspect"),
    path(f"{ENTRY}/contacts/", entry.entry_contacts, name="entry-contacts"),
    path(f"{ENTRY}/extend/", terms.entry_extend, name="entry-extend"),
    path(f"{ENTRY}/correct/", terms.entry_correct, name="entry-correct"),
    path(f"{ENTRY}/group/", entry.entry_regroup, name="entry-regroup"),
    path(f"{ENTRY}/disqualify/", entry.entry_disqualify, name="entry-disqualify"),
    path(f"{ENTRY}/reinstate/", entry.entry_reinstate, name="entry-reinstate"),
]
