"""In which language a command speaks."""

import os


def language_of(choice: str | None) -> str:
    """The language asked for, or that of the environment (LC_ALL, LC_MESSAGES, LANG); English otherwise."""
    if choice:
        return choice
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
