"""Reads of integration: imports and webhooks."""

from jinzita.integration.selectors.imports import (
    bad_rows,
    get_import,
    grouped,
    imports,
    matching,
    page,
    remembered,
    some_bad_rows,
    words_used,
)
from jinzita.integration.selectors.templates import templates

__all__ = [
    "bad_rows",
    "get_import",
    "grouped",
    "imports",
    "matching",
    "page",
    "remembered",
    "some_bad_rows",
    "templates",
    "words_used",
]
