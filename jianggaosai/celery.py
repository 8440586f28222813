"""The Celery application and its periodic jobs. The schedule stands in code: what runs is what was reviewed."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jianggaosai.settings.base")

app = Celery("jianggaosai")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "worker-seen": {"task": "jianggaosai.note_worker", "schedule": 30.0},
    "outbox-sweep": {"task": "core.deliver_waiting_messages", "schedule": 30.0},
    "vote-ledgers-seal": {"task": "voting.seal_ledgers", "schedule": 30.0},
    "vote-ledgers-publish": {"task": "voting.publish_ledgers", "schedule": 30.0},
    "vote-ledgers-count": {"task": "voting.count_ledgers", "schedule": 30.0},
    "vote-counts-compare": {"task": "voting.compare_counts", "schedule": crontab(hour=3, minute=40)},
    "vote-ledgers-anchor": {"task": "voting.anchor_ledgers", "schedule": crontab(minute=5)},
    "voters-forgotten-again": {"task": "voting.replay_erasures", "schedule": crontab(minute=35)},
    "votes-open": {"task": "voting.open_due_votes", "schedule": 60.0},
    "votes-close": {"task": "voting.close_due_votes", "schedule": 60.0},
    "rounds-compute": {"task": "results.compute_waiting_rounds", "schedule": 60.0},
    "webhooks-sweep": {"task": "core.deliver_waiting_webhooks", "schedule": 60.0},
    "objectors-forgotten": {"task": "results.forget_objectors", "schedule": crontab(hour=4, minute=10)},
    "stability-waiting": {"task": "results.measure_waiting_stability", "schedule": 300.0},
    "packages-tend": {"task": "results.tend_packages", "schedule": 900.0},
    "files-sweep": {"task": "core.sweep_files", "schedule": 3600.0},
    "entry-reminders": {"task": "entries.send_reminders", "schedule": crontab(minute=20)},
    "portfolios-freeze": {"task": "entries.freeze_final_portfolios", "schedule": 600.0},
    "sheets-sweep": {"task": "entries.sweep_sheets", "schedule": crontab(hour=4, minute=25)},
    "power-ends": {"task": "accounts.end_expired_power", "schedule": 60.0},
    "audit-seal": {"task": "core.seal_audit_journal", "schedule": 60.0},
}
