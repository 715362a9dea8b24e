"""Writes of sales."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from jinzita.customers import services as customers
from jinzita.customers.services.loading.customers import load_facts
from jinzita.kernel.access import Viewer
from jinzita.sales.events import OpportunitiesRecorded
from jinzita.sales.fields import OPPORTUNITIES
from jinzita.sales.models import Opportunity

_OPPORTUNITIES = customers.FactTable(
    model=Opportunity, word="opportunity", fact="opportunities",
    columns=("name", "status", "amount", "probability", "expected_on", "closed_on"), moment=None,
    news=OpportunitiesRecorded,
)  # fmt: skip


def record_opportunities(
    *, by: Viewer, items: Sequence[Mapping[str, Any]], batch: bool = True
) -> customers.Recorded:
    """Record up to 1,000 opportunities, all or none: new, changed or known by source and key.

    An item has customer_id or customer (source, key), name, amount ≥ 0, probability 0–1, and may have status
    (open unless told), expected_on, closed_on, source, source_key. Raises Forbidden, Invalid, Conflict.
    """
    return customers.record(by=by, table=_OPPORTUNITIES, items=items, batch=batch)


# Opportunities in bulk.
load_opportunities = partial(load_facts, kind=OPPORTUNITIES, fact="opportunities", moment=None)
