import django.db.models.deletion
from django.db import migrations, models

# Until now a warning went with the change of owner, so each is of the ownership that is open.
BELONG = """
UPDATE assignment_poolwarning w SET ownership_id = o.id FROM customers_ownership o
WHERE o.customer_id = w.customer_id AND o.owner_id = w.owner_id AND o.until IS NULL;
DELETE FROM assignment_poolwarning WHERE ownership_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED"""


def ownership(**more):
    return models.ForeignKey(
        "customers.ownership", django.db.models.deletion.CASCADE, related_name="+", **more
    )


class Migration(migrations.Migration):
    """A warning counts as long as the ownership it was given in: an owner of its own it needs no more."""

    dependencies = [("assignment", "0001_from_customers")]

    operations = [
        migrations.AddField("poolwarning", "ownership", ownership(null=True)),
        migrations.RunSQL(BELONG, migrations.RunSQL.noop),
        migrations.AlterField("poolwarning", "ownership", ownership()),
        migrations.RemoveField("poolwarning", "owner"),
    ]
