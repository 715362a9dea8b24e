"""Making customers is a permission of its own; who could until now still can."""

from django.db import migrations

GIVE = """
UPDATE people_role SET permissions = array_append(permissions, 'create_customers')
 WHERE 'edit_customers' = ANY(permissions) AND NOT 'create_customers' = ANY(permissions)
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0006_people_map")]

    operations = [migrations.RunSQL(GIVE, migrations.RunSQL.noop)]
