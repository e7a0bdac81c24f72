from django.apps import AppConfig


class LawbookConfig(AppConfig):
    name = "gumruk.lawbook"
    label = "lawbook"
