from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    """Rows, outbox and idempotency keys, jobs, the record of administration."""

    name = "gumruk.toolkit"
    label = "toolkit"

    def ready(self) -> None:
        from gumruk.toolkit import joblist, jobs

        jobs.every_hour("forget_job_failures", joblist.forget_failures)
