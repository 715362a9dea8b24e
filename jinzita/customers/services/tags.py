"""Tags: short words that people put on records as they like."""

from collections.abc import Sequence
from typing import Any

from jinzita.customers.fields.shared import LONGEST_TAG, MOST_TAGS
from jinzita.kernel import values
from jinzita.kernel.errors import Invalid


def tags_of(raw: Any, where: str = "tags", *, kept: Sequence[str] = ()) -> list[str]:
    """Tags as they are kept: without blanks around them, none twice. Raises Invalid.

    Who has more than may be given, by a merge, can lose one after the other: `kept` are those there are.
    """
    more = isinstance(raw, list) and len(raw) > MOST_TAGS and not all(one in kept for one in raw)
    if not isinstance(raw, list) or more:
        raise Invalid.at(
            where, "wrong_count", f"{where} is a list of at most {MOST_TAGS} texts.", most=MOST_TAGS
        )
    plain = [
        values.plain_text(one, f"{where}[{i}]", longest=LONGEST_TAG).strip() for i, one in enumerate(raw)
    ]
    return [one for one in dict.fromkeys(plain) if one]
