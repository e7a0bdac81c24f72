from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "gumruk.web"
    label = "web"
