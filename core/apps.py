from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        from core.append_only import install_triggers
        from core.field_words import say_what_is_wrong

        say_what_is_wrong()
        post_migrate.connect(install_triggers, dispatch_uid="core.append_only")
