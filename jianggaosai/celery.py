"""The Celery application and its periodic jobs. The schedule stands in code: what runs is what was reviewed."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jianggaosai.settings.base")

app = Celery("jianggaosai")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "worker-seen": {"task": "jianggaosai.note_worker", "schedule": 30.0},
    "outbox-sweep": {"task": "core.deliver_waiting_messages", "schedule": 30.0},
    "vote-ledgers-seal": {"task": "voting.seal_ledgers", "schedule": 30.0},
    "votes-open": {"task": "voting.open_due_votes", "schedule": 60.0},
    "votes-close": {"task": "voting.close_due_votes", "schedule": 60.0},
    "rounds-compute": {"task": "results.compute_waiting_rounds", "schedule": 60.0},
    "audit-seal": {"task": "core.seal_audit_journal", "schedule": 60.0},
}
