from django.apps import AppConfig


class CompetitionsConfig(AppConfig):
    name = "competitions"
    verbose_name = "赛事"

    def ready(self) -> None:
        from accounts import second_factor
        from accounts.home_sections import Section, register, register_labels
        from competitions import clone_parts
        from competitions.actions.clone import PARTS
        from competitions.audiences import AUDIENCES
        from competitions.queries.console_cards import console_cards
        from competitions.queries.role_labels import role_labels
        from competitions.queries.staff import organisers
        from competitions.rules import works_for_an_edition
        from core.outbox import audiences

        second_factor.register(works_for_an_edition)
        second_factor.register_watchers(organisers)
        register(Section(key="console", title="组委会工作", order=10, cards=console_cards))
        register_labels(role_labels)
        audiences.register(*AUDIENCES)
        clone_parts.register(*PARTS)
