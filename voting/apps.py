from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "voting"
    verbose_name = "网络投票"

    def ready(self) -> None:
        from accounts import home_sections
        from competitions import home_figures
        from voting.queries.appeals import appeal_cards
        from voting.queries.home import vote_figures

        home_figures.register("voting", vote_figures, order=20)
        home_sections.register(home_sections.Section(key="votes", title="票数核查", cards=appeal_cards, order=15))
