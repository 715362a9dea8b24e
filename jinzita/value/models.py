"""Value: the models, their versions, the runs, and what each customer is worth."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class ValueModel(models.Model):
    """A way of grading customers.

    A customer belongs to the first model, by priority, whose population includes it.
    """

    code = models.CharField(max_length=40, unique=True)
    priority = models.IntegerField(unique=True)
    current_version = models.ForeignKey(
        "ModelVersion", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering: ClassVar = ["priority"]

    def __str__(self) -> str:
        return self.code


class ModelVersion(models.Model):
    """A published model document (TOML). It never changes: a trigger refuses it."""

    model = models.ForeignKey(ValueModel, models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    toml = models.TextField()
    note = models.CharField(max_length=300, blank=True, default="")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["model", "number"], name="model_version")]


class Run(models.Model):
    """One full scoring: by which version, as of which day, what was learned and how it came out.

    `fitted` are the scales and bounds, `summary` the pyramid and what else the pages show without reading
    all results; those lie as Parquet in the lake. `in_force`: its results are the customers' present scores.
    `takes_force`: whether they become so when it is done (a look at an earlier day does not).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    OPEN = (State.WAITING, State.RUNNING)

    model = models.ForeignKey(ValueModel, models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(ModelVersion, models.PROTECT, related_name="+", db_index=False)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    job = models.ForeignKey("kernel.Job", models.SET_NULL, null=True, related_name="+", db_index=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    as_of = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    takes_force = models.BooleanField(default=True)
    in_force = models.BooleanField(default=False)
    fitted = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    seconds = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    error = models.TextField(blank=True, default="")
    # Why it failed, in the one shape of an error.
    failure = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["model"],
                name="run_one_at_a_time",
                condition=models.Q(state__in=["waiting", "running"]),
            ),
            models.UniqueConstraint(
                fields=["model"], name="run_one_in_force", condition=models.Q(in_force=True)
            ),
            models.CheckConstraint(
                condition=models.Q(in_force=False) | models.Q(state="done"), name="run_force_done"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["model", "-id"], name="run_of_model")]


class CustomerScore(models.Model):
    """A customer's score through one run's scales: the run's own, replaced when the customer's facts change.

    `values` and `texts` follow the run's indicators: the number, or the category, of each; null = not known.
    Points and contributions are not kept: the run's scales give them back to the last digit. Rows of a run
    that is not in force are being prepared, or waiting to be swept up.
    """

    pk = models.CompositePrimaryKey("customer_id", "run_id")
    # The database itself removes the scores of a removed customer (ON DELETE CASCADE, in the migration).
    customer = models.ForeignKey(
        "customers.Customer", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    run = models.ForeignKey(Run, models.CASCADE, related_name="+", db_index=False)
    score = models.FloatField(null=True)
    grade = models.CharField(max_length=9)
    as_of = models.DateField()
    revenue = models.FloatField()
    profit = models.FloatField(null=True)
    values = ArrayField(models.FloatField(null=True))
    texts = ArrayField(models.TextField(null=True), null=True)
    scored_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["run", "scored_at"], name="score_run_at")]


class ScoreHistory(models.Model):
    """A point of a customer's score over time: the grade changed, or the score moved by 0.5 or more."""

    customer = models.ForeignKey(
        "customers.Customer", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    run = models.ForeignKey(Run, models.CASCADE, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=models.functions.Now())
    as_of = models.DateField()
    score = models.FloatField(null=True)
    grade = models.CharField(max_length=9)
    cause = models.CharField(max_length=20)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["customer", "-at", "-id"], name="history_customer")]


class GradeOverride(models.Model):
    """A grade that shall count instead of the computed one: asked for with a reason and a last day, decided
    by a colleague. While it is in force the customer's standing shows it.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        IN_FORCE = "in_force"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        ENDED = "ended"

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    grade = models.CharField(max_length=9)
    reason = models.CharField(max_length=400)
    until = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    answer = models.CharField(max_length=400, blank=True, default="", db_default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    ended_why = models.CharField(max_length=400, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer"], name="override_one_asked", condition=models.Q(state="asked")
            ),
            models.UniqueConstraint(
                fields=["customer"], name="override_one_in_force", condition=models.Q(state="in_force")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-id"], name="override_state"),
            models.Index(fields=["until"], name="override_until", condition=models.Q(state="in_force")),
        ]
