"""All settings, from the environment.

Nothing set: the embedded default, for one machine, without any service. As soon as one of
PRODUCTION_NAMES is set it is production: it asks for a strong secret and the host names, and
speaks TLS only.
"""

import logging
import os
import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from mlp_planner import data_dir, logs
from mlp_planner.mailbox import read_mailbox
from mlp_planner.secret import kept_secret, strong_secret

PRODUCTION_NAMES = ("DATABASE_URL", "EMAIL_URL", "CACHE_URL", "SECRET_KEY", "ALLOWED_HOSTS")

env = environ.Env()


def at_least_one(name: str, default: int) -> int:
    """Raises ImproperlyConfigured for less: nobody could stay signed in."""
    number = env.int(name, default=default)
    if number < 1:
        raise ImproperlyConfigured(f"Set {name} to 1 or more.")
    return int(number)


PACKAGE = Path(__file__).resolve().parent
INSTALLED = (PACKAGE / "templates").is_dir()
# Where templates/, static/ and locale/ are: at the top of a checkout, in the package of a wheel.
BASE_DIR = PACKAGE if INSTALLED else PACKAGE.parent
# The beginning of a command of this program, to start it from any folder.
MANAGE = [sys.executable, *(["-m", "mlp_planner"] if INSTALLED else [str(BASE_DIR / "manage.py")])]
EMBEDDED = not any(env.str(name, default="") for name in PRODUCTION_NAMES)

# numpy reads it once, when it is imported. Several processes serve here, and the matrices of
# matching are small: with a thread for each core, busy cores wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
if not EMBEDDED and (DEBUG or DEMO):
    raise ImproperlyConfigured(
        "DEBUG and DEMO are for the embedded default only: "
        f"unset them, or unset all of {', '.join(PRODUCTION_NAMES)}."
    )
# The same from every folder. A wheel lies where updates delete it, so its data lie elsewhere.
DEFAULT_DATA_DIR = Path.home() / ".local/share/mlp-planner" if INSTALLED else BASE_DIR / "var"
DATA_DIR = Path(env.str("DATA_DIR", default=str(DEFAULT_DATA_DIR))).resolve()
data_dir.prepare(DATA_DIR, demo=DEMO)
CLOCK_FILE = DATA_DIR / "clock" if DEMO else None

# Address and secret

TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
if TRUSTED_PROXY_COUNT < 0:
    raise ImproperlyConfigured("TRUSTED_PROXY_COUNT is the number of proxies: 0 or more.")
if EMBEDDED:
    SECRET_KEY = kept_secret(DATA_DIR / "secret_key")
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    BASE_URL = env.str("BASE_URL", default=f"http://localhost:{env.int('PORT', default=8000)}")
else:
    SECRET_KEY = strong_secret(env.str("SECRET_KEY", default=""))
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "Set ALLOWED_HOSTS to the host names of this site, for instance planner.example.org."
        )
    BASE_URL = env.str("BASE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
BASE_URL = BASE_URL.rstrip("/")
# Older keys, latest first: they open what they closed, and close nothing any more.
SECRET_KEY_FALLBACKS = [
    strong_secret(key, "SECRET_KEY_FALLBACKS")
    for key in env.list("SECRET_KEY_FALLBACKS", default=[])
]

# Applications

INSTALLED_APPS = [
    "mlp_planner.apps.PlannerConfig",
    "agreements.apps.AgreementsConfig",
    "exchanges.plans.apps.PlansConfig",
    "exchanges.apps.ExchangesConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_structlog",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "mlp_planner.health.ProbeMiddleware",
    "mlp_planner.proxy.refuse_unknown_proxy",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mlp_planner.middleware.reporting_endpoint",
    "mlp_planner.middleware.RequestLogMiddleware",
    "mlp_planner.lost_database.LostDatabaseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mlp_planner.session_limits.session_limits",
    "mlp_planner.middleware.private_pages",
    "exchanges.views.language.PersonLanguageMiddleware",
    "mlp_planner.kept_text.explained_method",
    "mlp_planner.kept_text.SignInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
FILE_UPLOAD_HANDLERS = ["mlp_planner.uploads.RefuseFiles"]
CSRF_FAILURE_VIEW = "mlp_planner.kept_text.csrf_failure"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "mlp_planner.urls"
WSGI_APPLICATION = "mlp_planner.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mlp_planner.context.shell",
            ],
        },
    },
]

# Data, cache, files

DATABASE = env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASE |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.cache_url("CACHE_URL")
    if env.str("CACHE_URL", default="")
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
MEDIA_ROOT = DATA_DIR / "files"
# The head of the record, a line a day: better on another machine. Empty: not written.
_heads_file = env.str("RECORD_HEADS_FILE", default=str(DATA_DIR / "record-heads.txt"))
RECORD_HEADS_FILE = Path(_heads_file).resolve() if _heads_file else None
LEAST_FREE_MB = env.int("LEAST_FREE_MB", default=200)  # with less, /readyz says no
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = None if EMBEDDED else Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
WHITENOISE_USE_FINDERS = EMBEDDED
STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if EMBEDDED
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}

# Mail

MAIL_FOLDER = "mlp_planner.mail_folder.EmailBackend"  # writes mails to files
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = MAIL_FOLDER
EMAIL_TIMEOUT = 10
MAIL_DIR = DATA_DIR / "mail"
MAILBOX = read_mailbox(
    "DEFAULT_FROM_EMAIL", env.str("DEFAULT_FROM_EMAIL", default="planner@unionmigrantnet.example")
)
DEFAULT_FROM_EMAIL = str(MAILBOX)
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default=f"mailto:{MAILBOX.address}")
if not SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
    raise ImproperlyConfigured("SECURITY_CONTACT begins with mailto:, https:// or tel:.")

# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("el", "Ελληνικά"),
    ("sl", "Slovenščina"),
    ("bg", "Български"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FIRST_DAY_OF_WEEK = 1

# Accounts

AUTH_USER_MODEL = "exchanges.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
SESSION_ENGINE = "mlp_planner.sessions"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "exchanges.views.people.allauth.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # without it, no password can sign in
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if EMBEDDED else "https"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
# What a person's address may be asked for, and by whom: exchanges/views/people/asking.py.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip",
    "reset_password": "20/m/ip",
    "code_by_computer": "3/m/key",
    "code_by_strangers": "20/h/key",
    "proof_code": "5/h/user",
}
ACCOUNT_FORMS = {
    "request_login_code": "exchanges.views.people.asking.AskForCodeForm",
    "reset_password": "exchanges.views.people.asking.ForgottenPasswordForm",
    "confirm_login_code": "exchanges.views.people.code_forms.LoginCodeForm",
    "confirm_email_verification_code": "exchanges.views.people.code_forms.AddressCodeForm",
    "confirm_password_reset_code": "exchanges.views.people.code_forms.PasswordCodeForm",
}
MFA_ADAPTER = "exchanges.views.people.allauth.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED
MFA_TOTP_ISSUER = "MLP Planner"

# Browser security

CSP_REPORTS = "/csp-reports/"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "report-uri": [CSP_REPORTS],
        "report-to": ["csp"],
    }
}
NO_FEATURES = "camera display-capture geolocation gyroscope microphone midi payment usb"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "publickey-credentials-create": ["self"],
    "publickey-credentials-get": ["self"],
    **{feature: [] for feature in NO_FEATURES.split()},
}
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = at_least_one("SESSION_MAX_DAYS", 14) * 24 * 3600  # since signing in
SESSION_IDLE_SECONDS = at_least_one("SESSION_IDLE_HOURS", 12) * 3600  # since the last page
if not EMBEDDED:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    if TRUSTED_PROXY_COUNT > 0:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Logs

DJANGO_STRUCTLOG_USER_ID_FIELD = ""
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = logs.configure(as_json=not EMBEDDED)
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
