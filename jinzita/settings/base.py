"""Django's own settings and the company's."""

from pathlib import Path
from zoneinfo import ZoneInfo

from jinzita.settings import environment
from jinzita.settings.secret import secret_key

PROJECT = Path(__file__).resolve().parents[2]
DATA_FOLDER = environment.data_folder()

SECRET_KEY = secret_key()
DEBUG = environment.read_flag("JINZITA_DEBUG")
ALLOWED_HOSTS = environment.read_list("JINZITA_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.read_list("JINZITA_TRUSTED_ORIGINS")

ROOT_URLCONF = "jinzita.urls"
ASGI_APPLICATION = "jinzita.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "allauth.headless",
    "jinzita.kernel",
    "jinzita.people",
    "jinzita.customers",
    "jinzita.assignment",
    "jinzita.privacy",
    "jinzita.products",
    "jinzita.activities",
    "jinzita.treatment",
    "jinzita.quality",
    "jinzita.sales",
    "jinzita.agreements",
    "jinzita.receivables",
    "jinzita.value",
    "jinzita.integration",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jinzita.kernel.api.wrong_methods_in_words",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
# Stored instants are UTC; calendar days are the company's (COMPANY_TIME_ZONE).
TIME_ZONE = "UTC"
COMPANY_TIME_ZONE = ZoneInfo(environment.read("JINZITA_TIME_ZONE"))
COMPANY_CURRENCY = environment.read("JINZITA_CURRENCY")
COMPANY_NAME = environment.read("JINZITA_COMPANY")
PUBLIC_URL = (environment.read("JINZITA_URL") or f"http://localhost:{environment.read('PORT')}").rstrip("/")
WEBHOOK_ALLOW_PRIVATE = environment.read_flag("JINZITA_WEBHOOK_ALLOW_PRIVATE")
SMTP_URL = environment.read("JINZITA_SMTP_URL")
MAIL_FROM = environment.read("JINZITA_MAIL_FROM")

STATIC_URL = "/static/"
WEB_BUILD = PROJECT / "web" / "dist"
WHITENOISE_ROOT = WEB_BUILD if WEB_BUILD.is_dir() else None
WHITENOISE_INDEX_FILE = False

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CSRF_TRUSTED_ORIGINS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(CSRF_TRUSTED_ORIGINS)
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
MAX_UPLOAD_BYTES = int(environment.read("JINZITA_MAX_UPLOAD_MB")) * 1024 * 1024

FILE_MAX_BYTES = int(environment.read("JINZITA_FILE_MAX_MB")) * 1024 * 1024
FILE_KINDS = environment.read_list("JINZITA_FILE_KINDS")
FILE_SCANNER = environment.read("JINZITA_FILE_SCANNER")
PDF_FONT = environment.read("JINZITA_PDF_FONT")

LAKE_FOLDER = DATA_FOLDER / "lake"
UPLOAD_FOLDER = DATA_FOLDER / "uploads"
PHOTO_FOLDER = DATA_FOLDER / "photos"
FILE_FOLDER = DATA_FOLDER / "files"
ANALYTICS_ENGINE = environment.read("JINZITA_ENGINE")
SPARK_MASTER = environment.read("JINZITA_SPARK_MASTER")
WAREHOUSE_TABLES = dict(pair.split("=", 1) for pair in environment.read_list("JINZITA_WAREHOUSE_TABLES"))
NIGHTLY_AT = environment.read("JINZITA_NIGHTLY_AT")
OVERRIDE_DAYS = int(environment.read("JINZITA_OVERRIDE_DAYS"))
UNDO_DAYS = int(environment.read("JINZITA_UNDO_DAYS"))
TRASH_DAYS = int(environment.read("JINZITA_TRASH_DAYS"))
# The database refuses to let go of younger ones.
READS_DAYS = max(30, int(environment.read("JINZITA_READS_DAYS")))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"jinzita": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
