"""Addresses of the draw, the stage, the hall's screen and the judges' live page (included by judging/urls.py)."""

from django.urls import URLPattern, URLResolver, path

from judging.views import chair_stage, deck, draw, draw_room, finalist, live, paper, screen, sheets, stage

DRAW = "org/<slug:slug>/draw/"
STAGE = "org/<slug:slug>/stage/"
FINALISTS = "org/<slug:slug>/finalists/"
PAPER = "org/<slug:slug>/paper/"
SHEETS = "org/<slug:slug>/sheets/<str:kind>/"
SCREEN = "screen/<slug:slug>/<str:token>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(DRAW, draw.draw_manage, name="draw-manage"),
    path(DRAW + "prepare/<slug:track>/<slug:group>/", draw.draw_prepare, name="draw-prepare"),
    path(DRAW + "<str:public_id>/run/", draw.draw_run, name="draw-run"),
    path(DRAW + "<str:public_id>/publish/", draw.draw_publish, name="draw-publish"),
    path(DRAW + "<str:public_id>/again/", draw.draw_again, name="draw-again"),
    path(DRAW + "<str:public_id>/room/", draw_room.room, name="draw-room"),
    path(DRAW + "<str:public_id>/plates/", draw_room.plates, name="draw-plates"),
    path(DRAW + "<str:public_id>/minutes.pdf", draw_room.minutes, name="draw-minutes"),
    path(DRAW + "<str:public_id>/files/", draw_room.file_add, name="draw-file-add"),
    path(DRAW + "<str:public_id>/files/<str:file_id>/", draw_room.file_read, name="draw-file"),
    path("my/entries/<str:public_id>/final/", finalist.final_entry, name="final-entry"),
    path("my/entries/<str:public_id>/final/<str:deck_id>/", finalist.deck_own, name="deck-own"),
    path(FINALISTS, finalist.finalist_list, name="finalist-list"),
    path(FINALISTS + "remind/", finalist.finalist_remind, name="finalist-remind"),
    path(FINALISTS + "decks/<str:deck_id>/", deck.deck_show, name="deck-show"),
    path(FINALISTS + "decks/<str:deck_id>/file/", deck.deck_read, name="deck"),
    path("judge/<str:public_id>/deck/", deck.judge_deck, name="judge-deck"),
    path("judge/<str:public_id>/deck/file/", deck.judge_deck_file, name="judge-deck-file"),
    path(FINALISTS + "waivers/<str:code>/", finalist.waiver_read, name="waiver"),
    path(STAGE, stage.desk, name="stage-desk"),
    path(STAGE + "open/", stage.room_open, name="stage-open"),
    path(STAGE + "step/", stage.step, name="stage-step"),
    path(STAGE + "presence/", stage.presence, name="stage-presence"),
    path(STAGE + "check-in/", stage.entrant_presence, name="stage-check-in"),
    path(STAGE + "absent/<int:position>/", stage.absent, name="stage-absent"),
    path(PAPER, paper.paper_list, name="paper-list"),
    path(PAPER + "type/<str:public_id>/", paper.paper_type, name="paper-type"),
    path(PAPER + "check/<str:public_id>/", paper.paper_check, name="paper-check"),
    path(SCREEN, screen.screen, name="screen"),
    path(SCREEN + "state/", screen.state, name="screen-state"),
    path("judge/chair/<slug:slug>/stage/", chair_stage.chair_stage, name="chair-stage"),
    path("judge/chair/<slug:slug>/stage/decide/", chair_stage.decide, name="chair-decide"),
    path("judge/live/<slug:slug>/", live.live, name="live"),
    path("judge/live/<slug:slug>/state/", live.state, name="live-state"),
    path(SHEETS, sheets.sheet_list, name="sheet-list"),
    path(SHEETS + "entry-<str:code>.pdf", sheets.sheet_entry, name="sheet-entry"),
    path(SHEETS + "judge-<int:number>.pdf", sheets.sheet_seat, name="sheet-seat"),
    path("judge/sheets/<slug:slug>/<str:kind>.pdf", sheets.sheet_own, name="sheet-own"),
    path("<edition:edition>/sheets/<str:kind>/<str:subject>/<str:digest>/", sheets.sheet_check, name="sheet-check"),
    path("<edition:edition>/draw/", draw.draw_check, name="draw-check"),
    path("<edition:edition>/draw/<str:public_id>/screen/", draw_room.screen, name="draw-screen"),
    path("<edition:edition>/draw/<str:public_id>/screen/state/", draw_room.screen_state, name="draw-screen-state"),
    path("<edition:edition>/draw/<str:public_id>.json", draw.draw_record, name="draw-record"),
]
