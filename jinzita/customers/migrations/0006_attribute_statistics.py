"""How the numbers among the attributes lie: a partial index's own statistics are not used by the planner."""

from django.db import migrations

NUMERIC = ("registered_capital", "annual_sales", "age", "monthly_income", "children")


def statistics(code):
    name = f"customers_attribute_{code}"
    return (
        f"CREATE STATISTICS {name} ON (attributes -> '{code}') FROM customers_customer;"
        f"ALTER STATISTICS {name} SET STATISTICS 1000",
        f"DROP STATISTICS {name}",
    )


class Migration(migrations.Migration):

    dependencies = [("customers", "0005_statistics")]

    operations = [migrations.RunSQL(*statistics(code)) for code in NUMERIC]
