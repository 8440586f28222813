"""The WSGI entry point; granian serves it."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jianggaosai.settings.base")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # every view is loaded before the first visitor comes

# What is loaded now stays. Without this each full collection of garbage walks through it, 80 ms in the middle of somebody's page.
gc.collect()
gc.freeze()
