from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("integration", "0006_awaited_references")]

    operations = [
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["created_at", "id"], name="import_created_at"),
        ),
    ]
