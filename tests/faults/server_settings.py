"""The server's own settings with static files as they lie, so that no collectstatic has to run before a test."""

from jianggaosai.settings.base import *  # noqa: F403
from jianggaosai.settings.base import STORAGES as OWN

STORAGES = OWN | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
