from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "gumruk.offices"
    label = "offices"
