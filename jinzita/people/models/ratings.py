"""What internal customers think of the service they get, quarter by quarter."""

from typing import ClassVar

from django.db import models

from jinzita.people.models.duties import HeldDuty
from jinzita.people.models.users import User


class RatingRound(models.Model):
    """One asking of all internal customers about one quarter; its results are seen once it is closed."""

    year = models.IntegerField()
    quarter = models.SmallIntegerField()
    opens_on = models.DateField()
    # The last day on which a rating can be given or changed.
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    demo = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "quarter"], name="rating_round")]


class Rating(models.Model):
    """One internal customer asked about one duty in one round; `mark` is null until it is answered."""

    round = models.ForeignKey(RatingRound, models.CASCADE, related_name="+", db_index=False)
    held = models.ForeignKey(HeldDuty, models.CASCADE, related_name="+")
    rater = models.ForeignKey(User, models.CASCADE, related_name="+")
    mark = models.SmallIntegerField(null=True)
    comment = models.CharField(max_length=1000, blank=True, default="")
    rated_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "held", "rater"], name="rating_once"),
            models.CheckConstraint(condition=models.Q(mark__range=(1, 5)), name="rating_mark"),
        ]
