"""The site as a real server process runs it for a browser test, with the static files straight from their folders."""

from __future__ import annotations

import os

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jianggaosai.settings.test")
application = StaticFilesHandler(get_wsgi_application())
