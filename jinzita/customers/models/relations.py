"""How customers stand to each other, beside the group they belong to."""

from typing import ClassVar

from django.db import models

from jinzita.customers.models.customers import Customer


class RelationKind(models.TextChoices):
    REFERRED_BY = "referred_by"
    PARTNER_OF = "partner_of"
    COMPETITOR_OF = "competitor_of"
    AGENT_OF = "agent_of"
    SUPPLIER_OF = "supplier_of"


class Relation(models.Model):
    """`customer` was referred by, is partner, competitor, agent or supplier of `other`."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=13, choices=RelationKind)
    since = models.DateField(null=True)
    note = models.CharField(max_length=400, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["customer", "other", "kind"], name="relation_once"),
            models.CheckConstraint(condition=~models.Q(customer=models.F("other")), name="relation_two"),
            models.CheckConstraint(condition=models.Q(kind__in=RelationKind.values), name="relation_kind"),
        ]
        indexes: ClassVar = [models.Index(fields=["other"], name="relation_other")]
