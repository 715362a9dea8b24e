"""Django settings: `base`, and one module for each integration."""

from jinzita.settings.accounts import *  # noqa: F403
from jinzita.settings.base import *  # noqa: F403
from jinzita.settings.database import *  # noqa: F403
from jinzita.settings.jobs import *  # noqa: F403
