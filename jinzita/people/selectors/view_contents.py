"""What a saved view says of its list, and what of it somebody may see."""

import json
from collections.abc import Mapping
from typing import Any

from jinzita.kernel import values
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records import Field, RecordKind, filters
from jinzita.kernel.records.listing import require_sort

MOST_COLUMNS, WIDEST = 300, 4000


def require_fitting(
    of: RecordKind, fields: Mapping[str, Field], content: Mapping[str, Any], viewer: Viewer
) -> None:
    """Raise Invalid that names the part of a view's content which this list cannot show.

    `fields` are those of the list by code, as the viewer may use them.
    """
    require_readable(of, fields, content.get("filter"), viewer)
    if content.get("q") is not None:
        values.plain_text(content["q"], "content.q", longest=100)
    if content.get("sort") is not None:
        require_sort(fields, values.plain_text(content["sort"], "content.sort", longest=200))
    if content.get("group_by") is not None and not _groups(fields, content):
        raise Invalid.at("content.group_by", "unknown_field", "The list cannot be grouped by this field.")
    columns = content.get("columns") or []
    if not isinstance(columns, list) or len(columns) > MOST_COLUMNS:
        raise Invalid.at("content.columns", "not_a_list", f"A view has at most {MOST_COLUMNS} columns.")
    for place, column in enumerate(columns):
        if not _is_column(column) or column["code"] not in fields:
            where = f"content.columns[{place}]"
            raise Invalid.at(where, "unknown_field", f"{where} is not a column of this list.")


def require_readable(of: RecordKind, fields: Mapping[str, Field], filter: Any, viewer: Viewer) -> None:
    """Raise Invalid unless the viewer may filter this list so; a view keeps a filter as a tree or as text."""
    text = filter if filter is None or isinstance(filter, str) else json.dumps(filter)
    filters.read(fields, text, kind=of.code, viewer=viewer)


def without_unknown(fields: Mapping[str, Field], content: Mapping[str, Any]) -> dict[str, Any]:
    """The content without the columns, order and grouping that name fields which are not known."""
    sort = content.get("sort") or ""
    sorted_by = {part.strip().removeprefix("-") for part in str(sort).split(",")}
    return {
        **content,
        "columns": [one for one in content.get("columns") or [] if _is_column(one) and one["code"] in fields],
        "sort": sort if sorted_by <= {*fields, "id"} else None,
        "group_by": content["group_by"] if _groups(fields, content) else None,
    }


def _groups(fields: Mapping[str, Field], content: Mapping[str, Any]) -> bool:
    field = fields.get(content.get("group_by") or "")
    return field is not None and field.groupable


def _is_column(one: Any) -> bool:
    if not isinstance(one, dict) or one.keys() - {"code", "width"} or not isinstance(one.get("code"), str):
        return False
    width = one.get("width")
    return width is None or (isinstance(width, int | float) and 0 < width <= WIDEST)
