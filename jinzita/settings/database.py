"""Where PostgreSQL is: the company's (DATABASE_URL) or the embedded one in the data folder."""

from urllib.parse import parse_qsl, unquote, urlsplit

from jinzita.kernel.postgres import embedded_address
from jinzita.settings import environment

POOL = {"min_size": 0, "max_size": 16, "timeout": 20, "max_idle": 120}


def _from_url(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql://; other databases are not supported")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "NAME": unquote(parts.path.lstrip("/")) or "jinzita",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {**options, "pool": POOL},
    }


def _embedded() -> dict[str, object]:
    address = embedded_address(environment.data_folder() / "postgres")
    return {
        "NAME": address.database,
        "USER": address.user,
        "PASSWORD": address.password,
        "HOST": str(address.socket_folder),
        "PORT": str(address.port),
        "OPTIONS": {"pool": POOL},
    }


_url = environment.read("DATABASE_URL")
DATABASE_EMBEDDED = not _url
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        **(_from_url(_url) if _url else _embedded()),
    }
}
