from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0009_audit_reads")]

    operations = [migrations.AddField("job", "failure", models.JSONField(null=True))]
