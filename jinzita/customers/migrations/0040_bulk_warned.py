from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0039_contact_keys")]

    operations = [
        migrations.AddField("bulkaction", "warned", models.JSONField(db_default=[], default=list)),
    ]
