import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

STAYS = """
CREATE OR REPLACE FUNCTION customers_erased_contact_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.name := OLD.name; NEW.phone := OLD.phone; NEW.email := OLD.email; NEW.notes := OLD.notes;
    NEW.salutation := OLD.salutation; NEW.gender := OLD.gender; NEW.birthday := OLD.birthday;
    NEW.department := OLD.department; NEW.title := OLD.title; NEW.source_key := OLD.source_key;
    NEW.erased_at := OLD.erased_at;{tags}
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0035_team"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="tags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(fields=["tags"], name="contact_tags"),
        ),
        # What was erased of somebody does not come back, tags neither.
        migrations.RunSQL(STAYS.format(tags=" NEW.tags := OLD.tags;"), STAYS.format(tags="")),
    ]
