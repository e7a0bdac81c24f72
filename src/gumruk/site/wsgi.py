"""The WSGI application that the server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from gumruk.toolkit import logs
from gumruk.toolkit.environment import current

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gumruk.site.settings")

logs.configure(style=current().log, level=current().log_level)
application = get_wsgi_application()
