from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "gumruk.payments"
    label = "payments"
