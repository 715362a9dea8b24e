"""The key that signs sessions: given, or made once and kept in the data folder."""

import os
import secrets

from jinzita.settings import environment


def secret_key() -> str:
    """The configured key, or the one kept in the data folder, readable by its owner alone."""
    given = environment.read("JINZITA_SECRET_KEY")
    if given:
        return given
    path = environment.data_folder() / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()  # another process was faster
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()
