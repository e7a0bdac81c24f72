from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "gumruk.reference"
    label = "reference"
