from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    name = "gumruk.declarations"
    label = "declarations"
