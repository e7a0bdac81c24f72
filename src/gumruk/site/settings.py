"""Django's settings, read once from the typed environment."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from gumruk.toolkit.environment import current

BASE = Path(__file__).resolve().parent.parent

ENVIRONMENT = current()
SECRET_KEY = ENVIRONMENT.key()
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = [name.strip() for name in ENVIRONMENT.hosts.split(",")]


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }


# Migrations are run as the owner of the tables: `gumruk migrate` puts the owner's address here.
DATABASES = {"default": _database(ENVIRONMENT.database_url)}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_cotton",
    "django_htmx",
    "procrastinate.contrib.django",
    "gumruk.toolkit",
    "gumruk.reference",
    "gumruk.lawbook",
    "gumruk.offices",
    "gumruk.trust",
    "gumruk.notices",
    "gumruk.guidance",
    "gumruk.work",
    "gumruk.documents",
    "gumruk.tariff",
    "gumruk.payments",
    "gumruk.risk",
    "gumruk.inspection",
    "gumruk.declarations",
    "gumruk.figures",
    "gumruk.clearance",
    "gumruk.api",
    "gumruk.web",
]

MIDDLEWARE = [
    "gumruk.site.requests.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gumruk.site.requests.Compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "gumruk.site.requests.PlainText",
    "django.middleware.csrf.CsrfViewMiddleware",
    "gumruk.lawbook.middleware.OneLaw",
    "gumruk.trust.middleware.SignedIn",
    "gumruk.web.policy.ContentPolicy",
    "gumruk.api.middleware.Contract",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "gumruk.site.urls"
WSGI_APPLICATION = "gumruk.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "gumruk.web.context.page",
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]

AUTH_USER_MODEL = "trust.User"
LOGIN_URL = "sign-in"
SILENCED_SYSTEM_CHECKS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("tg", _("Tajik")), ("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
FORMAT_MODULE_PATH = ["gumruk.toolkit.formats"]
TIME_ZONE = "Asia/Dushanbe"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.state / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # a declaration of 1,999 items by the API, without its documents
UPLOAD_MAX_BYTES = 128 * 1024 * 1024  # one form with all its files; what one file may hold is a dated setting
FILE_UPLOAD_HANDLERS = [
    "gumruk.toolkit.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # an item grid posts eleven fields for each item
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
# Notices by e-mail: without a server none is sent, and the page of the inbox says so.
MAIL_FROM = ENVIRONMENT.mail_from if ENVIRONMENT.mail_server else ""
SITE_ADDRESS = ENVIRONMENT.site.rstrip("/")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_FROM else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail_server.partition(":")[0], int(ENVIRONMENT.mail_server.partition(":")[2] or 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.mail_user, ENVIRONMENT.mail_password
EMAIL_USE_TLS, EMAIL_USE_SSL = ENVIRONMENT.mail_security == "starttls", ENVIRONMENT.mail_security == "tls"
EMAIL_TIMEOUT = 20
# Logging is set up by `gumruk.toolkit.logs`, for the site and the worker alike.
LOGGING_CONFIG = None
