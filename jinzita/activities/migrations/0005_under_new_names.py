from django.db import migrations

MOVED = ("note", "filecontent", "file")
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


def _move(editor, former, owner):
    for name in MOVED:
        _rename(editor, f"{former}_{name}", f"{owner}_{name}")
    editor.execute(
        "UPDATE django_content_type t SET app_label = %s WHERE app_label = %s AND model = ANY(%s)"
        " AND NOT EXISTS (SELECT FROM django_content_type o WHERE o.app_label = %s AND o.model = t.model)",
        [owner, former, list(MOVED), owner],
    )


def to_activities(apps, editor):
    _move(editor, "customers", "activities")


def to_customers(apps, editor):
    _move(editor, "activities", "customers")


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0004_notes_and_files_from_customers"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("kernel", "0008_packed_rows"),
    ]

    operations = [migrations.RunPython(to_activities, to_customers)]
