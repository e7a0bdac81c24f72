from django.apps import AppConfig


class ClearanceConfig(AppConfig):
    name = "gumruk.clearance"
    label = "clearance"
