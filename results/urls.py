"""Addresses of results: public ones begin with the edition, the organiser's with /org/."""

from django.urls import path

from results.views import certificates, organizer, public

app_name = "results"
urlpatterns = [
    path("verify/", public.verify_lookup, name="verify-lookup"),
    path("verify/verify_result.py", public.verifier, name="verifier"),
    path("verify/<str:code>/", public.verify, name="verify"),
    path("certs/<str:number>/", public.certificate, name="certificate"),
    path("org/<slug:slug>/results/<slug:kind>/", organizer.ranking, name="ranking"),
    path("org/<slug:slug>/results/<slug:kind>/compute/", organizer.compute, name="compute"),
    path("org/<slug:slug>/results/<slug:kind>/approve/", organizer.approve, name="approve"),
    path("org/<slug:slug>/results/<slug:kind>/publish/", organizer.publish, name="publish"),
    path("org/<slug:slug>/results/<slug:kind>/decide/", organizer.decide, name="decide"),
    path("org/<slug:slug>/results/<slug:kind>/invite/", organizer.invite, name="invite"),
    path("org/<slug:slug>/results/<slug:kind>/<int:version>/record.json", organizer.record, name="ranking-record"),
    path("org/<slug:slug>/export/<slug:what>.<slug:fmt>", organizer.export, name="export"),
    path("org/<slug:slug>/certificates/", certificates.certificates, name="certificates"),
    path("org/<slug:slug>/certificates/issue/", certificates.issue, name="certificates-issue"),
    path("org/<slug:slug>/certificates/all.zip", certificates.certificates_zip, name="certificates-zip"),
    path("org/<slug:slug>/certificates/<str:number>/revoke/", certificates.revoke, name="certificate-revoke"),
    path("<edition:edition>/results/", public.results, name="results"),
    path("<edition:edition>/results/table.<slug:fmt>", public.table, name="table"),
    path("<edition:edition>/results/<slug:kind>/<int:number>/", public.breakdown, name="breakdown"),
    path("<edition:edition>/results/<slug:public_id>/record.json", public.record, name="record"),
    path("<edition:edition>/finalists/", public.finalists, name="finalists"),
    path("<edition:edition>/notices/<slug:public_id>/", public.notice, name="notice-detail"),
]
