from django.urls import URLPattern, URLResolver, path

from entries import organizer_urls
from entries.views.applicant import (
    certificate,
    file,
    files,
    filings,
    joint,
    my_entry,
    printing,
    sheet,
    start,
    step,
)

app_name = "entries"
urlpatterns: list[URLPattern | URLResolver] = [
    # applicant
    path("<edition:edition>/register/", start.register, name="register"),
    path("joint/<str:token>/", joint.joint, name="joint"),
    path("joint/<str:token>/decline/", joint.joint_decline, name="joint-decline"),
    path("my/entries/<str:public_id>/", my_entry.my_entry, name="my-entry"),
    path("my/entries/<str:public_id>/edit/<str:step>/", step.register_step, name="register-step"),
    path("my/entries/<str:public_id>/patents/import/", sheet.patents_import, name="patents-import"),
    path("my/entries/<str:public_id>/patents/template/", sheet.patents_template, name="patents-template"),
    path("my/entries/<str:public_id>/patents/list.<slug:fmt>", sheet.patents_file, name="patents-file"),
    path("my/entries/<str:public_id>/patents/faults/", sheet.patents_faults, name="patents-faults"),
    path(
        "my/entries/<str:public_id>/patents/<int:place>/certificate/",
        certificate.patent_certificate,
        name="patent-certificate",
    ),
    path("my/entries/<str:public_id>/filings/", filings.filings, name="filings"),
    path("my/entries/<str:public_id>/filings/<int:asset>/remove/", filings.filing_remove, name="filing-remove"),
    path("my/entries/<str:public_id>/pdf/", printing.entry_print, name="entry-print"),
    path("my/entries/<str:public_id>/recall/", my_entry.recall, name="entry-recall"),
    path("my/entries/<str:public_id>/withdraw/", my_entry.withdraw, name="entry-withdraw"),
    path("my/entries/<str:public_id>/resubmit/", my_entry.resubmit, name="entry-resubmit"),
    path("my/entries/<str:public_id>/files/", files.upload, name="attachment-upload"),
    path("my/entries/<str:public_id>/cover-<slug:shape>.jpg", file.cover, name="cover-preview"),
    path("my/files/<str:public_id>/", file.download, name="attachment-download"),
    path("my/files/<str:public_id>/view/", file.show, name="attachment-view"),
    path("my/files/<str:public_id>/replace/", files.replace, name="attachment-replace"),
    path("my/files/<str:public_id>/remove/", files.remove, name="attachment-remove"),
]
urlpatterns += organizer_urls.urlpatterns
