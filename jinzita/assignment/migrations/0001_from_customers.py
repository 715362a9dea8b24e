import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

USER = settings.AUTH_USER_MODEL
MODELS = ("HandOver", "HandOverPart", "PoolLimits", "PoolRule", "PoolWarning")


def _cascade(to, **more):
    return models.ForeignKey(to, django.db.models.deletion.CASCADE, related_name="+", **more)


def _may_go(to, **more):
    return models.ForeignKey(to, django.db.models.deletion.SET_NULL, null=True, related_name="+", **more)


class Migration(migrations.Migration):
    """The tables lie there already, as `customers` made them: they get the names of their new owner.

    Indexes, constraints and sequences keep the names they were made with; nobody calls them by name.
    """

    initial = True
    dependencies = [
        ("customers", "0032_assignment_moves_out"),
        ("kernel", "0007_erasure"),
        ("people", "0005_views"),
        migrations.swappable_dependency(USER),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    "HandOver",
                    [
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("reason", models.CharField(max_length=300)),
                        ("wanted", models.JSONField()),
                        ("planned", models.BooleanField(default=False)),
                        ("total", models.IntegerField(default=0)),
                        ("last", models.BigIntegerField(default=0)),
                        ("moved", models.IntegerField(default=0)),
                        ("left", models.JSONField(default=dict)),
                        ("told", models.JSONField(default=dict)),
                        ("by", _may_go(USER)),
                        ("change_set", _may_go("kernel.changeset", db_index=False)),
                        ("job", _cascade("kernel.job")),
                    ],
                    {"db_table": "customers_handover"},
                ),
                migrations.CreateModel(
                    "HandOverPart",
                    [
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("customer_number", models.BigIntegerField()),
                        ("from_number", models.BigIntegerField()),
                        ("to_number", models.BigIntegerField()),
                        ("hand_over", _cascade("assignment.handover", db_index=False)),
                    ],
                    {
                        "db_table": "customers_handoverpart",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("hand_over", "customer_number"), name="hand_over_part_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    "PoolLimits",
                    [
                        ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("claims_per_day", models.PositiveIntegerField(default=10, null=True)),
                        ("capacity", models.PositiveIntegerField(null=True)),
                        ("former_days", models.PositiveIntegerField(default=30)),
                        ("open_to", models.CharField(choices=[("company", "Company"), ("department", "Department")], default="company", max_length=10)),
                    ],
                    {
                        "db_table": "customers_poollimits",
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("id", 1)), name="pool_limits_one")
                        ],
                    },
                ),
                migrations.CreateModel(
                    "PoolRule",
                    [
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("grade", models.CharField(max_length=9)),
                        ("quiet_days", models.PositiveIntegerField(null=True)),
                        ("dealless_days", models.PositiveIntegerField(null=True)),
                        ("protected_days", models.PositiveIntegerField(default=30)),
                        ("warn_days", models.PositiveIntegerField(default=7)),
                        ("department", _cascade("people.department", null=True)),
                    ],
                    {
                        "db_table": "customers_poolrule",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("grade", "department"), name="pool_rule_once", nulls_distinct=False
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quiet_days__isnull", False),
                                    ("dealless_days__isnull", False),
                                    _connector="OR",
                                ),
                                name="pool_rule_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    "PoolWarning",
                    [
                        ("customer", models.OneToOneField("customers.customer", django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False)),
                        ("cause", models.CharField(choices=[("no_contact", "No Contact"), ("no_deal", "No Deal")], max_length=10)),
                        ("due_on", models.DateField(db_index=True)),
                        ("warned_on", models.DateField()),
                        ("last_contact", models.DateTimeField(null=True)),
                        ("last_deal", models.DateTimeField(null=True)),
                        ("asked_until", models.DateField(null=True)),
                        ("asked_why", models.CharField(blank=True, db_default="", default="", max_length=300)),
                        ("postponed_until", models.DateField(null=True)),
                        ("approved_by", _may_go(USER, db_index=False)),
                        ("asked_by", _may_go(USER, db_index=False)),
                        ("owner", _cascade(USER)),
                    ],
                    {"db_table": "customers_poolwarning"},
                ),
            ]
        ),
        *(migrations.AlterModelTable(name, None) for name in MODELS),
    ]
