from django.apps import AppConfig


class ClearanceConfig(AppConfig):
    """The one place that moves declarations, and what it tells others."""

    name = "gumruk.clearance"
    label = "clearance"

    def ready(self) -> None:
        from gumruk.clearance import tasks

        tasks.listen()
