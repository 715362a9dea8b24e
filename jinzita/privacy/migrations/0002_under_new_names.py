from django.db import migrations

MOVED = (
    "consent",
    "consentpurpose",
    "contacthours",
    "contactpreference",
    "erasurework",
    "overdue",
    "postponement",
    "retentionrule",
)
# What can be taken back, and what merges did, names tables by name.
NAMING = ("kernel_changedrow", "kernel_packedrows", "customers_mergepart", "customers_namedas")
COUNTING = ("counts", "undone")


def _rename(editor, old, new):
    for table in NAMING:
        editor.execute(f'UPDATE {table} SET "table" = %s WHERE "table" = %s', [new, old])
    for column in COUNTING:
        # Names of tables are keys in these: a whole string of the JSON is one, or is not.
        editor.execute(
            f"UPDATE customers_merge SET {column} = replace({column}::text, %s, %s)::jsonb"
            f" WHERE strpos({column}::text, %s) > 0",
            [f'"{old}"', f'"{new}"', f'"{old}"'],
        )


def to_privacy(apps, editor):
    for name in MOVED:
        _rename(editor, f"customers_{name}", f"privacy_{name}")
    _give_types("customers", "privacy", editor)


def to_customers(apps, editor):
    for name in MOVED:
        _rename(editor, f"privacy_{name}", f"customers_{name}")
    _give_types("privacy", "customers", editor)


def _give_types(former, owner, editor):
    editor.execute(
        "UPDATE django_content_type t SET app_label = %s WHERE app_label = %s AND model = ANY(%s)"
        " AND NOT EXISTS (SELECT FROM django_content_type o WHERE o.app_label = %s AND o.model = t.model)",
        [owner, former, list(MOVED), owner],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_from_customers"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(to_privacy, to_customers)]
