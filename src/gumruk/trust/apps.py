from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "gumruk.trust"
    label = "trust"
