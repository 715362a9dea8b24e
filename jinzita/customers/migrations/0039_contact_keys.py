"""Indexes by which contacts are known by their phone and e-mail, however these are written."""

from django.db import migrations

INDEXES = {
    "contact_phone_end": "right(regexp_replace(normalize(phone, NFKC), '[^0-9]', '', 'g'), 8)",
    "contact_email_folded": "lower(normalize(email, NFKC))",
}


class Migration(migrations.Migration):
    dependencies = [("customers", "0038_notes_and_files_move_out")]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON customers_contact (({expression}))", f"DROP INDEX {name}")
        for name, expression in INDEXES.items()
    ]
