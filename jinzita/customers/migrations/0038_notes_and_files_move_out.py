from django.db import migrations


class Migration(migrations.Migration):
    """Notes and files are `activities`' from now on, whose next migration takes the tables over as they are."""

    dependencies = [("customers", "0037_everyday_headings")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("File"),
                migrations.DeleteModel("FileContent"),
                migrations.DeleteModel("Note"),
            ]
        )
    ]
