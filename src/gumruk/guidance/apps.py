from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """Guided ways and who is on them."""

    name = "gumruk.guidance"
    label = "guidance"
