from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        from core.append_only import install_triggers
        from core.required import say_what_is_missing

        say_what_is_missing()
        post_migrate.connect(install_triggers, dispatch_uid="core.append_only")
