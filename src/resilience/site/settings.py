"""Django's settings. What an operator may change comes from the environment; docs/use/administrator.md lists it."""

from __future__ import annotations

import os

from django.utils.translation import gettext_lazy as _

from resilience.site.database import database
from resilience.site.folders import PACKAGE, client_folder, data_folder, models_folder, secret_key

SITE = PACKAGE / "site"
RESILIENCE_DATA = data_folder()
SECRET_KEY = secret_key(RESILIENCE_DATA)
# The key under which a person's address is hashed, so that one person is counted once across partners. Losing it
# means that people met before and after are counted twice: it belongs into every backup.
PEOPLE_KEY = secret_key(RESILIENCE_DATA, "people-key")
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "*").split(",") if host]
# "1": a proxy in front speaks https to the world and says so in X-Forwarded-Proto; browsers are told to stay on https.
# "own": this server speaks https with its own certificate (`resilience run --https`); names like localhost must remain
# free for http, so that browsers are told nothing. Cookies are kept to https in both.
HTTPS = os.environ.get("HTTPS", "")

INSTALLED_APPS = [
    "resilience.people.apps.PeopleConfig",
    "resilience.records.apps.RecordsConfig",
    "resilience.programme.apps.ProgrammeConfig",
    "resilience.results.apps.ResultsConfig",
    "resilience.site.apps.SiteConfig",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "resilience.site.assets.ServeFiles",
    "resilience.site.security.policy_headers",
    "resilience.site.limits.rate_limits",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "resilience.site.actors.actor_and_scope",
]
ROOT_URLCONF = "resilience.site.urls"
ASGI_APPLICATION = "resilience.site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "resilience.site.templatetags.resilience"],
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL"), RESILIENCE_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}}

# Accounts
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "resilience.site.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Resilience"
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "resilience@localhost")
# Where the pages are in the world, as letters, tickets and certificates name them.
SITE_ADDRESS = os.environ.get("SITE_ADDRESS", f"http://localhost:{os.environ.get('PORT', '8000')}").rstrip("/")

# Languages, times
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("cy", _("Welsh"))]
# A catalogue for each area of the site.
LOCALE_PATHS = sorted((SITE / "locales").iterdir())
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["resilience.site.formats"]
USE_TZ = True
TIME_ZONE = os.environ.get("TIME_ZONE", "Europe/London")

# Files a browser fetches. `serve.run` gathers and compresses them into the data folder when one has changed.
STATIC_URL = "/static/"
STATIC_ROOT = RESILIENCE_DATA / "static"
CLIENT_FOLDER = client_folder()
STATICFILES_FINDERS = ["resilience.site.assets.Files"]
STATIC_SOURCES = {"": SITE / "static", "client": CLIENT_FOLDER, "models": models_folder()}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# The client build puts a mark of its content into the name of each of these files.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/client/assets/"

# Security
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS in {"1", "own"}
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS in {"1", "own"}
CSRF_FAILURE_VIEW = "resilience.site.pages.errors.csrf_failed"
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("TRUSTED_ORIGINS", "").split(",") if origin]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS == "1" else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS == "1" else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
# Requests in one minute from one address: (method, beginning of the path, requests). A class shares one address.
RATE_LIMITS = [
    ("POST", "/api/sessions", 120),
    ("POST", "/try", 120),
    ("POST", "/join", 120),
    ("POST", "/class", 480),
    ("POST", "/account/", 60),
    ("POST", "/attend/", 60),
    ("GET", "/ticket/", 600),
    ("GET", "/api/", 1200),
]

MESSAGE_TAGS = {25: "good", 40: "critical"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
# The proxy that speaks https redirects http; subdomains and preload lists are their owner's to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
