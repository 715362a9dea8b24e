"""Customers: who they are, where each of them stands, and by what they are found."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower, Trim

from jinzita.kernel.models import Sourced

_DIGITS = (
    "regexp_replace(regexp_replace(%(expressions)s, '[^0-9]', '', 'g'), '^(?:00)?86(1[3-9][0-9]{9})$', '\\1')"
)


class Kind(models.TextChoices):
    ORGANISATION = "organisation"
    PERSON = "person"


class Grade(models.TextChoices):
    """Best first; a prospect has not bought yet and carries no score."""

    VIP = "vip"
    IMPORTANT = "important"
    ORDINARY = "ordinary"
    SMALL = "small"
    PROSPECT = "prospect"


def digits_of(expression: Any) -> models.Func:
    """A telephone number's digits, without the country code of a Chinese mobile."""
    return models.Func(expression, template=_DIGITS, output_field=models.TextField())


class Customer(Sourced):
    """An organisation or a person the company deals with, or would like to.

    `department` follows the owner's department, so that who may see a customer is decided from this row.
    `attributes` maps the code of an AttributeDefinition to its value; unknown attributes are left out.
    A customer that was merged stays as a row that leads to the survivor: `merged_into`, which is never itself
    merged.
    `version` grows with every change, by whatever way, so that nobody overwrites what they did not see. A
    customer with `trashed_at` lies in the trash: nobody sees it but those who may restore it.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ORGANISATION)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    department = models.ForeignKey(
        "people.Department", models.PROTECT, null=True, related_name="+", db_index=False
    )
    phone = models.CharField(max_length=40, blank=True, default="", db_default="")
    email = models.CharField(max_length=254, blank=True, default="", db_default="")
    attributes = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, default=None, related_name="+", db_index=False
    )
    # The organisation this one belongs to, in a group of companies.
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    tags = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    version = models.IntegerField(default=1, db_default=1)
    trashed_at = models.DateTimeField(null=True)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # Since then nothing personal is known; a trigger keeps it so.
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_key"], name="customer_source"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="customer_kind"),
            models.CheckConstraint(condition=~models.Q(name=""), name="customer_named"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner"], name="customer_owner", condition=models.Q(owner__isnull=False)),
            models.Index(
                fields=["department"],
                name="customer_department",
                condition=models.Q(department__isnull=False),
            ),
            models.Index(fields=["-created_at", "-id"], name="customer_created"),
            models.Index(
                fields=["merged_into"],
                name="customer_merged_into",
                condition=models.Q(merged_into__isnull=False),
            ),
            models.Index(fields=["parent"], name="customer_parent", condition=models.Q(parent__isnull=False)),
            # Somebody searches for the key without naming the source.
            models.Index(fields=["source_key"], name="customer_key"),
            # By these a rule of entry finds who has the same name, phone or e-mail.
            models.Index(Lower(Trim("name")), name="customer_same_name"),
            models.Index(digits_of("phone"), name="customer_same_phone"),
            models.Index(Lower(Trim("email")), name="customer_same_email"),
            GinIndex(fields=["attributes"], name="customer_attributes", opclasses=["jsonb_path_ops"]),
            GinIndex(fields=["tags"], name="customer_tags"),
            models.Index(
                fields=["-trashed_at", "-id"],
                name="customer_trashed",
                condition=models.Q(trashed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Standing(models.Model):
    """Where a customer stands: score and grade, in a narrow table of its own.

    A run rewrites a million of these without touching the customers and their search index. Every customer
    has one from the moment it is made; `score` is null for a prospect. `quality` says how well the record
    itself is kept, written for the capability of that name; null until it was looked at.
    `grade` is the one that counts. While a colleague's decision stands above what the score says,
    `computed_grade` is what the score says and `override` tells of the decision; otherwise both are null.
    """

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True, related_name="standing")
    score = models.FloatField(null=True)
    grade = models.CharField(max_length=9, choices=Grade, default=Grade.PROSPECT, db_default=Grade.PROSPECT)
    as_of = models.DateField(null=True)
    quality = models.SmallIntegerField(null=True)
    computed_grade = models.CharField(max_length=9, choices=Grade, null=True)
    override = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(grade__in=Grade.values), name="standing_grade"),
            models.CheckConstraint(
                condition=models.Q(computed_grade__isnull=True, override__isnull=True)
                | models.Q(computed_grade__isnull=False, override__isnull=False),
                name="standing_override",
            ),
        ]
        indexes: ClassVar = [
            models.Index(models.F("score").desc(nulls_last=True), "customer", name="standing_score"),
            models.Index(models.F("quality").desc(nulls_last=True), "customer", name="standing_quality"),
            models.Index(
                "grade", models.F("score").desc(nulls_last=True), "customer", name="standing_grade_score"
            ),
            models.Index(
                fields=["computed_grade"],
                name="standing_overridden",
                condition=models.Q(computed_grade__isnull=False),
            ),
        ]


class SearchKey(models.Model):
    """By what a customer is found and sorted.

    `text` holds one line each of what is searched in: name, pinyin, initials, the phone's digits, then
    e-mails, further phones, identifiers and names before a merge, each of these ending with a mark that says
    which it is. `grams`
    are the hashed n-grams that lead to it (integers: a third of the room of texts). `sort` is the beginning
    of the name as it is said, so that Chinese names sort by pinyin among the Latin ones. `former` are the
    names before a merge by themselves, in their normal form: by these files name it, too.
    """

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True, related_name="search_key")
    text = models.TextField()
    sort = models.CharField(max_length=60, db_collation="C")
    grams = ArrayField(models.IntegerField())
    former = ArrayField(models.TextField(), default=list, db_default=[])

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["grams"], name="search_grams"),
            GinIndex(fields=["former"], name="search_former", condition=~models.Q(former=[])),
            models.Index(fields=["sort", "customer"], name="search_sort"),
        ]
