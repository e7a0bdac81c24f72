from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "gumruk.documents"
    label = "documents"
