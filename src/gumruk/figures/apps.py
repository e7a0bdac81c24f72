from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Sums for those who lead an office, a region or the service."""

    name = "gumruk.figures"
    label = "figures"
