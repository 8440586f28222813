"""Settings of the measured server: the platform's own, with the tables and addresses of the comparison added."""

from __future__ import annotations

from jianggaosai.settings.base import *  # noqa: F403
from jianggaosai.settings.base import HOT_PATHS, INSTALLED_APPS, STORAGES

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
ROOT_URLCONF = "bench.urls"
STAFF_SECOND_FACTOR = False  # the measured organiser is signed in by a cookie
HOT_PATHS = [*HOT_PATHS, r"/bench/nothing/[a-z0-9-]+/", r"/bench/empty/"]  # the views that do nothing: the same chain as vote and board
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in here; the world is built sooner
# Names without hashes: nothing is collected here, and nobody fetches a file.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
