from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    name = "gumruk.declarations"
    label = "declarations"

    def ready(self) -> None:
        from gumruk.declarations import services
        from gumruk.toolkit import jobs

        jobs.every_hour("forget_draft_changes", services.forget_draft_changes)
