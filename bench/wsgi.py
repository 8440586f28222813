"""The measured server's entry point: the platform's own, with the settings of the comparison."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from jianggaosai.wsgi import application

__all__ = ["application"]
