import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from jinzita.kernel.pinyin import normal

# What merges that stand took from the customers, and from those that became part of them.
FORMER = """
SELECT o.id, array_agg(DISTINCT n.value) FROM customers_merge g
JOIN customers_customer s ON s.id = g.survivor_id
JOIN customers_customer o ON o.id = coalesce(s.merged_into_id, s.id)
CROSS JOIN LATERAL jsonb_each_text(g.names) n
WHERE g.what = 'customer' AND g.undone_at IS NULL AND o.name <> n.value GROUP BY 1
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FORMER)
        cursor.executemany(
            "UPDATE customers_searchkey SET former = %s WHERE customer_id = %s",
            [(sorted({normal(one) for one in names}), pk) for pk, names in cursor.fetchall()],
        )


class Migration(migrations.Migration):
    dependencies = [("customers", "0029_legal_bases_in_both_languages")]

    operations = [
        migrations.AddField(
            model_name="searchkey",
            name="former",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="searchkey",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("former", []), _negated=True), fields=["former"], name="search_former"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
