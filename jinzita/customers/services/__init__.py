"""Writes of customers."""

from jinzita.customers.selectors.references import call as call_in_merges
from jinzita.customers.selectors.references import treat as treat_in_merges
from jinzita.customers.services import merging, owners
from jinzita.customers.services.announcing import announce
from jinzita.customers.services.bulk import request_bulk, resume_silent, run_bulk
from jinzita.customers.services.channels import replace_channels
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.contact_trash import (
    purge_contact,
    purge_old_contacts,
    restore_contact,
    trash_contact,
)
from jinzita.customers.services.contacts import (
    add_position,
    change_position,
    create_contact,
    remove_position,
    update_contact,
)
from jinzita.customers.services.customers import create_customer, follow_owner, update_customer
from jinzita.customers.services.recording import FactTable, Recorded, record
from jinzita.customers.services.standings import (
    end_override,
    override_grade,
    record_quality,
    record_standing,
    record_standings,
)
from jinzita.customers.services.taking_back import (
    need_to_undo,
    request_undo,
    restore_contact_field,
    restore_field,
    resume_undo,
    run_undo,
)
from jinzita.customers.services.team import leave_teams
from jinzita.customers.services.trash import purge_customer, purge_old, restore_customer, trash_customer

__all__ = [
    "FactTable",
    "Recorded",
    "add_position",
    "announce",
    "call_in_merges",
    "change_position",
    "complete_new",
    "create_contact",
    "create_customer",
    "end_override",
    "follow_owner",
    "leave_teams",
    "merging",
    "need_to_undo",
    "override_grade",
    "owners",
    "purge_contact",
    "purge_customer",
    "purge_old",
    "purge_old_contacts",
    "record",
    "record_quality",
    "record_standing",
    "record_standings",
    "remove_position",
    "replace_channels",
    "request_bulk",
    "request_undo",
    "restore_contact",
    "restore_contact_field",
    "restore_customer",
    "restore_field",
    "resume_silent",
    "resume_undo",
    "run_bulk",
    "run_undo",
    "trash_contact",
    "trash_customer",
    "treat_in_merges",
    "update_contact",
    "update_customer",
]
