"""Settings of the measured server: the platform's own, with the tables and addresses of the comparison added."""

from __future__ import annotations

from jianggaosai.settings.base import *  # noqa: F403
from jianggaosai.settings.base import INSTALLED_APPS

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
ROOT_URLCONF = "bench.urls"
