from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0033_customer_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkaction",
            name="kind",
            field=models.CharField(db_default="customers", default="customers", max_length=20),
        ),
    ]
