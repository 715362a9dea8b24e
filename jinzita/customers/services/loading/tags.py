"""Tags in files: several words in one cell, which take the place of those there were."""

from dataclasses import replace

import pyarrow as pa

from jinzita.customers.fields.shared import LONGEST_TAG
from jinzita.kernel.loading import Target


def with_tags(target: Target) -> Target:
    """The target with its tags, which are none where a cell is blank."""
    columns = {**target.columns, "tags": f"varchar({LONGEST_TAG})[]"}
    return replace(target, columns=columns, blanks={**target.blanks, "tags": "{}"})


def tags_written(rows: pa.Table) -> pa.Table:
    """The rows with their lists of tags written as PostgreSQL writes an array: ``{"a","b \\"c\\""}``."""
    if "tags" not in rows.column_names:
        return rows
    texts = [None if tags is None else _literal(tags) for tags in rows["tags"].to_pylist()]
    return rows.set_column(rows.column_names.index("tags"), "tags", pa.array(texts, pa.string()))


def _literal(tags: list[str]) -> str:
    quoted = (tag.replace("\\", "\\\\").replace('"', '\\"') for tag in tags)
    return "{" + ",".join(f'"{tag}"' for tag in quoted) + "}"
