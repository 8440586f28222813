"""The root as it is while DEBUG is on."""

from django.urls import include, path

from jianggaosai.urls import urlpatterns as root

urlpatterns = [*root, path("dev/", include("accounts.dev_urls"))]
