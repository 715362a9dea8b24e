"""Declared fields and what reads them: lists, filters, sorting, paging, export, import, the browser."""

from jinzita.kernel.records.fields import (
    Choice,
    Field,
    FieldType,
    RecordKind,
    kind,
    kinds,
    register,
    tie,
)

__all__ = ["Choice", "Field", "FieldType", "RecordKind", "kind", "kinds", "register", "tie"]
