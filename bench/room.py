"""The temporary folder in which everything of one bench lies, and what the parts share there."""

import os
from dataclasses import dataclass
from pathlib import Path

from bench.generate import Size, write

FACTS = ("customers", "transactions", "invoices", "receipts", "interactions", "opportunities")


@dataclass(frozen=True)
class Room:
    """Folders of a bench of the given scale (1.0 = a million customers)."""

    folder: Path
    scale: float
    installation: str = "data"

    @property
    def size(self) -> Size:
        return Size.of(self.scale)

    @property
    def facts(self) -> Path:
        return self.folder / "facts"

    @property
    def scored(self) -> Path:
        return self.folder / "scored"

    @property
    def data(self) -> Path:
        """Data folder of the installation: embedded database, lake, uploads."""
        return self.folder / self.installation

    def files(self) -> dict[str, Path]:
        """Parquet file of each fact, written on first use."""
        if not (self.facts / "done").exists():
            write(self.facts, self.size)
            (self.facts / "done").touch()
        return {fact: self.facts / f"{fact}.parquet" for fact in FACTS}

    def rows(self, full: int, least: int = 1000) -> int:
        """A number of rows that is `full` at scale 1."""
        return max(least, int(full * self.scale))


def environment(room: Room) -> dict[str, str]:
    """The environment of an installation of its own in the room: never the company's database or data."""
    foreign = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    kept = {k: v for k, v in os.environ.items() if k not in foreign and not k.startswith("JINZITA_")}
    return {**kept, "JINZITA_DATA": str(room.data), "DJANGO_SETTINGS_MODULE": "jinzita.settings"}
