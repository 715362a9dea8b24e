"""Missed duties that nobody makes good go up: to the manager, then to the next above."""

from datetime import date

from django.db import connection, transaction

from jinzita.customers.selectors import names_of
from jinzita.kernel.access import Permission, Viewer
from jinzita.people import selectors as people
from jinzita.people.services import notifications

MOST_NAMED = 3
_STUCK = """v.id = d.version_id AND d.state = 'missed' AND d.done_at IS NULL
AND coalesce(d.escalated_on, d.missed_on) + (v.document->>'escalate_after_days')::integer <= %s"""
_WHO = f"SELECT DISTINCT d.owner_id FROM treatment_duty d, treatment_policyversion v WHERE {_STUCK}"
_RAISE = f"""
UPDATE treatment_duty d SET escalated_to_id = c.target, escalated_on = %s, level = d.level + 1
FROM treatment_policyversion v,
  unnest(%s::bigint[], %s::integer[], %s::bigint[]) AS c (owner_id, level, target)
WHERE {_STUCK} AND c.owner_id = d.owner_id AND c.level = d.level
RETURNING c.target, d.owner_id, d.customer_id"""


@transaction.atomic
def escalate(*, by: Viewer, today: date) -> int:
    """Tell the superiors of what was missed and not made good for as long as the policy waits; answers of
    how many duties. As many days later it is the next above. For whom nobody stands above, it is one of those
    who set the policies up.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WHO, [today])
        owners = {owner_id for (owner_id,) in cursor.fetchall()}
        if not owners:
            return 0
        chains = people.superiors(owners)
        keepers = people.holders_of(Permission.MANAGE_SETUP)
        for owner_id in owners:
            chains[owner_id] = chains.get(owner_id) or [one for one in keepers if one != owner_id][:1]
        steps = [
            (owner_id, level, target)
            for owner_id, chain in chains.items()
            for level, target in enumerate(chain)
        ]
        columns = [list(column) for column in zip(*steps, strict=True)] or [[], [], []]
        cursor.execute(_RAISE, [today, *columns, today])
        raised = cursor.fetchall()
    told: dict[int, list[tuple[int, int]]] = {}
    for target, owner_id, customer_id in sorted(raised):
        told.setdefault(target, []).append((owner_id, customer_id))
    names = {pk: one.shown_name for pk, one in people.owners({owner_id for _, owner_id, _ in raised}).items()}
    for target, theirs in told.items():
        who = dict.fromkeys(names.get(owner_id, "") for owner_id, _ in theirs)
        notifications.notify(
            by=by, user_ids=[target], event="duty_escalated",
            link="/today",
            words={
                "count": len(theirs), "who": list(who)[:MOST_NAMED],
                "what": names_of([customer_id for _, customer_id in theirs]),
            },
        )  # fmt: skip
    return len(raised)
