"""Writes of interactions."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from jinzita.activities.events import InteractionsRecorded
from jinzita.activities.fields import INTERACTIONS
from jinzita.activities.models import Interaction
from jinzita.customers import services as customers
from jinzita.customers.services.loading.customers import load_facts
from jinzita.kernel.access import Viewer

_INTERACTIONS = customers.FactTable(
    model=Interaction,
    word="interaction",
    fact="interactions",
    columns=("occurred_at", "kind", "subject", "note", "by_id"),
    moment="occurred_at",
    news=InteractionsRecorded,
)


def record_interactions(
    *, by: Viewer, items: Sequence[Mapping[str, Any]], batch: bool = True
) -> customers.Recorded:
    """Record up to 1,000 interactions, all or none: new, changed or known by source and key.

    An item has customer_id or customer (source, key), occurred_at, kind, and may have subject, note, source,
    source_key. What a person enters by hand was had by that person. Raises Forbidden, Invalid, Conflict.
    """
    person = by.user_id if by.via == "browser" else None
    mine = [item if item.get("source_key") or not person else {**item, "by_id": person} for item in items]
    return customers.record(by=by, table=_INTERACTIONS, items=mine, batch=batch)


# Interactions in bulk.
load_interactions = partial(load_facts, kind=INTERACTIONS, fact="interactions", moment="occurred_at")
