"""The one door by which customers come to owners and go from them: one, some, or a batch of many.

Who decides it, and by which rule, is the caller's affair; what belongs to it is known here: the department
follows the owner, versions count, what was is kept, the history of owners and the pool agree, news is told.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from contextlib import nullcontext

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from jinzita.customers.models import Cause, Customer, Reason
from jinzita.customers.services.announcing import announce
from jinzita.customers.services.capacity import require_room
from jinzita.kernel import audit, undo
from jinzita.kernel.access import Reach, Viewer
from jinzita.kernel.errors import Forbidden, Invalid
from jinzita.kernel.models import ChangeSet
from jinzita.people import selectors as people

COLUMNS = ("owner_id", "department_id")
# What the log calls it where each customer has a line of its own.
_ACTIONS = {Reason.CLAIMED: "claim", Reason.ASSIGNED: "assign", Reason.RELEASED: "release"}
# The department keeps what nobody owns.
_WRITE = """
UPDATE customers_customer c SET owner_id = g.owner_id, version = c.version + 1, updated_at = now(),
  department_id = CASE WHEN g.owner_id IS NULL THEN c.department_id ELSE g.department_id END
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS g(id, owner_id, department_id) WHERE c.id = g.id
RETURNING c.id, c.version"""


@transaction.atomic
def give(
    *, by: Viewer, to: Mapping[int, int | None], reason: Reason, note: str = "",
    cause: str = Cause.RELEASED, change_set: ChangeSet | None = None, over_capacity: bool = False,
) -> dict[int, int | None]:  # fmt: skip
    """Let each of these customers belong to the person named with it, or to nobody; answers whose those were
    that changed hands.

    They are kept in `change_set`, from which all of it can be taken back; without one each gets a line in the
    log. `note` is what the history says of it, `cause` why those that nobody gets are free to claim. Raises
    Conflict (capacity_full, receiver_full) as `capacity.require_room` says.
    """
    owned = _locked(to)
    former = {pk: owner_id for pk, owner_id in owned.items() if owner_id != to[pk]}
    if not former:
        return {}
    receivers = Counter(owner_id for pk in former if (owner_id := to[pk]) is not None)
    require_room(by, receivers, over_capacity=over_capacity)
    ids = list(former)
    with undo.recording(change_set, Customer, ids, columns=COLUMNS) if change_set else nullcontext():
        versions = _write({pk: to[pk] for pk in ids})
    if change_set is None:
        _note(by, reason, note, former, to, versions)
    announce(ids=ids, columns=COLUMNS, by=by, reason=reason, note=note, cause=cause)
    return former


def put_owner(by: Viewer, one: Customer, owner_id: int | None, *, over_capacity: bool = False) -> None:
    """Put the owner, with that person's department, into a customer that is not saved yet. Raises Forbidden,
    Invalid, Conflict (capacity_full, receiver_full).
    """
    if owner_id is None:
        one.owner_id = None  # the department keeps what nobody owns
        return
    department_id = require_receiver(by, owner_id)
    require_room(by, {owner_id: 1}, over_capacity=over_capacity)
    one.owner_id, one.department_id = owner_id, department_id


def require_receiver(by: Viewer, owner_id: int) -> int | None:
    """Refuse a person to whom `by` cannot give customers; answers that person's department. Raises Forbidden,
    Invalid.
    """
    if by.reach is Reach.OWN and owner_id != by.user_id:
        raise Forbidden("Only a manager can give a customer to somebody else.")
    if by.reach is Reach.TEAM and owner_id not in by.team_ids:
        raise Forbidden("A customer can only be given to people of your own team.")
    owner = people.users(by).filter(pk=owner_id, is_active=True).first()
    if owner is None:
        raise Invalid.at("owner_id", "unknown_user", f"There is no active user {owner_id}.")
    department_id: int | None = owner.department_id
    if by.reach is Reach.DEPARTMENTS and owner_id != by.user_id and department_id not in by.department_ids:
        raise Forbidden("A customer can only be given to people of your own departments.")
    return department_id


def _locked(ids: Collection[int]) -> dict[int, int | None]:
    """Whose these customers are now; in the order of their ids, so that nobody waits in a circle."""
    among = RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])  # one parameter instead of ten thousand
    rows = Customer.objects.filter(pk__in=among).order_by("pk").select_for_update(of=("self",))
    return dict(rows.values_list("pk", "owner_id"))


def _write(to: Mapping[int, int | None]) -> dict[int, int]:
    receivers = people.owners({owner_id for owner_id in to.values() if owner_id is not None})
    homes = {owner_id: user.department_id for owner_id, user in receivers.items()}
    owners = list(to.values())
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(to), owners, [None if one is None else homes[one] for one in owners]])
        return dict(cursor.fetchall())


def _note(
    by: Viewer, reason: Reason, note: str, former: Mapping[int, int | None], to: Mapping[int, int | None],
    versions: Mapping[int, int],
) -> None:  # fmt: skip
    hands: dict[tuple[int | None, int | None], dict[int, int | None]] = defaultdict(dict)
    for pk, owner_id in former.items():
        hands[owner_id, to[pk]][pk] = versions[pk]
    for both, theirs in hands.items():
        changes = {"owner_id": list(both), **({"why": note} if note else {})}
        audit.record_each(
            by=by, action=_ACTIONS.get(reason, str(reason)), subject_type="customer", changes=changes,
            versions=theirs,
        )  # fmt: skip
