import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("integration", "0002_webhooks"),
        ("kernel", "0006_audit_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="change_set",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="kernel.changeset",
            ),
        ),
    ]
