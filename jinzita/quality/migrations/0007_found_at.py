"""When a match was first found; of those there are nobody knows."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("quality", "0006_rules_of_the_demo")]

    operations = [
        migrations.AddField("match", "found_at", models.DateTimeField(null=True)),
        migrations.AlterField("match", "found_at", models.DateTimeField(null=True, db_default=Now())),
    ]
