from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "gumruk.inspection"
    label = "inspection"
