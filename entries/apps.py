from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "entries"
    verbose_name = "参赛项目"

    def ready(self) -> None:
        from accounts import home_sections
        from competitions import home_figures
        from core.outbox import audiences
        from core.uploads import purposes
        from entries.audiences import AUDIENCES
        from entries.figures import entry_figures
        from entries.home import entry_cards, joint_cards, no_entries
        from entries.uploads import PURPOSES

        home_sections.register(
            home_sections.Section(key="entries", title="我的参赛项目", cards=entry_cards, order=10, empty=no_entries)
        )
        home_sections.register(home_sections.Section(key="joint", title="联合参赛邀请", cards=joint_cards, order=5))
        home_figures.register("entries", entry_figures, order=10)
        for purpose in PURPOSES:
            purposes.register(purpose)
        audiences.register(*AUDIENCES)
