"""The one module that reads the environment.

Every setting a company may change is declared here with its meaning; `docs/settings.md` lists them
and a test compares the two.
"""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, its default as text ("" = none), and what it means."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("DATABASE_URL", "", "PostgreSQL 16 or newer to use instead of the embedded one"),
    Setting("PORT", "8000", "port of the web application"),
    Setting("HOST", "127.0.0.1", "address the web application listens on"),
    Setting("JINZITA_DATA", "data", "folder for the embedded database, the lake and uploads"),
    Setting("JINZITA_SECRET_KEY", "", "key that signs sessions; made and kept in the data folder when empty"),
    Setting("JINZITA_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "host names the application answers to"),
    Setting("JINZITA_TRUSTED_ORIGINS", "", "https origins of a proxy in front, comma separated"),
    Setting("JINZITA_DEBUG", "0", "1 shows technical error pages; never in production"),
    Setting("JINZITA_TIME_ZONE", "Asia/Shanghai", "the company's time zone: where its calendar days begin"),
    Setting("JINZITA_CURRENCY", "CNY", "the company's currency, ISO 4217"),
    Setting("JINZITA_COMPANY", "Jinzita", "the company's name, shown at sign-in and in reports"),
    Setting("JINZITA_ENGINE", "duckdb", "analytics engine: duckdb or spark"),
    Setting("JINZITA_SPARK_MASTER", "local[2]", "Spark master when the engine is spark"),
    Setting(
        "JINZITA_WAREHOUSE_TABLES",
        "",
        "fact tables in the company's own warehouse, as fact=location pairs, comma separated "
        "(a Parquet path or a table name of the engine); others come from the lake",
    ),
    Setting("JINZITA_MAX_UPLOAD_MB", "1024", "largest file the import accepts, in MiB"),
    Setting("JINZITA_FILE_MAX_MB", "20", "largest file that can be added to a customer or a note, in MiB"),
    Setting(
        "JINZITA_FILE_KINDS",
        "pdf,png,jpeg,webp,gif,docx,xlsx,pptx,txt,csv,zip",
        "kinds of files that can be added, known by what they hold",
    ),
    Setting("JINZITA_FILE_SCANNER", "", "command that looks at each file added, as clamdscan --fdpass"),
    Setting("JINZITA_PDF_FONT", "", "TrueType font file for PDFs instead of Noto Sans SC"),
    Setting("JINZITA_URL", "", "address under which people open the application; for the links in mails"),
    Setting("JINZITA_SMTP_URL", "", "mail server, as smtp://user:password@host:587 or smtps://…:465"),
    Setting("JINZITA_MAIL_FROM", "", "sender of mails, as Jinzita <crm@example.com>"),
    Setting(
        "JINZITA_WEBHOOK_ALLOW_PRIVATE",
        "0",
        "1 lets webhooks and chat robots reach private, loopback and link-local addresses, and use http",
    ),
    Setting("JINZITA_OIDC_NAME", "", "names of the company's OpenID Connect providers, as shown at sign-in"),
    Setting("JINZITA_OIDC_SERVER", "", "their addresses (issuers), in the same order"),
    Setting("JINZITA_OIDC_CLIENT_ID", "", "client ids this application has there"),
    Setting("JINZITA_OIDC_CLIENT_SECRET", "", "the secrets of these clients"),
    Setting(
        "JINZITA_OIDC_ROLE", "", "role of people the provider knows and we do not; empty: they are refused"
    ),
    Setting("JINZITA_NIGHTLY_AT", "02:30", "local time of the nightly full run"),
    Setting("JINZITA_OVERRIDE_DAYS", "366", "days for which a grade may be overridden by hand, at most"),
    Setting("JINZITA_UNDO_DAYS", "30", "days for which bulk changes, imports and merges can be undone"),
    Setting("JINZITA_TRASH_DAYS", "30", "days for which customers stay in the trash"),
    Setting("JINZITA_READS_DAYS", "365", "days for which the audit log keeps reads; at least 30"),
)

_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def read(name: str) -> str:
    """The value of a declared setting; an empty variable counts as not set."""
    return os.environ.get(name) or _DEFAULTS[name]


def read_flag(name: str) -> bool:
    return read(name).strip().lower() in {"1", "true", "yes", "on"}


def read_list(name: str) -> list[str]:
    return [part.strip() for part in read(name).split(",") if part.strip()]


def data_folder() -> Path:
    """Absolute path of the data folder (not created here)."""
    return Path(read("JINZITA_DATA")).expanduser().resolve()
