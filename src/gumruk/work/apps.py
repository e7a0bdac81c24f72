from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Saved views and hand-overs."""

    name = "gumruk.work"
    label = "work"
