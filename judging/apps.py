from django.apps import AppConfig


class JudgingConfig(AppConfig):
    name = "judging"
    verbose_name = "评审"

    def ready(self) -> None:
        from accounts import home_sections
        from competitions import home_figures
        from judging.home import judge_cards, judge_figure, judge_labels

        home_sections.register(home_sections.Section(key="judging", title="我的评审", cards=judge_cards, order=20))
        home_sections.register_labels(judge_labels)
        home_figures.register("judging", judge_figure, order=30)
