"""What the company's records will say to rows that are yet to be imported; nothing is written."""

from dataclasses import replace

import pyarrow.compute as pc
from django.db import transaction

from jinzita.customers.fields.keys import RECORD
from jinzita.customers.services.loading.customers import settle_customers
from jinzita.customers.services.loading.known_contacts import unknown_records
from jinzita.customers.services.loading.relations import ITSELF, to_themselves
from jinzita.integration.services.plan import Plan
from jinzita.integration.services.preparing import Prepared
from jinzita.integration.services.running import add_refused
from jinzita.kernel.access import Viewer
from jinzita.kernel.loading import Loaded

_UNKNOWN = "customer"


@transaction.atomic
def look_ahead(*, by: Viewer, plan: Plan, prepared: Prepared) -> None:
    """Make rows bad whose customer cannot be had, as the import will, unknown ones unless it makes them;
    those that tie a customer to itself; and those with the record number of no contact.
    """
    if plan.kind == "contacts" and plan.contact_by == RECORD.code:
        unknown = Loaded(refused=unknown_records(by, prepared.rows))
        add_refused(plan, prepared, unknown, prepared.rows)
    if "customer" not in prepared.rows.column_names:
        return
    rows = prepared.rows.filter(pc.is_valid(prepared.rows["customer"]))
    if not rows.num_rows:
        return
    settled, refusals = settle_customers(by=by, naming=replace(plan.naming, unknown="refuse"), rows=rows)
    if plan.unknown_customers == "create":
        refusals.rows = [(number, why) for number, why in refusals.rows if why != _UNKNOWN]
    loaded = Loaded()
    refusals.add_to(loaded)
    if plan.kind == "relations":
        loaded.refused += [(number, ITSELF) for number in to_themselves(settled)]
    add_refused(plan, prepared, loaded, rows)
