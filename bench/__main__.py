"""`python -m bench`: run the parts one after the other, each in a process of its own, and print one table.

SCALE (default 1.0 = a million customers, 20 million transactions) and PARTS (default: all) choose less. All
files lie in a temporary folder (TMPDIR) that is removed at the end; bench-results.json stays beside it. ROOM
names a folder to keep instead: the next bench finds the company made and scored there.
"""

import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.figures import Figure
from bench.room import Room, environment
from bench.table import table_of

# In this order: the later ones use what the earlier ones left in the room, or make it themselves.
PARTS = {
    "engine": "bench.parts.engine",
    "pandas": "bench.parts.with_pandas",
    "postgres": "bench.parts.with_postgres",
    "what-if": "bench.parts.what_if",
    "import": "bench.parts.load",
    "browse": "bench.parts.browse",
    "rescore": "bench.parts.rescore",
    "many": "bench.parts.many",
    "export": "bench.parts.export",
    "groups": "bench.parts.groups",
    "attributes": "bench.parts.attributes",
    "duplicates": "bench.parts.duplicates",
    "timeline": "bench.parts.timeline",
    "webhooks": "bench.parts.webhooks",
    "nightly": "bench.parts.nightly",
    "all-duplicates": "bench.parts.all_duplicates",
}
# These make what they need themselves; the others read the made facts.
OF_INSTALLATION = {
    "import", "browse", "rescore", "many", "export", "groups", "attributes", "duplicates",
    "timeline", "webhooks", "nightly", "all-duplicates",
}  # fmt: skip


def main() -> int:
    if len(sys.argv) > 1:
        return _measure_part(*sys.argv[1:])
    console = Console(width=None if sys.stdout.isatty() else 180)
    chosen = [part for part in os.environ.get("PARTS", "").replace(" ", "").split(",") if part] or list(PARTS)
    if unknown := [part for part in chosen if part not in PARTS]:
        console.print(f"PARTS has no {', '.join(unknown)}; there are {', '.join(PARTS)}", style="red")
        return 2
    scale = float(os.environ.get("SCALE") or 1.0)
    kept = os.environ.get("ROOM")
    folder = Path(kept).resolve() if kept else Path(tempfile.mkdtemp(prefix="jinzita-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    room = Room(folder, scale)
    results = Path(tempfile.gettempdir()) / "bench-results.json"
    figures: list[Figure] = []
    failed: list[str] = []
    stopped = False
    signal.signal(signal.SIGTERM, _interrupted)
    try:
        _prepare(console, room, chosen)
        for part in PARTS:
            if part in chosen:
                found = _run_part(console, room, part)
                failed += [] if found is not None else [part]
                figures += found or []
    except KeyboardInterrupt:
        stopped = True
        console.print("Stopped; the parts measured so far:")
    finally:
        _clear(room, keep=bool(kept))
    load = round(os.getloadavg()[2], 1)
    content = {
        "scale": scale,
        "load": load,
        "figures": [figure.to_dict() for figure in figures],
        "failed": failed,
    }
    results.write_text(json.dumps(content, indent=1, ensure_ascii=False))
    console.print(table_of(figures, scale))
    console.print(f"Also in {results}." + (f" Failed: {', '.join(failed)}." if failed else ""))
    return 130 if stopped else 1 if failed else 0


def _prepare(console: Console, room: Room, chosen: list[str]) -> None:
    if set(chosen) - OF_INSTALLATION:
        with console.status("making the facts"):
            start = time.monotonic()
            room.files()
        size = ", ".join(f"{rows:,} {fact}" for fact, rows in asdict(room.size).items())
        console.print(f"facts made in {time.monotonic() - start:.0f} s: {size}")


def _run_part(console: Console, room: Room, part: str) -> list[Figure] | None:
    """The figures of a part, measured in a process of its own; None when it failed (it says why)."""
    answer = room.folder / f"{part}.json"
    start = time.monotonic()
    with console.status(f"measuring: {part}"):
        # A session of its own: Ctrl-C reaches only us, and the part is told once to clear up behind itself.
        process = subprocess.Popen(
            [sys.executable, "-m", "bench", part, str(room.folder), str(room.scale), str(answer)],
            env=environment(room), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
        try:
            said, _ = process.communicate()
        except KeyboardInterrupt:
            _end(process)
            raise
    console.print(f"{part}: {time.monotonic() - start:.0f} s")
    if process.returncode or not answer.exists():
        console.print(said, style="red", markup=False, highlight=False)
        return None
    found: list[dict[str, Any]] = json.loads(answer.read_text())
    return [Figure(**figure) for figure in found]


def _end(process: subprocess.Popen[str]) -> None:
    """Ask a part to clear up; when it does not in a minute, end it and what it started."""
    process.terminate()
    try:
        process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _measure_part(part: str, folder: str, scale: str, answer: str) -> int:
    """Inside the part's process: measure it, and write down what was found."""
    signal.signal(signal.SIGTERM, _interrupted)
    figures = importlib.import_module(PARTS[part]).measure(Room(Path(folder), float(scale)))
    Path(answer).write_text(json.dumps([asdict(figure) for figure in figures]))
    return 0


def _interrupted(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _clear(room: Room, *, keep: bool) -> None:
    """Stop servers that a failed part left running, and remove everything."""
    from jinzita.kernel import postgres

    for cluster in room.folder.glob("**/cluster/PG_VERSION"):
        folder = cluster.parents[1]
        postgres.stop(folder)
        if not keep:
            shutil.rmtree(postgres.embedded_address(folder).socket_folder, ignore_errors=True)
    if not keep:
        shutil.rmtree(room.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
