from django.urls import URLPattern, URLResolver, path

from entries import organizer_urls
from entries.views.applicant import files, my_entry, start, step

app_name = "entries"
urlpatterns: list[URLPattern | URLResolver] = [
    # applicant
    path("<edition:edition>/register/", start.register, name="register"),
    path("my/entries/<str:public_id>/", my_entry.my_entry, name="my-entry"),
    path("my/entries/<str:public_id>/edit/<str:step>/", step.register_step, name="register-step"),
    path("my/entries/<str:public_id>/recall/", my_entry.recall, name="entry-recall"),
    path("my/entries/<str:public_id>/withdraw/", my_entry.withdraw, name="entry-withdraw"),
    path("my/entries/<str:public_id>/resubmit/", my_entry.resubmit, name="entry-resubmit"),
    path("my/entries/<str:public_id>/files/", files.upload, name="attachment-upload"),
    path("my/files/<str:public_id>/", files.download, name="attachment-download"),
    path("my/files/<str:public_id>/remove/", files.remove, name="attachment-remove"),
]
urlpatterns += organizer_urls.urlpatterns
