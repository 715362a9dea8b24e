from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("value", "0003_override")]

    operations = [migrations.AddField("run", "failure", models.JSONField(null=True))]
