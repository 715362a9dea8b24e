"""Reads of integration: imports and webhooks."""

from jinzita.integration.selectors.imports import bad_rows, get_import, imports, remembered, some_bad_rows

__all__ = ["bad_rows", "get_import", "imports", "remembered", "some_bad_rows"]
