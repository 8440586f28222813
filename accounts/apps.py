from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账户"

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed

        from accounts.verification import mark_verified

        email_confirmed.connect(mark_verified, dispatch_uid="accounts.verification")
