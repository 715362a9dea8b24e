"""Kinds of records that name another kind: what a customer has."""

from collections.abc import Mapping

from django.apps import apps
from django.db import models

from jinzita.kernel.records.fields import RecordKind, kinds, ties


def related_kinds(of: str) -> Mapping[str, tuple[RecordKind, str]]:
    """The kinds whose records name one of kind `of`, with the name of the field that does, by code."""
    root = kinds().get(of)
    if root is None:
        return {}
    target = apps.get_model(root.model)
    found: dict[str, tuple[RecordKind, str]] = {}
    for code, one in {**kinds(), **ties()}.items():
        for field in apps.get_model(one.model)._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is target and code != of:
                found[code] = (one, field.name)
                break
    return found
