from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "gumruk.parties"
    label = "parties"
