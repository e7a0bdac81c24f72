from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    """Rows, outbox and idempotency keys."""

    name = "gumruk.toolkit"
    label = "toolkit"
