from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "gumruk.reference"
    label = "reference"

    def ready(self) -> None:
        from gumruk.reference.services import forget_old_sheets
        from gumruk.toolkit import jobs

        jobs.every_hour("kept sheets forgotten", forget_old_sheets)
