"""What a file must stand before it is kept: its kind, and a scanner when the company has one."""

import logging
import shlex
import subprocess
import warnings
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from jinzita.activities.fields.file_kinds import KINDS, FileKind, kind_of
from jinzita.kernel.errors import Conflict, Invalid

SCAN_SECONDS = 120
# A picture of more points is not opened: a small file may claim to be enormous.
MOST_POINTS = 50_000_000
PREVIEW = (480, 480)
log = logging.getLogger(__name__)


def allowed_kinds() -> list[FileKind]:
    return [one for one in KINDS.values() if one.code in settings.FILE_KINDS]


def checked_kind(path: Path, name: str) -> FileKind:
    """What kind a file is. Raises Invalid when that is not taken."""
    found = kind_of(path, name)
    allowed = allowed_kinds()
    if found is None or found not in allowed:
        kinds = ", ".join(one.code for one in allowed)
        raise Invalid.at(
            "file", "kind_not_allowed", f"What this file holds is none of: {kinds}.", kinds=kinds
        )
    return found


def scan(path: Path) -> None:
    """Let the company's scanner look at a file. Raises Invalid when it refuses it, Conflict when it fails.

    It ends with 0 for a good file and with 1 for a bad one, as ClamAV's do.
    """
    if not settings.FILE_SCANNER:
        return
    command = [*shlex.split(settings.FILE_SCANNER), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SCAN_SECONDS, check=False)
        code, said = done.returncode, (done.stdout + done.stderr)[-500:].decode(errors="replace")
    except (OSError, subprocess.TimeoutExpired) as error:
        code, said = None, str(error)
    if code == 1:
        log.warning("the scanner refused a file: %s", said)
        raise Invalid.at("file", "refused_by_scanner", "The scanner takes this file for harmful.")
    if code != 0:
        log.error("the scanner of files failed (%s): %s", code, said)
        raise Conflict("The file could not be checked just now; try again later.", code="not_scanned")


def make_preview(path: Path, kind: FileKind) -> Path | None:
    """A small picture of a picture, beside it, without what cameras write into theirs; None when it cannot
    be shown.
    """
    if not kind.is_picture:
        return None
    target = path.with_suffix(".preview")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=["PNG", "JPEG", "WEBP", "GIF"]) as picture:
                if picture.width * picture.height > MOST_POINTS:
                    return None
                picture.draft("RGB", PREVIEW)
                small = ImageOps.exif_transpose(picture)
                small.thumbnail(PREVIEW)
                small.convert("RGBA" if small.has_transparency_data else "RGB").save(
                    target, "WEBP", quality=80
                )
    except Exception:
        # Whatever a broken picture brings its reader to: it is kept all the same, as any other file.
        log.info("no preview of a picture could be made", exc_info=True)
        target.unlink(missing_ok=True)
        return None
    return target
