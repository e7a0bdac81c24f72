from django.apps import AppConfig


class TariffConfig(AppConfig):
    name = "gumruk.tariff"
    label = "tariff"
