from django.db import migrations


class Migration(migrations.Migration):
    """These tables are `privacy`'s from now on: its first migration takes them over with all that is in them."""

    dependencies = [("customers", "0030_former_names")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name)
                for name in (
                    "Consent",
                    "ConsentPurpose",
                    "ContactHours",
                    "ContactPreference",
                    "ErasureWork",
                    "Overdue",
                    "Postponement",
                    "RetentionRule",
                )
            ]
        )
    ]
