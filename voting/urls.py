from django.urls import path

from voting.views import organizer, public, voter

app_name = "voting"
urlpatterns = [
    path("<edition:edition>/entries/", public.gallery, name="gallery"),
    path("<edition:edition>/entries/<int:number>/", public.entry_detail, name="entry-detail"),
    path("<edition:edition>/board/", public.board_page, name="board"),
    path("<edition:edition>/board/data.json", public.board_data, name="board-data"),
    path("<edition:edition>/vote/", voter.vote, name="vote"),
    path("<edition:edition>/vote/confirm/", voter.confirm, name="confirm"),
    path("<edition:edition>/vote/challenge/", voter.challenge, name="challenge"),
    path("<edition:edition>/vote/cast/", voter.cast, name="cast"),
    path("<edition:edition>/vote/receipt/", voter.receipt_lookup, name="receipt-lookup"),
    path("<edition:edition>/vote/receipt/<str:code>/", voter.receipt, name="receipt"),
    path("<edition:edition>/vote/receipt/<str:code>/note/", voter.receipt_note, name="receipt-note"),
    path("org/<slug:slug>/vote/", organizer.monitor, name="monitor"),
    path("org/<slug:slug>/vote/close/", organizer.close, name="close"),
    path("org/<slug:slug>/vote/final/", organizer.final, name="final-approve"),
    path("org/<slug:slug>/vote/cases/", organizer.case_list, name="case-list"),
    path("org/<slug:slug>/vote/cases/new/", organizer.case_create, name="case-create"),
    path("org/<slug:slug>/vote/cases/<str:public_id>/", organizer.case_detail, name="case-detail"),
]
