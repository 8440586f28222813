from django.apps import AppConfig


class JianggaosaiConfig(AppConfig):
    name = "jianggaosai"
    verbose_name = "江高赛"

    def ready(self) -> None:
        from jianggaosai import checks  # noqa: F401  registers the deployment checks
        from jianggaosai.celery import app

        app.autodiscover_tasks(force=True)  # the web process must find every job by name too
