"""Marketers see telephones and e-mails masked: those of contacts too, unless the company changed the role."""

from django.db import migrations

MASK = """
UPDATE people_role SET fields = fields || '{"contacts.phone": "masked", "contacts.email": "masked"}'
 WHERE code = 'marketer' AND fields = '{"customers.phone": "masked", "customers.email": "masked"}'
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_create_customers")]

    operations = [migrations.RunSQL(MASK, migrations.RunSQL.noop)]
