from django.db import migrations

from jinzita.customers.fields.search_text import MARKS, key_of

STEP = 20_000
# Keys of the first version know nothing of e-mail.
WITHOUT = """
SELECT c.id, c.name, c.phone, c.email, c.kind
FROM customers_customer c JOIN customers_searchkey k ON k.customer_id = c.id
WHERE c.id > %s AND c.email <> '' AND strpos(k.text, %s) = 0 ORDER BY c.id LIMIT %s
"""
KEPT = "UPDATE customers_searchkey SET text = %s, sort = %s, grams = %s WHERE customer_id = %s"


def add_email(apps, schema_editor):
    after = 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(WITHOUT, [after, MARKS["email"], STEP])
            rows = cursor.fetchall()
            if not rows:
                return
            after = rows[-1][0]
            keys = (
                (one, key_of(name, phone, person=kind == "person", further=[("email", email)]))
                for one, name, phone, email, kind in rows
            )
            cursor.executemany(KEPT, [(key.text, key.sort, list(key.grams), one) for one, key in keys])


class Migration(migrations.Migration):
    dependencies = [("customers", "0012_bulk")]

    operations = [migrations.RunPython(add_email, migrations.RunPython.noop)]
