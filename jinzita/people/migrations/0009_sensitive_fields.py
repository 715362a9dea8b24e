"""Every role knows which fields any role keeps back: reads of these are noted."""

import django.contrib.postgres.fields
from django.db import migrations, models

TELL = """
UPDATE people_role SET sensitive = ARRAY(
    SELECT DISTINCT key FROM people_role one, jsonb_each_text(one.fields)
    WHERE value IN ('masked', 'hidden') ORDER BY key
);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_marketers_and_contacts")]

    operations = [
        migrations.AddField(
            model_name="role",
            name="sensitive",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), default=list, size=None
            ),
        ),
        migrations.RunSQL(TELL, migrations.RunSQL.noop),
    ]
