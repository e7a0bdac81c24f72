from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "gumruk.trust"
    label = "trust"

    def ready(self) -> None:
        from gumruk.toolkit import jobs
        from gumruk.trust import services

        jobs.every_hour("forget_failed_sign_ins", services.forget_failed_sign_ins)
