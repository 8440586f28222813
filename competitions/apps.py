from django.apps import AppConfig


class CompetitionsConfig(AppConfig):
    name = "competitions"
    verbose_name = "赛事"

    def ready(self) -> None:
        from accounts.home_sections import Section, register, register_labels
        from competitions.queries.console_cards import console_cards
        from competitions.queries.role_labels import role_labels

        register(Section(key="console", title="组委会工作", order=10, cards=console_cards))
        register_labels(role_labels)
