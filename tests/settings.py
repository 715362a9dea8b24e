"""Settings of the tests: those of the product, over a data folder of their own."""

import os
import tempfile
from pathlib import Path

# Tests never touch the data of an installation beside them.
os.environ["JINZITA_DATA"] = os.environ.get("JINZITA_TEST_DATA") or str(
    Path(tempfile.gettempdir()) / f"jinzita-test-{os.getuid()}"
)

from jinzita.settings import *  # noqa: F403
from jinzita.settings import DATABASES

# A test's connection is the test's own; a pool would keep others open behind it.
DATABASES["default"]["OPTIONS"].pop("pool", None)
# Signing in takes a tenth of a second on purpose; tests sign in often.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
