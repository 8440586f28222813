from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "results"
    verbose_name = "结果"

    def ready(self) -> None:
        from accounts.home_sections import Section, register
        from competitions import clone_parts
        from core.outbox import audiences
        from core.uploads import purposes
        from entries.queries import guards
        from results.audiences import AUDIENCES
        from results.clone_part import PUBLICITY
        from results.queries.home import arbitration_cards
        from results.queries.objections import reasons_to_keep_voters
        from results.queries.regroup import published_reason
        from results.uploads import MATERIAL
        from voting import retention

        audiences.register(*AUDIENCES)
        purposes.register(MATERIAL)
        guards.register("regroup", published_reason)
        retention.register(reasons_to_keep_voters)
        clone_parts.register(PUBLICITY)
        register(Section(key="arbitration", title="异议复核", order=12, cards=arbitration_cards))
