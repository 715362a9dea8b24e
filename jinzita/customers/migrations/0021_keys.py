"""Indexes by which customers are known by their phone and e-mail, however these are written."""

from django.db import migrations

INDEXES = {
    "customer_phone_end": "right(regexp_replace(normalize(phone, NFKC), '[^0-9]', '', 'g'), 8)",
    "customer_email_folded": "lower(normalize(email, NFKC))",
}


class Migration(migrations.Migration):
    dependencies = [("customers", "0020_override")]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {name} ON customers_customer (({expression}))", f"DROP INDEX {name}"
        )
        for name, expression in INDEXES.items()
    ]
