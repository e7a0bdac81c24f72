from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "gumruk.risk"
    label = "risk"
