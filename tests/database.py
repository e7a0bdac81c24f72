"""Loaded before the settings are (`-p tests.database`): tests run on a real PostgreSQL, the one that
DATABASE_URL names or an embedded one of their own."""

import os
from pathlib import Path

os.environ.setdefault("GUMRUK_STATE", str(Path(__file__).parent.parent / ".state" / "test"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gumruk.site.settings")

if not os.environ.get("DATABASE_URL"):
    from gumruk.toolkit import postgres

    cluster = postgres.open_cluster(Path(os.environ["GUMRUK_STATE"]) / "postgres", durable=False)
    os.environ["DATABASE_URL"] = cluster.url(postgres.OWNER)

from hypothesis import HealthCheck, settings

# The same examples on every run and machine: a test that fails fails for everybody. HYPOTHESIS_PROFILE=wild hunts for new ones.
SLOW = [HealthCheck.too_slow]
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("full", derandomize=True, deadline=None, max_examples=200, suppress_health_check=SLOW)
settings.register_profile("wild", deadline=None, max_examples=600, suppress_health_check=SLOW, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
