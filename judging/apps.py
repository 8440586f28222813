from django.apps import AppConfig


class JudgingConfig(AppConfig):
    name = "judging"
    verbose_name = "评审"

    def ready(self) -> None:
        from accounts import home_sections
        from competitions import home_figures
        from core.statuses import Status, add_statuses
        from core.uploads import purposes
        from judging.home import finalist_cards, judge_cards, judge_figure, judge_labels
        from judging.uploads import DECK

        home_sections.register(home_sections.Section(key="judging", title="我的评审", cards=judge_cards, order=20))
        home_sections.register_labels(judge_labels)
        home_sections.register(home_sections.Section(key="final", title="决赛", cards=finalist_cards, order=15))
        purposes.register(DECK)
        add_statuses(
            "judge_invitation",
            {
                "open": Status("待接受", "clock", "info"),
                "expired": Status("已过期", "alert", "warn"),
                "accepted": Status("已接受", "check", "ok"),
                "withdrawn": Status("已撤回", "out"),
            },
        )
        home_figures.register("judging", judge_figure, order=30)
