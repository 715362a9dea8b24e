"""The gate before every write that gives customers to people: may they hold as many?

How many one person may hold is decided above this floor and registered here (decision 21). Customers are
counted here, by one at a time: of two who give the last place away, the second is refused.
"""

from collections.abc import Callable, Collection, Mapping

from django.db import connection

from jinzita.customers.selectors.owners import holdings
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Problem

# How many customers each of these people may hold; who has no limit is left out.
Limits = Callable[[Collection[int]], Mapping[int, int]]
_known: list[Limits] = []
_LOCK = 0x6A7A_636C


def register(limits: Limits) -> None:
    """Where limits are read; called once by the capability that keeps them, when Django is ready."""
    if limits not in _known:
        _known.append(limits)


def alone(user_ids: Collection[int]) -> None:
    """What these people hold is counted by one at a time, until the transaction's end.

    Called after the customers are locked, never before, so that nobody waits in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, k) FROM (SELECT DISTINCT (one %% 2147483648)::integer AS k"
            " FROM unnest(%s::bigint[]) one ORDER BY k) keys",
            [_LOCK, list(user_ids)],
        )


def room(user_ids: Collection[int]) -> dict[int, int]:
    """How many customers each of these people may still get; who has no limit is left out."""
    return {one: max(0, most - held) for one, (held, most) in _standing(user_ids).items()}


def require_room(by: Viewer, more: Mapping[int, int], *, over_capacity: bool = False) -> None:
    """Refuse that people get `more` customers than they may hold.

    Nobody passes the limit by a decision of their own: Conflict (capacity_full). Whoever gives customers to
    others is asked first, Conflict (receiver_full), and with the permission to assign may go `over_capacity`;
    Forbidden without it. What the system writes by itself was asked of nobody.
    """
    more = {one: count for one, count in more.items() if count}
    if by.user_id is None or not more:
        return
    if over_capacity:
        by.require(Permission.ASSIGN)
        more = {one: count for one, count in more.items() if one == by.user_id}
    standing = _standing(more)
    full = [one for one, (held, most) in standing.items() if held + more[one] > most]
    if by.user_id in full:
        raise _capacity_full(*standing[by.user_id], more[by.user_id])
    if full:
        problems = [_receiver_full(*standing[one], more[one]) for one in full]
        raise Conflict(
            " ".join(problem.message for problem in problems), code="receiver_full", problems=problems
        )


def _standing(user_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """What people with a limit hold, and the limit."""
    limited: dict[int, int] = {}
    for limits in _known:
        limited |= limits(user_ids)
    if not limited:
        return {}
    alone(limited)
    held = holdings(limited)
    return {one: (held.get(one, 0), most) for one, most in limited.items()}


def _capacity_full(held: int, most: int, more: int) -> Conflict:
    words = f"You look after {held} customers; the limit is {most}."
    counts = {"held": held, "more": more, "most": most}
    return Conflict(
        words, code="capacity_full", problems=[Problem("owner_id", "capacity_full", words, counts)]
    )


def _receiver_full(held: int, most: int, more: int) -> Problem:
    words = f"This person looks after {held} customers; with {more} more they pass the limit of {most}."
    return Problem("owner_id", "receiver_full", words, {"held": held, "more": more, "most": most})
