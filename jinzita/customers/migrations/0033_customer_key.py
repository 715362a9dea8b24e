"""Customers are found by their key at a source."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0032_assignment_moves_out")]

    operations = [
        migrations.AddIndex(model_name="customer", index=models.Index(fields=["source_key"], name="customer_key")),
    ]
