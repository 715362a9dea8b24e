"""What the planner must know: how frequent each n-gram is; and indexes of the numbers among the attributes."""

from django.db import migrations

NUMERIC = ("registered_capital", "annual_sales", "age", "monthly_income", "children")

INDEXES = [
    (
        f"CREATE INDEX customer_attribute_{code} ON customers_customer ((attributes -> '{code}'))"
        f" WHERE (attributes -> '{code}') IS NOT NULL",
        f"DROP INDEX customer_attribute_{code}",
    )
    for code in NUMERIC
]


class Migration(migrations.Migration):

    dependencies = [("customers", "0004_search_sort")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE customers_searchkey ALTER COLUMN grams SET STATISTICS 500",
            "ALTER TABLE customers_searchkey ALTER COLUMN grams SET STATISTICS -1",
        ),
        *(migrations.RunSQL(make, drop) for make, drop in INDEXES),
    ]
