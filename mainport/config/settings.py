# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Django settings, all from the environment; `docs/operations.md` lists the variables.

With none set: SQLite in the data directory, http://localhost:8000, e-mail on the console.
"""

import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env, validate

env = Env()

PACKAGE_DIR = Path(__file__).resolve().parent.parent

DATA_DIR: Path = env.path("MAINPORT_DATA_DIR", Path.cwd() / "data").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
INDEX_DIR = DATA_DIR / "index"
SEARCH_ENGINE: str = env.str("MAINPORT_SEARCH_ENGINE", "tantivy", validate=validate.OneOf(["tantivy", "postgres"]))

# Where the site is reached. Everything about hosts and https follows from it.
SITE_URL: str = env.str("MAINPORT_URL", "http://localhost:8000").rstrip("/")
_site = urlsplit(SITE_URL)
HTTPS = _site.scheme == "https"

DEBUG: bool = env.bool("MAINPORT_DEBUG", False)
ALLOWED_HOSTS: list[str] = env.list(
    "MAINPORT_HOSTS", [_site.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
)


def _kept_secret(path: Path) -> str:
    """A secret key made once for this data directory, readable by its owner only."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


SECRET_KEY: str = env.str("SECRET_KEY", "") or _kept_secret(DATA_DIR / "secret-key")

INSTALLED_APPS = [
    "mainport.core",
    "mainport.catalogue",
    "mainport.agenda",
    "mainport.region",
    "mainport.talent",
    "mainport.monitor",
    "mainport.cycle",
    "mainport.board",
    "mainport.web",
    "mainport.api",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "ninja",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "mainport.web.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "mainport.api.door.door",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mainport.web.middleware.second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "mainport.config.urls"
WSGI_APPLICATION = "mainport.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mainport.web.context.site",
            ],
        },
    },
]

# --- State ---

_SQLITE_OPTIONS = {
    # A writer takes its lock when the transaction begins: it waits for its turn instead of
    # failing half-way with "database is locked" (https://www.sqlite.org/lang_transaction.html).
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}

DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL", f"sqlite:///{DATA_DIR / 'mainport.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = _SQLITE_OPTIONS

# In the database, so that every process counts the same rate limits.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"  # Never served as such: a view hands a file to those who may see it.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Languages and time ---

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
FORMAT_MODULE_PATH = ["mainport.web.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- People ---

AUTH_USER_MODEL = "core.Person"
AUTHENTICATION_BACKENDS = ["mainport.web.accounts.backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    # NIST SP 800-63B: length counts, composition rules do not.
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace"

ACCOUNT_ADAPTER = "mainport.web.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "mainport.web.accounts.adapters.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # No e-mail to strangers whose address somebody types in.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True  # One address a person; the new one counts once it is confirmed.
ACCOUNT_EMAIL_NOTIFICATIONS = True  # Whoever's password, address or second factor changes is told so.
ACCOUNT_SESSION_REMEMBER = True  # For as long as SESSION_COOKIE_AGE says, without a box to tick.
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "reset_password": "10/m/ip,3/10m/key"}
ACCOUNT_FORMS = {
    "login": "mainport.web.accounts.entrance_forms.LoginForm",
    "reset_password": "mainport.web.accounts.entrance_forms.ResetPasswordForm",
    "reset_password_from_key": "mainport.web.accounts.entrance_forms.ResetPasswordKeyForm",
    "change_password": "mainport.web.accounts.entrance_forms.ChangePasswordForm",
    "set_password": "mainport.web.accounts.entrance_forms.SetPasswordForm",
    "add_email": "mainport.web.accounts.entrance_forms.AddEmailForm",
    "reauthenticate": "mainport.web.accounts.entrance_forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "mainport.web.accounts.entrance_forms.CodeForm",
    "reauthenticate": "mainport.web.accounts.entrance_forms.ReauthenticateCodeForm",
    "activate_totp": "mainport.web.accounts.entrance_forms.ActivateTOTPForm",
    "add_webauthn": "mainport.web.accounts.entrance_forms.AddPasskeyForm",
    "edit_webauthn": "mainport.web.accounts.entrance_forms.EditPasskeyForm",
}
MFA_ADAPTER = "mainport.web.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Mainport"
MFA_TOTP_TOLERANCE = 1  # One step of 30 seconds to either side, for slow hands and clocks (RFC 6238, 5.2).

# SURFconext or another OpenID Connect provider: active when all three are set.
OIDC_URL: str = env.str("MAINPORT_OIDC_URL", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": env.str("MAINPORT_OIDC_ID", "surfconext"),
                "name": env.str("MAINPORT_OIDC_NAME", "SURFconext"),
                "client_id": env.str("MAINPORT_OIDC_CLIENT_ID"),
                "secret": env.str("MAINPORT_OIDC_SECRET"),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

# --- E-mail ---

_email = env.dj_email_url("EMAIL_URL", "console:")
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email["EMAIL_HOST"]
EMAIL_PORT = _email["EMAIL_PORT"]
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _email["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL: str = env.str("MAINPORT_EMAIL_FROM", f"mainport@{_site.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SECURITY_CONTACT: str = env.str("MAINPORT_SECURITY_CONTACT", f"mailto:security@{_site.hostname}")
# An alliance's NL Design System theme: the address, on this site, of a style sheet laid over ours.
THEME_CSS: str = env.str("MAINPORT_THEME_CSS", "")

# --- Who keeps the books ---

# What invoices, the auditfile and IATI say of the alliance, or of the partner that keeps its books, beside its name.
BOOKS: dict[str, str] = {
    "kvk": env.str("MAINPORT_BOOKS_KVK", ""),
    "vat": env.str("MAINPORT_BOOKS_VAT", ""),
    "street": env.str("MAINPORT_BOOKS_STREET", ""),
    "postcode": env.str("MAINPORT_BOOKS_POSTCODE", ""),
    "city": env.str("MAINPORT_BOOKS_CITY", ""),
    "email": env.str("MAINPORT_BOOKS_EMAIL", ""),
}
# As registered with IATI; without it, made of the KvK number or of the alliance's own key.
IATI_ORGANISATION: str = env.str("MAINPORT_IATI_ORGANISATION", "")

# --- Trust ---

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # Asked by the machine itself, over http.
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.bool("MAINPORT_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # Rate limits count the visitor's address, not the proxy's.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # The QR code of a second factor is drawn into its page.
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
UPLOAD_LIMIT = 10 * 1024 * 1024
# A file of a work that is handed in, in MiB. No upload of any sort may be larger.
FILE_LIMIT: int = env.int("MAINPORT_FILE_MIB", 100) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "mainport.web.uploads.Door",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600

# Requests a minute that one address may make of the API, in each process.
API_RATE: int = env.int("MAINPORT_API_RATE", 600)

# The name of this catalogue in the numbers that harvesters know its records by: it can't change once they do. By the
# guidelines it is a domain, which localhost and a bare number aren't.
OAI_DOMAIN: str = env.str("MAINPORT_OAI_DOMAIN", "") or (
    str(_site.hostname)
    if re.fullmatch(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+", str(_site.hostname))
    else "mainport.localhost"
)

# Where DOIs of works are registered (https://api.datacite.org, or https://api.test.datacite.org to try): all or none.
DATACITE: dict[str, str] = {
    "url": env.str("MAINPORT_DATACITE_URL", "").rstrip("/"),
    "prefix": env.str("MAINPORT_DATACITE_PREFIX", ""),
    "account": env.str("MAINPORT_DATACITE_ACCOUNT", ""),
    "password": env.str("MAINPORT_DATACITE_PASSWORD", ""),
}

# Feeds may reach outside addresses only. With this they may reach this machine too: for tests.
FEEDS_ALLOW_LOOPBACK: bool = env.bool("MAINPORT_FEEDS_ALLOW_LOOPBACK", False)
# What one visit to a feed may bring, in MiB, unpacked.
FEEDS_MAX_MIB: int = env.int("MAINPORT_FEEDS_MAX_MIB", 512)
# What one visit to a feed may take, in seconds.
FEEDS_MAX_SECONDS: int = env.int("MAINPORT_FEEDS_MAX_SECONDS", 900)
# Keys of sources that ask for one, by host: klimaatmonitor.databank.nl=KEY,other.host=KEY. Shown to that host alone.
FEEDS_API_KEYS: dict[str, str] = env.dict("MAINPORT_FEEDS_API_KEYS", {})
# Bearer tokens with which people are enrolled at providers, by host; see feeds/associations.py of the catalogue.
ENROL_KEYS: dict[str, str] = env.dict("MAINPORT_ENROL_KEYS", {})
# Bearer tokens of software that may enrol people for courses here, by its name: library-app=KEY.
OEAPI_KEYS: dict[str, str] = env.dict("MAINPORT_OEAPI_KEYS", {})
# What one harvest of works or courses may bring and take. One that is broken off by this can be taken up again.
HARVEST_MAX_MIB: int = env.int("MAINPORT_HARVEST_MAX_MIB", 20480)
HARVEST_MAX_SECONDS: int = env.int("MAINPORT_HARVEST_MAX_SECONDS", 21600)
HARVEST_MAX_RECORDS: int = env.int("MAINPORT_HARVEST_MAX_RECORDS", 5_000_000)

# --- Certificates ---

# By which certificates are signed; another key makes those that were issued before untrue.
BADGE_KEY: str = env.str("MAINPORT_BADGE_KEY", "") or _kept_secret(DATA_DIR / "badge-key")
# Who issues them, by name.
BADGE_ISSUER: str = env.str("MAINPORT_BADGE_ISSUER", "Digitale Academie")

# --- Logs ---

LOGGING_CONFIG = "mainport.config.logs.configure"
LOGGING: str = env.str("MAINPORT_LOG_LEVEL", "INFO")
