import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MODELS = ("Note", "FileContent", "File")


def _customer():
    return models.ForeignKey(
        "customers.customer", django.db.models.deletion.CASCADE, db_index=False, related_name="+"
    )


def _by():
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, null=True, related_name="+"
    )


class Migration(migrations.Migration):
    """The tables lie there already, as `customers` made them: they get the names of their new owner.

    Indexes, constraints and sequences keep the names they were made with; nobody calls them by name.
    """

    dependencies = [
        ("activities", "0003_export_by_month"),
        ("customers", "0038_notes_and_files_move_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    "Note",
                    [
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("text", models.TextField()),
                        ("mentions", models.JSONField(db_default=[], default=list)),
                        ("is_pinned", models.BooleanField(db_default=False, default=False)),
                        ("by_name", models.CharField(max_length=200)),
                        ("written_at", models.DateTimeField()),
                        ("edited_at", models.DateTimeField(null=True)),
                        ("version", models.IntegerField(db_default=1, default=1)),
                        ("trashed_at", models.DateTimeField(null=True)),
                        ("by", _by()),
                        ("customer", _customer()),
                    ],
                    {
                        "db_table": "customers_note",
                        "indexes": [
                            models.Index(fields=["customer", "-written_at", "-id"], name="note_customer"),
                            models.Index(
                                condition=models.Q(("is_pinned", True), ("trashed_at", None)),
                                fields=["customer", "-written_at"],
                                name="note_pinned",
                            ),
                            models.Index(
                                condition=models.Q(("trashed_at__isnull", False)),
                                fields=["trashed_at"],
                                name="note_trashed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    "FileContent",
                    [
                        ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ("size", models.BigIntegerField()),
                        ("kind", models.CharField(max_length=10)),
                        ("has_preview", models.BooleanField(default=False)),
                        ("kept_at", models.DateTimeField()),
                    ],
                    {"db_table": "customers_filecontent"},
                ),
                migrations.CreateModel(
                    "File",
                    [
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=200)),
                        ("by_name", models.CharField(max_length=200)),
                        ("added_at", models.DateTimeField()),
                        ("trashed_at", models.DateTimeField(null=True)),
                        ("by", _by()),
                        ("customer", _customer()),
                        ("note", models.ForeignKey("activities.note", django.db.models.deletion.CASCADE, db_index=False, null=True, related_name="+")),
                        ("content", models.ForeignKey("activities.filecontent", django.db.models.deletion.PROTECT, related_name="+")),
                    ],
                    {
                        "db_table": "customers_file",
                        "indexes": [
                            models.Index(fields=["customer", "-added_at", "-id"], name="file_customer"),
                            models.Index(
                                condition=models.Q(("note__isnull", False)), fields=["note"], name="file_note"
                            ),
                            models.Index(
                                condition=models.Q(("trashed_at__isnull", False)),
                                fields=["trashed_at"],
                                name="file_trashed",
                            ),
                        ],
                    },
                ),
            ]
        ),
        *(migrations.AlterModelTable(name, None) for name in MODELS),
    ]
