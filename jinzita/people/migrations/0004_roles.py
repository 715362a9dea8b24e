"""Roles become rows; everybody keeps the role they have, by its code."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jinzita.people.roles import READY


def lay_down(apps, schema_editor):
    apps.get_model("people", "Role").objects.bulk_create(
        apps.get_model("people", "Role")(
            code=one.code, label_en=one.label[0], label_zh=one.label[1], about_en=one.about[0],
            about_zh=one.about[1], ready=True, permissions=sorted(one.permissions), reach=one.reach.value,
            reaches={kind: reach.value for kind, reach in one.reaches.items()},
            fields={name: access.value for name, access in one.fields.items()}, position=position,
        )
        for position, one in enumerate(READY)
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0003_signin")]

    operations = [
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("label_en", models.CharField(max_length=80)),
                ("label_zh", models.CharField(max_length=80)),
                ("about_en", models.CharField(blank=True, default="", max_length=300)),
                ("about_zh", models.CharField(blank=True, default="", max_length=300)),
                ("ready", models.BooleanField(default=False)),
                ("permissions", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ("reach", models.CharField(max_length=12)),
                ("reaches", models.JSONField(default=dict)),
                ("fields", models.JSONField(default=dict)),
                ("position", models.IntegerField(default=100)),
            ],
            options={
                "ordering": ["position", "code"],
                "constraints": [models.CheckConstraint(condition=models.Q(("code__regex", "^[a-z][a-z0-9_]*$")), name="role_code")],
            },
        ),
        migrations.RunPython(lay_down, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="user",
            name="role",
            field=models.ForeignKey(db_column="role", default="reader", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.role", to_field="code"),
        ),
        migrations.AddField(model_name="user", name="title", field=models.CharField(blank=True, default="", db_default="", max_length=100)),
        migrations.AddField(model_name="user", name="phone", field=models.CharField(blank=True, default="", db_default="", max_length=40)),
        migrations.AddField(
            model_name="user",
            name="manager",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="department",
            name="head",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="apikey",
            name="role",
            field=models.ForeignKey(db_column="role", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.role", to_field="code"),
        ),
    ]
