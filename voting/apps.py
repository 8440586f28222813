from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "voting"
    verbose_name = "网络投票"

    def ready(self) -> None:
        from competitions import home_figures
        from voting.queries.home import vote_figures

        home_figures.register("voting", vote_figures, order=20)
