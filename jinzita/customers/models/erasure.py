"""People who were forgotten."""

from typing import ClassVar

from django.db import models


class ErasedKey(models.Model):
    """By what a source knew somebody who was erased, as a digest that only this installation can compute.

    So that an import does not bring back who asked to be forgotten. The id is a plain number.
    """

    of = models.CharField(max_length=20)
    source = models.CharField(max_length=50)
    digest = models.CharField(max_length=64)
    record_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "of", "digest"], name="erased_key_once"),
        ]
