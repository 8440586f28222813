"""The composition root. Importing Celery here lets the web process find every job by name."""

from jianggaosai.celery import app as celery_app

__all__ = ["celery_app"]
