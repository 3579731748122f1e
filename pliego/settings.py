"""Every setting of Pliego is read here, once, from the environment. A bad value stops the start with one clear line.

The operator's settings begin with PLIEGO_ and are described in docs/operate/settings.md; a secret may come from a file
named by the same setting with _FILE behind it. What follows them is Django's own configuration, which is not offered.
"""

import os
import secrets
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

_known: set[str] = set()


def _text(name: str, default: str = "") -> str:
    _known.add(name)
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {file} cannot be read ({error.strerror}).") from error
    return os.environ.get(name, default).strip()


def _whole(name: str, default: int, least: int = 0) -> int:
    value = _text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}, not {value!r}.")
    return int(value)


def _switch(name: str, default: bool = False) -> bool:
    value = _text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "yes", "no", "true", "false", "on", "off"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value in {"1", "yes", "true", "on"}


def _words(name: str) -> list[str]:
    return [word.strip() for word in _text(name).split(",") if word.strip()]


def _site_address(name: str) -> str:
    value = _text(name).rstrip("/")
    if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc):
        raise ImproperlyConfigured(f"{name} must be a whole address such as https://pdf.example.org, not {value!r}.")
    return value


def _one_of(name: str, default: str, words: tuple[str, ...]) -> str:
    value = _text(name, default).lower()
    if value not in words:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(words)}, not {value!r}.")
    return value


def _time_zone(name: str, default: str) -> str:
    value = _text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ImproperlyConfigured(f"{name} must be a time zone such as Europe/Madrid, not {value!r}.") from error
    return value


def _secret_key(folder: Path) -> str:
    """PLIEGO_SECRET_KEY, else the one kept in the data folder, made there on the first start."""
    given = _text("PLIEGO_SECRET_KEY")
    if given:
        return given
    path = folder / "secret-key"
    try:
        return path.read_text().strip() if path.exists() else _kept(path, secrets.token_urlsafe(48))
    except OSError as error:
        reason = f"{error.filename or folder} cannot be used ({error.strerror})"
        raise ImproperlyConfigured(f"PLIEGO_DATA: {reason}.") from error


def _kept(path: Path, key: str) -> str:
    """The key once it is in the file, whole: of programs that start at the same moment one makes the key of all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix="secret-key-") as file:  # for this user only
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, path)
    return path.read_text().strip()


# --- The operator's settings -----------------------------------------------------------------------------------------

DATA = Path(_text("PLIEGO_DATA", "data")).resolve()
HOST = _text("PLIEGO_HOST", "127.0.0.1")
PORT = _whole("PLIEGO_PORT", 8000, least=1)
SITE_NAME = _text("PLIEGO_SITE_NAME", "Pliego")
SITE_ADDRESS = _site_address("PLIEGO_SITE_ADDRESS")
MAX_UPLOAD_MB = _whole("PLIEGO_MAX_UPLOAD_MB", 500, least=1)
MIN_FREE_MB = _whole("PLIEGO_MIN_FREE_MB", 512)
VERIFY_DAYS = _whole("PLIEGO_VERIFY_DAYS", 30)
PICTURE_CACHE_MB = _whole("PLIEGO_PICTURE_CACHE_MB", 2048, least=16)
WEB_WORKERS = _whole("PLIEGO_WEB_WORKERS", 1, least=1)
WEB_THREADS = _whole("PLIEGO_WEB_THREADS", 256, least=2)
READING_THREADS = _whole("PLIEGO_READING_THREADS", max(2, os.cpu_count() or 2), least=1)
SAMPLES = _switch("PLIEGO_SAMPLES")
SHOW_NETWORK = _switch("PLIEGO_SHOW_NETWORK", default=True)
TRUSTED_PROXIES = _whole("PLIEGO_TRUSTED_PROXIES", 0)
SIGN_UP = _one_of("PLIEGO_SIGN_UP", "open", ("open", "closed", "invitation"))
MAIL_HOST = _text("PLIEGO_MAIL_HOST")
MAIL_PORT = _whole("PLIEGO_MAIL_PORT", 587, least=1)
MAIL_USER = _text("PLIEGO_MAIL_USER")
MAIL_PASSWORD = _text("PLIEGO_MAIL_PASSWORD")
MAIL_SECURITY = _one_of("PLIEGO_MAIL_SECURITY", "starttls", ("starttls", "tls", "none"))
MAIL_FROM = _text("PLIEGO_MAIL_FROM")
QUOTA_ACCOUNT_MB = _whole("PLIEGO_QUOTA_ACCOUNT_MB", 0)
QUOTA_ACCOUNT_DOCUMENTS = _whole("PLIEGO_QUOTA_ACCOUNT_DOCUMENTS", 0)
QUOTA_NETWORK_MB = _whole("PLIEGO_QUOTA_NETWORK_MB", 0)
QUOTA_NETWORK_DOCUMENTS = _whole("PLIEGO_QUOTA_NETWORK_DOCUMENTS", 0)
CONTACT_MAIL = _text("PLIEGO_CONTACT_MAIL")
X_ACCEL_PREFIX = _text("PLIEGO_X_ACCEL_PREFIX").rstrip("/")
SECRET_KEY = _secret_key(DATA)

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
LOCAL_ONLY = HOST in _LOOPBACK
_ENCRYPTED = SITE_ADDRESS.startswith("https://")
ALLOWED_HOSTS = _words("PLIEGO_ALLOWED_HOSTS")
if SITE_ADDRESS:
    ALLOWED_HOSTS.append(str(urlsplit(SITE_ADDRESS).hostname))
if LOCAL_ONLY:
    ALLOWED_HOSTS += ["127.0.0.1", "[::1]", "localhost"]
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        f"PLIEGO_ALLOWED_HOSTS must name the site's hosts (for example pdf.example.org) when it listens on {HOST}."
    )

# --- Django ----------------------------------------------------------------------------------------------------------

DEBUG = False
INSTALLED_APPS = [
    "pliego.accounts",
    "pliego.documents",
    "pliego.moderation",
    "pliego.toolbox",
    "pliego.web",  # before allauth: its templates take the place of those
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "pliego.web.middleware.request_log",
    "pliego.web.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pliego.web.middleware.language",
    "pliego.web.middleware.places",
    "pliego.web.middleware.room",
    "pliego.web.middleware.sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pliego.web.middleware.sentences",
]
ROOT_URLCONF = "pliego.urls"
WSGI_APPLICATION = "pliego.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "pliego.web.context.site",
            ]
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "pliego.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # NORMAL loses acknowledged uploads at a power cut; DEFERRED gives "locked" errors with several writers.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
        },
        "TEST": {"NAME": DATA / "test.sqlite3"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["pliego.accounts.hashing.OneAtATime"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_NAME = "pliego_session"
SESSION_COOKIE_SECURE = _ENCRYPTED
SESSION_COOKIE_AGE = 60 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:files"
LOGOUT_REDIRECT_URL = "site:home"

ACCOUNT_ADAPTER = "pliego.web.gatekeeper.Gatekeeper"
ACCOUNT_FORMS = {
    "signup": "pliego.web.sign_up.SignUpForm",
    "reset_password": "pliego.web.forgotten.ForgottenForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _ENCRYPTED else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "pliego.web.second_step.AuthenticateForm",
    "reauthenticate": "pliego.web.second_step.ReauthenticateForm",
    "login_webauthn": "pliego.web.passkeys.LoginForm",
    "authenticate_webauthn": "pliego.web.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "pliego.web.passkeys.ReauthenticateForm",
    "add_webauthn": "pliego.web.passkeys.AddForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL_ONLY and not SITE_ADDRESS.startswith("https://")

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_HOST, MAIL_PORT, MAIL_USER, MAIL_PASSWORD
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SECURITY == "starttls", MAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = MAIL_FROM or f"pliego@{(SITE_ADDRESS and urlsplit(SITE_ADDRESS).hostname) or 'localhost'}"

CSRF_COOKIE_SECURE = _ENCRYPTED
CSRF_COOKIE_NAME = "pliego_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "pliego.web.views.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if SITE_ADDRESS else []
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 700  # a form of 300 boxes to tick sends two for each
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_HANDLERS = ["pliego.web.receiving.RefusingHandler"]  # the home page's form says how it takes files
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = "es"
LANGUAGES = [
    ("es", "Español"),
    ("en", "English"),
    ("fr", "Français"),
    ("pt", "Português"),
    ("de", "Deutsch"),
]
LANGUAGE_COOKIE_NAME = "pliego_language"
LOCALE_PATHS = [Path(__file__).parent / "locale"]
FORMAT_MODULE_PATH = "pliego.formats"
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = _time_zone("PLIEGO_TIME_ZONE", "UTC")
UNKNOWN_SETTINGS = sorted(
    name for name in os.environ if name.startswith("PLIEGO_") and name.removesuffix("_FILE") not in _known
)

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "pliego.web.static_files.HashedFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _MEMORY, "LOCATION": "counters", "OPTIONS": {"MAX_ENTRIES": 50_000}},  # of attempts
    "pages": {"BACKEND": _MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 500}},
    "template_fragments": {"BACKEND": _MEMORY, "LOCATION": "frame", "OPTIONS": {"MAX_ENTRIES": 1_000}},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"brief": {"()": "pliego.web.logs.Brief"}, "masked": {"()": "pliego.web.logs.Masked"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "line",
            "filters": ["brief", "masked"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},  # what is refused has its line of the request log
        "huey": {"level": "WARNING"},
    },
}
