"""The base of every fact, and the months in which facts were written."""

from django.db import models


class Sourced(models.Model):
    """Base of records that come from somewhere: the source and its key there make them unique.

    The same file or message loaded twice therefore changes nothing.
    """

    source = models.CharField(max_length=50)
    source_key = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True, db_default=models.functions.Now())
    updated_at = models.DateTimeField(auto_now=True, db_default=models.functions.Now())

    class Meta:
        abstract = True


class Touched(models.Model):
    """A month of a fact table that was written since the lake last took it (null: a table without months)."""

    fact = models.CharField(max_length=30)
    month = models.DateField(null=True)
