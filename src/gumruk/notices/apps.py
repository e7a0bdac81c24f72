from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The inbox of firms."""

    name = "gumruk.notices"
    label = "notices"
