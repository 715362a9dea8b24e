"""Which service of which capability takes the rows of each kind."""

from collections.abc import Callable, Collection

import pyarrow as pa

from jinzita.activities.services import load_interactions
from jinzita.agreements.services import load_lines, load_transactions
from jinzita.customers.services.loading.contacts import load_contacts
from jinzita.customers.services.loading.customers import load_customers
from jinzita.customers.services.loading.relations import load_relations
from jinzita.customers.services.loading.ways import load_addresses, load_channels
from jinzita.integration.services.plan import Plan
from jinzita.kernel.access import Viewer
from jinzita.kernel.loading import Loaded
from jinzita.privacy.services.loading import load_consents
from jinzita.products.services import load_products
from jinzita.receivables.services import load_invoices, load_receipts
from jinzita.sales.services import load_opportunities

_OF_CUSTOMERS: dict[str, Callable[..., Loaded]] = {
    "addresses": load_addresses,
    "channels": load_channels,
    "relations": load_relations,
    "consents": load_consents,
    "transactions": load_transactions,
    "transaction_lines": load_lines,
    "invoices": load_invoices,
    "receipts": load_receipts,
    "interactions": load_interactions,
    "opportunities": load_opportunities,
}


def load_rows(*, by: Viewer, plan: Plan, rows: pa.Table, asked: Collection[int] = ()) -> Loaded:
    """Hand prepared rows to the capability that owns them, in the caller's transaction.

    `asked`: numbers of rows of customers of which it is to be told whose they are.
    """
    if plan.kind == "customers":
        return load_customers(
            by=by, source=plan.source, rows=rows, key=plan.match_by, system=plan.naming.source,
            manner=plan.manner, asked=asked,
        )  # fmt: skip
    if plan.kind == "contacts":
        return load_contacts(
            by=by, source=plan.source, rows=rows, naming=plan.naming, key=plan.contact_by, manner=plan.manner
        )
    if plan.kind == "products":
        return load_products(by=by, source=plan.source, rows=rows, manner=plan.manner)
    return _OF_CUSTOMERS[plan.kind](
        by=by, source=plan.source, rows=rows, naming=plan.naming, manner=plan.manner
    )
