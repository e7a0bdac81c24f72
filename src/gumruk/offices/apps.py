from django.apps import AppConfig


class OfficesConfig(AppConfig):
    """Working data of offices and their shifts."""

    name = "gumruk.offices"
    label = "offices"
