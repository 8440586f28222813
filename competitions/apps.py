from django.apps import AppConfig


class CompetitionsConfig(AppConfig):
    name = "competitions"
    verbose_name = "赛事"

    def ready(self) -> None:
        from accounts.home_sections import register_labels
        from competitions.queries.role_labels import role_labels

        register_labels(role_labels)
