from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "entries"
    verbose_name = "参赛项目"

    def ready(self) -> None:
        from accounts import home_sections
        from competitions import home_figures
        from entries.figures import entry_figures
        from entries.home import entry_cards, no_entries

        home_sections.register(
            home_sections.Section(key="entries", title="我的参赛项目", cards=entry_cards, order=10, empty=no_entries)
        )
        home_figures.register("entries", entry_figures, order=10)
