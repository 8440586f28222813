"""Settings. The mode is derived from what is set in the environment and has no name of its own."""

from __future__ import annotations

from pathlib import Path

import dj_database_url

from jianggaosai import env, keys
from jianggaosai.settings import logs
from jianggaosai.settings.people import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.get("DATA_DIR") or BASE_DIR / "var")
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG: bool = env.get("DEBUG")
STAFF_SECOND_FACTOR: bool = env.get("STAFF_SECOND_FACTOR") and not DEBUG  # the demo's logins are for a first look
SITE_URL: str = env.get("SITE_URL").rstrip("/")
SECRET_KEY: str = env.get("SECRET_KEY") or keys.from_file(DATA_DIR / "keys", "secret")
RETIRED_SECRET_KEYS = keys.retired(env.get("RETIRED_SECRET_KEYS"))
_ledger_keys = env.get("LEDGER_SIGNING_KEY") or keys.from_file(DATA_DIR / "keys", "ledger").split(",")
LEDGER_SIGNING_KEY: str = _ledger_keys[0]
LEDGER_COSIGNING_KEYS: list[str] = _ledger_keys[1:]
KEY_WRAPPING_KEY: str = env.get("KEY_WRAPPING_KEY") or keys.from_file(DATA_DIR / "keys", "wrapping")
KEYS_FROM_ENVIRONMENT = bool(env.get("LEDGER_SIGNING_KEY") or env.get("KEY_WRAPPING_KEY"))
ALLOWED_HOSTS: list[str] = env.get("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS: list[str] = env.get("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES: list[str] = env.get("TRUSTED_PROXIES")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "core",
    "accounts",
    "competitions",
    "entries",
    "voting",
    "judging",
    "results",
    "console",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules.apps.AutodiscoverRulesConfig",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "template_partials",
    "captcha",
    "jianggaosai",
]

# Full matches of paths that go by the short chain (core/hot_paths.py), and the middleware that only pages need: around a page
# shown behind such a path, and nothing else.
HOT_PATHS = [r"/[a-z0-9-]+/vote/cast/", r"/[a-z0-9-]+/board/data\.json"]
HOT_PATH_PAGES = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.Authentication",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
MIDDLEWARE = [
    "core.hot_paths.HotPaths",
    "core.middleware.request_context",
    "core.slow_bodies.SlowBodies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.Authentication",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.rate_limits",
    "accounts.middleware.staff_presence",
    "accounts.middleware.staff_second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.refusals",
]

ROOT_URLCONF = "jianggaosai.urls"
WSGI_APPLICATION = "jianggaosai.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jianggaosai.context.site",
                "console.context.console",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.static",
                "core.templatetags.icons",
                "core.templatetags.figures",
                "core.templatetags.dates",
                "core.templatetags.status",
            ],
        },
    },
]

# --- data -------------------------------------------------------------------------------------------------
if env.get("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(env.get("DATABASE_URL"), conn_max_age=None)}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
    # Shorter than the grace the closing of a vote waits out: no statement may still write after it.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c statement_timeout=25s"
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA_DIR / "db.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

if env.get("REDIS_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.get("REDIS_URL")}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": DATA_DIR / "cache",
        }
    }

# --- jobs -------------------------------------------------------------------------------------------------
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
if env.get("REDIS_URL"):
    CELERY_BROKER_URL = env.get("REDIS_URL")
else:
    CELERY_BROKER_URL = "filesystem://"
    _broker = DATA_DIR / "broker"
    for _folder in ("queue", "control"):
        (_broker / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker / "queue"),
        "data_folder_out": str(_broker / "queue"),
        "control_folder": str(_broker / "control"),
        "store_processed": False,
    }

# --- files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.get("STATIC_ROOT") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
PUBLIC_MEDIA_ROOT = DATA_DIR / "public"
PUBLIC_MEDIA_URL = "/public/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.static_files.HashedStaticFiles"},
}
UPLOAD_ROOT = DATA_DIR / "uploads"  # files under way; on the disk of MEDIA_ROOT a finished one is moved, not copied
UPLOAD_ROOT.mkdir(parents=True, exist_ok=True)
FILE_UPLOAD_TEMP_DIR = UPLOAD_ROOT
ATTACHMENT_SIZE_LIMITS = {
    "default": 10 * 1024 * 1024,
    "proposal": 20 * 1024 * 1024,
    "anonymised": 20 * 1024 * 1024,
    "deck": 100 * 1024 * 1024,
    "video": 200 * 1024 * 1024,
}
ATTACHMENT_TOTAL_LIMIT = 500 * 1024 * 1024
ATTACHMENT_MAX_COUNT = 40
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000

# --- mail -------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.get("MAIL_FROM")
if env.get("MAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = env.get("MAIL_HOST"), env.get("MAIL_PORT")
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.get("MAIL_USER"), env.get("MAIL_PASSWORD")
    EMAIL_USE_SSL, EMAIL_TIMEOUT = env.get("MAIL_PORT") == 465, 15
    EMAIL_USE_TLS = env.get("MAIL_PORT") == 587
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

OUTBOX_RATES = {"mail": 120, "sms": 60}  # a minute; what comes on top waits for its turn
OUTBOX_KEEPS_CODES = DEBUG  # a developer reads them on /dev/; on a server a code that is out is not kept
SMS_ACCESS_KEY, SMS_ACCESS_SECRET = env.get("SMS_ACCESS_KEY"), env.get("SMS_ACCESS_SECRET")
SMS_SIGN_NAME, SMS_ENDPOINT = env.get("SMS_SIGN_NAME"), env.get("SMS_ENDPOINT")
SMS_TEMPLATES = dict(pair.split("=", 1) for pair in env.get("SMS_TEMPLATES") if "=" in pair)

WEBHOOKS_MAY_CALL_LOCAL = False  # only tests, whose receiver runs on this machine

# --- words and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_THOUSAND_SEPARATOR = False

# --- defence ----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
if env.get("SECURE_COOKIES"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz/"]

VOTE_PROOF_COST = 200 if DEBUG else 5_000  # iterations of each of about 256 tries; low for developers, never off
WECHAT_APP_ID: str = env.get("WECHAT_APP_ID")
WECHAT_APP_SECRET: str = env.get("WECHAT_APP_SECRET")
WECHAT_API_URL: str = env.get("WECHAT_API_URL").rstrip("/")
WECHAT_OPEN_URL = "https://open.weixin.qq.com"
CAPTCHA_FONT_SIZE, CAPTCHA_FOREGROUND_COLOR, CAPTCHA_LETTER_ROTATION = 44, "#0b6153", (-25, 25)
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "jianggaosai.paging.Pages",
    "DEFAULT_THROTTLE_CLASSES": ["accounts.caller.CallerThrottle"],
    "DEFAULT_THROTTLE_RATES": {"caller": "300/min"},
    "EXCEPTION_HANDLER": "jianggaosai.problems.handle",
    "UNAUTHENTICATED_USER": None, "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "江高赛 API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "ComputationStateEnum": "results.models.Computation.State",
        "EntryStateEnum": "jianggaosai.schema.entry_states",
        "SheetStateEnum": "jianggaosai.schema.sheet_states",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "jianggaosai.schema.without_column_ranges",
        "jianggaosai.schema.with_problems",
    ],
}

LOGGING = logs.config(json=env.get("LOG_JSON"), level="INFO" if DEBUG else "WARNING")
