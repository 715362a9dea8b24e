"""Files that come in: streamed to disk, described, deleted when done with."""

import os
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
from django.conf import settings
from django.db import transaction

from jinzita.integration.models import Import, Upload
from jinzita.integration.reading import Batch, FileDescription, Rows, describe, open_file
from jinzita.integration.reading.columnar import ParquetRows
from jinzita.integration.selectors import remembered
from jinzita.integration.services.guessing import guess_kind
from jinzita.integration.services.plan import plan_from_json
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid, JinzitaError, NotFound, TooLarge

KEPT_FOR = timedelta(days=7)
SAMPLES = 5
PREVIEWED = 100


def receive(*, by: Viewer, filename: str, chunks: Iterable[bytes]) -> Upload:
    """Keep an uploaded file. Raises TooLarge above MAX_UPLOAD_BYTES, Invalid when it is empty."""
    by.require(Permission.IMPORT)
    folder = Path(settings.UPLOAD_FOLDER)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = _safe_name(filename)
    # The name on disk is ours; of the user's only the ending remains, for people who look into the folder.
    path = folder / f"{secrets.token_hex(16)}{Path(name).suffix[:10]}"
    size = 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.MAX_UPLOAD_BYTES:
                    most = settings.MAX_UPLOAD_BYTES >> 20
                    raise TooLarge(f"The file is larger than {most} MiB, the most this installation takes.")
                file.write(chunk)
        if not size:
            raise Invalid.at("file", "empty", "The file is empty.")
        with transaction.atomic():
            upload = Upload.objects.create(
                filename=name, path=str(path.relative_to(folder)), size=size, created_by_id=by.user_id
            )
            audit.record(
                by=by, action="upload", subject_type="upload", subject_id=upload.pk,
                changes={"filename": name, "size": size},
            )  # fmt: skip
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return upload


def take_in_place(*, by: Viewer, path: Path) -> Upload:
    """An upload that is a file of this machine, read where it lies; for the command line."""
    by.require(Permission.IMPORT)
    path = path.resolve()
    size = path.stat().st_size
    return Upload.objects.create(
        filename=_safe_name(path.name), path=str(path), size=size, own=False, created_by_id=by.user_id
    )


def find(by: Viewer, upload_id: int) -> Upload:
    """An upload of one's own. Raises NotFound, also when its file is gone."""
    by.require(Permission.IMPORT)
    found = Upload.objects.filter(pk=upload_id, created_by_id=by.user_id).first()
    if found is None or not path_of(found).exists():
        raise NotFound(f"There is no uploaded file {upload_id}; files are deleted after a week.")
    return found


def path_of(upload: Upload) -> Path:
    return Path(settings.UPLOAD_FOLDER) / upload.path


def description_of(
    upload: Upload, *, encoding: str | None = None, delimiter: str | None = None, sheet: str | None = None
) -> FileDescription:
    """How the upload is to be read, as found out or as given. Raises UnreadableFile."""
    return describe(path_of(upload), encoding=encoding, delimiter=delimiter, sheet=sheet)


def look_into(upload: Upload, *, by: Viewer) -> dict[str, Any]:
    """What the wizard shows first: columns with samples, the first rows, about how many there are."""
    description = description_of(upload)
    rows = open_file(path_of(upload), description)
    batches = (batch for batch in rows.batches() if batch.rows)
    first, second = next(batches, None), next(batches, None)
    return {
        "upload_id": upload.pk,
        "filename": upload.filename,
        "size": upload.size,
        "format": description.format,
        "encoding": description.encoding,
        "delimiter": description.delimiter,
        "sheet": description.sheet,
        "sheet_names": description.sheets,
        "columns": columns_of(rows, first),
        "rows_preview": _first_rows(first),
        "rows_estimate": _estimate(upload, rows, first, whole=second is None),
        "kind": guess_kind(rows.columns, by),
        "remembered": _remembered(by, rows.columns),
    }


def _remembered(by: Viewer, columns: list[str]) -> dict[str, Any] | None:
    """How a file with the same columns was imported the last time."""
    one = remembered(by, columns)
    if one is None:
        return None
    plan = plan_from_json(one.plan)
    return {
        "import_id": one.pk, "at": one.created_at, "own": one.created_by_id == by.user_id,
        "kind": one.kind, "source": one.source, "mapping": plan.mapping, "date_format": plan.date_order,
        **plan.chosen,
    }  # fmt: skip


def columns_of(rows: Rows, first: Batch | None) -> list[dict[str, Any]]:
    """The file's columns, each with samples of its values and what they look like."""
    return [_column(name, first) for name in rows.columns]


def discard(upload: Upload) -> None:
    """Delete an upload and its file; one read in place keeps its file."""
    if upload.own:
        path_of(upload).unlink(missing_ok=True)
    upload.delete()


def discard_old(*, now: datetime) -> int:
    """Delete uploads older than a week, except those an import still reads; answers how many."""
    running = Import.objects.filter(job__state__in=("waiting", "running"), upload__isnull=False)
    old = Upload.objects.filter(created_at__lt=now - KEPT_FOR).exclude(pk__in=running.values("upload_id"))
    count = 0
    for upload in old:
        discard(upload)
        count += 1
    return count


def _safe_name(filename: str) -> str:
    name = re.sub(r"[\x00-\x1f\x7f]", "", filename).replace("\\", "/").split("/")[-1].strip()
    return name[-200:] or "file"


def _column(name: str, first: Batch | None) -> dict[str, Any]:
    samples: list[str] = []
    if first is not None:
        for cell in first.table[name].slice(0, 1000).to_pylist():
            if cell and cell.strip() and cell[:100] not in samples:
                samples.append(cell[:100].replace("\0", "␀"))
            if len(samples) == SAMPLES:
                break
    return {"name": name, "samples": samples, "type": _type_of(samples)}


def _type_of(samples: list[str]) -> str:
    if samples and all(re.fullmatch(r"[-+(¥￥$€£]*[\d.,]+[)%万亿元]*", one.strip()) for one in samples):
        return "number"
    if samples and all(
        re.match(r"(\d{4}[-/.年]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})", one.strip()) for one in samples
    ):
        return "date"
    return "text"


def _first_rows(first: Batch | None) -> list[list[str | None]]:
    if first is None:
        return []
    head = first.table.slice(0, 20)
    return [
        [cell[:200].replace("\0", "␀") if cell else cell for cell in row.values()]
        for row in head.to_pylist()
    ]  # fmt: skip


def _estimate(upload: Upload, rows: Rows, first: Batch | None, *, whole: bool) -> int:
    """About how many rows, from the size of the first ones; exact where the file says it."""
    if isinstance(rows, ParquetRows):
        return rows.total
    if first is None:
        return 0
    text = sum(pc.sum(pc.binary_length(column)).as_py() or 0 for column in first.table.columns)
    read = text + len(rows.columns) * first.rows
    return first.rows if whole else max(first.rows, int(first.rows * upload.size / read))


def look_into_or_discard(upload: Upload, *, by: Viewer) -> dict[str, Any]:
    """`look_into`, for a file that just came: one that cannot be read is not kept. Raises UnreadableFile."""
    try:
        return look_into(upload, by=by)
    except JinzitaError:
        discard(upload)
        raise
