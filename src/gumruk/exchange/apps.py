from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "gumruk.exchange"
    label = "exchange"
