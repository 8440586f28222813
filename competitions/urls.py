from django.urls import path

from competitions.views import public
from competitions.views.organizer import announcements, parts, ruling, setup, stages

app_name = "competitions"
ORG = "org/<slug:slug>"
SETUP = f"{ORG}/setup"
EDITION = "<edition:edition>"
urlpatterns = [
    path("org/new/", setup.edition_create, name="edition-create"),
    path(f"{SETUP}/", setup.setup, name="setup"),
    path(f"{SETUP}/publish/", setup.publish, name="setup-publish"),
    path(f"{SETUP}/confirm/", setup.preset_confirm, name="preset-confirm"),
    path(f"{SETUP}/basics/", setup.basics, name="setup-basics"),
    path(f"{SETUP}/schedule/", setup.stage_dates, name="setup-schedule"),
    path(f"{SETUP}/groups/", parts.groups, name="setup-groups"),
    path(f"{SETUP}/groups/new/", parts.track, name="setup-track-new"),
    path(f"{SETUP}/groups/<slug:code>/", parts.track, name="setup-track"),
    path(f"{SETUP}/groups/<slug:track_code>/remove/", parts.group_remove, name="setup-track-remove"),
    path(f"{SETUP}/groups/<slug:track_code>/new/", parts.group, name="setup-group-new"),
    path(f"{SETUP}/groups/<slug:track_code>/<slug:code>/", parts.group, name="setup-group"),
    path(f"{SETUP}/groups/<slug:track_code>/<slug:code>/remove/", parts.group_remove, name="setup-group-remove"),
    path(f"{SETUP}/entry-rules/", setup.entry_rules, name="setup-entry-rules"),
    path(f"{SETUP}/vote-rules/", ruling.vote_rules, name="setup-vote-rules"),
    path(f"{SETUP}/rounds/", ruling.rounds, name="setup-rounds"),
    path(f"{SETUP}/rounds/<slug:kind>/", ruling.round_rules, name="setup-round"),
    path(f"{SETUP}/rubrics/", ruling.rubrics, name="setup-rubrics"),
    path(f"{SETUP}/rubrics/<slug:kind>/", ruling.rubric, name="setup-rubric"),
    path(f"{SETUP}/awards/", ruling.awards, name="setup-awards"),
    path(f"{SETUP}/awards/new/", ruling.award, name="setup-award-new"),
    path(f"{SETUP}/awards/<slug:code>/", ruling.award, name="setup-award"),
    path(f"{SETUP}/awards/<slug:code>/remove/", ruling.award_remove, name="setup-award-remove"),
    path(f"{SETUP}/pages/", parts.pages, name="setup-pages"),
    path(f"{SETUP}/pages/<slug:kind>/", parts.page, name="setup-page"),
    path(f"{SETUP}/pages/<slug:kind>/publish/", parts.page_publish, name="setup-page-publish"),
    path(f"{ORG}/roles/", parts.roles, name="role-manage"),
    path(f"{ORG}/roles/<slug:user_id>/<slug:kind>/end/", parts.role_end, name="role-end"),
    path(f"{ORG}/stages/", stages.stages, name="stage-manage"),
    path(f"{ORG}/stages/<slug:kind>/<slug:verb>/", stages.stage_verb, name="stage-verb"),
    path(f"{ORG}/announcements/", announcements.announcements, name="announcement-manage"),
    path(f"{ORG}/announcements/new/", announcements.announcement_write, name="announcement-new"),
    path(f"{ORG}/announcements/<slug:public_id>/", announcements.announcement_preview, name="announcement-preview"),
    path(f"{ORG}/announcements/<slug:public_id>/edit/", announcements.announcement_write, name="announcement-edit"),
    path(f"{ORG}/announcements/<slug:public_id>/discard/", announcements.announcement_discard, name="announcement-discard"),
    path(f"{EDITION}/", public.edition_home, name="edition-home"),
    path(f"{EDITION}/announcements/", public.announcement_list, name="announcement-list"),
    path(f"{EDITION}/announcements/<slug:public_id>/", public.announcement_detail, name="announcement-detail"),
    path(f"{EDITION}/rules/", public.edition_rules, name="edition-rules"),
    path(f"{EDITION}/privacy/", public.edition_privacy, name="edition-privacy"),
    path(f"{EDITION}/editions/", public.edition_archive, name="edition-archive"),
]
