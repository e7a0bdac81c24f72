"""The same database and tables as the real site, and nothing around the view."""

from gumruk.site.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.plain_app"
