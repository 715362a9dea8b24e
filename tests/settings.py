"""Settings of the tests: those of the product, over a data folder of their own."""

import atexit
import os
import shutil
import tempfile

# Tests never touch the data of an installation beside them, nor what earlier tests left. The first process
# makes the folder and takes it away; those it starts inherit its name. Who names one keeps it.
if "JINZITA_TEST_DATA" not in os.environ:
    os.environ["JINZITA_TEST_DATA"] = tempfile.mkdtemp(prefix="jinzita-test-")
    atexit.register(shutil.rmtree, os.environ["JINZITA_TEST_DATA"], ignore_errors=True)
os.environ["JINZITA_DATA"] = os.environ["JINZITA_TEST_DATA"]

from jinzita.settings import *  # noqa: F403
from jinzita.settings import DATABASES

# A test's connection is the test's own; a pool would keep others open behind it.
DATABASES["default"]["OPTIONS"].pop("pool", None)
# Signing in takes a tenth of a second on purpose; tests sign in often.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
