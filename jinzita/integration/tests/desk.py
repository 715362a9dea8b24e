"""Importing as a person does, in one line of a test."""

from pathlib import Path

from django.db import connection

from jinzita.integration import selectors
from jinzita.integration.models import BadRow, Import
from jinzita.integration.services import imports, uploads
from jinzita.kernel.access import Viewer


class Desk:
    def __init__(self, viewer: Viewer, folder: Path) -> None:
        self.viewer, self.folder = viewer, folder

    def begin(self, kind: str, content: str | bytes | Path, *, source: str = "crm", **choices) -> Import:
        path = content if isinstance(content, Path) else self.folder / "file.csv"
        if not isinstance(content, Path):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        upload = uploads.take_in_place(by=self.viewer, path=path)
        return imports.start_import(
            by=self.viewer, upload=upload, kind=kind, source=source, here=True, **choices
        )

    def run(self, kind: str, content: str | bytes | Path, **choices) -> Import:
        """Import a file to its end; the import as it then stands."""
        one = self.begin(kind, content, **choices)
        imports.run_import(one.pk)
        return selectors.get_import(self.viewer, one.pk)


def counts(one: Import) -> tuple[int, int, int, int]:
    assert one.job.state == "done", one.job.error
    assert one.read == one.created + one.updated + one.unchanged + one.bad
    return one.created, one.updated, one.unchanged, one.bad


def reasons(one: Import) -> dict[int, list[str]]:
    """Codes by row number, with the field they are about."""
    return {
        bad.number: [f"{r['code']} {r['field']}".strip() for r in bad.reasons]
        for bad in BadRow.objects.filter(of=one).order_by("number")
    }


def query(sql: str, *parameters) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
