"""Reads in the audit log: which records they showed, once an hour; those older than a month may go."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

KEPT = """
CREATE OR REPLACE FUNCTION kernel_audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('jinzita.erasure', true) = 'on' AND TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    IF current_setting('jinzita.forgetting', true) = 'on' AND TG_OP = 'DELETE'
        AND OLD.action = 'read' AND OLD.at < now() - interval '30 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a line of the audit log is never changed or deleted (line %)', OLD.id
        USING ERRCODE = 'restrict_violation';
END $$;
"""
KEPT_BEFORE = """
CREATE OR REPLACE FUNCTION kernel_audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('jinzita.erasure', true) = 'on' AND TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a line of the audit log is never changed or deleted (line %)', OLD.id
        USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0008_packed_rows")]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="seen_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), null=True, size=None
            ),
        ),
        migrations.AddField(model_name="auditentry", name="once", field=models.UUIDField(null=True)),
        migrations.AddIndex(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("seen_ids__isnull", False)), fields=["seen_ids"], name="audit_seen"
            ),
        ),
        migrations.AddConstraint(
            model_name="auditentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("once__isnull", False)), fields=("once",), name="audit_read_once"
            ),
        ),
        migrations.RunSQL(KEPT, KEPT_BEFORE),
    ]
