"""Personal data given out to the person they are about."""

import json
import tempfile
import zipfile
from html import escape
from typing import IO

from django.db import transaction

from jinzita.kernel import audit
from jinzita.kernel.access import Viewer
from jinzita.privacy.selectors.personal_data import personal_data
from jinzita.privacy.services.enclosures import enclosed

_STYLE = (
    "body{font-family:sans-serif;margin:24px}table{border-collapse:collapse;margin:0 0 24px}"
    "td,th{border:1px solid #ccc;padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
)


@transaction.atomic
def give_out(*, by: Viewer, customer_id: int) -> IO[bytes]:
    """Everything held about a customer, as an archive of JSON, a page to read, and the files. Raises
    Forbidden, NotFound."""
    found = personal_data(by, customer_id)
    parts = {table: rows for table, (_, rows) in found.items()}
    page = [
        f"<!doctype html><meta charset='utf-8'><title>Personal data / 个人资料</title><style>{_STYLE}</style>"
    ]
    page.append("<h1>Personal data / 个人资料</h1>")
    for words, rows in found.values():
        page.append(f"<h2>{escape(' / '.join(dict.fromkeys(words)))} ({len(rows)})</h2>")
        for row in rows:
            page.append("<table>")
            for name, value in row.items():
                if value not in (None, "", [], {}):
                    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                    page.append(f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>")
            page.append("</table>")
    archive = tempfile.TemporaryFile()  # noqa: SIM115 (closed by whoever sends it)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("personal-data.json", json.dumps(parts, ensure_ascii=False, indent=1))
        packed.writestr("personal-data.html", "".join(page))
        for path, name in enclosed(parts):
            packed.write(path, f"files/{name}")
    archive.seek(0)
    audit.record(
        by=by, action="personal_data", subject_type="customer", subject_id=customer_id,
        changes={table: len(rows) for table, rows in parts.items()},
    )  # fmt: skip
    return archive
