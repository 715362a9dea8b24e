"""Many customers handed over: asked for here, done by a job, batch by batch, told to everybody concerned.

Who gets whom is planned in one statement when the job begins. A batch is one transaction with the note of
how far it came; a customer whose owner changed meanwhile, or whose receiver left, stays where it is.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from jinzita.assignment.models import HandOver, HandOverPart
from jinzita.assignment.selectors.handing_over import Deal, Wanted, deal, dealt_sql
from jinzita.customers import selectors
from jinzita.customers.fields.owners import Reason
from jinzita.customers.services import capacity, owners
from jinzita.kernel import audit, field_access, jobs, outbox, undo, values
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Conflict, Invalid, Problem
from jinzita.kernel.models import ChangeSet, Job
from jinzita.people import selectors as people
from jinzita.people.services import notifications

JOB = KIND = "hand_over"
TASK = "assignment.hand_over"
BATCH = 10_000
MOST_NAMED = 3
_BEST = ("vip", "important")
_TALLY = """
SELECT p.from_id, p.to_id, count(*), count(*) FILTER (WHERE s.grade = ANY(%s))
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS p(id, from_id, to_id)
LEFT JOIN customers_standing s ON s.customer_id = p.id GROUP BY 1, 2"""


@transaction.atomic
def request(*, by: Viewer, wanted: Wanted, reason: str, expected: int, now: datetime) -> HandOver:
    """Ask for a hand-over of `expected` customers, as the preview told. Raises Forbidden, NotFound, Invalid,
    Conflict (nothing_to_hand_over, selection_changed).
    """
    by.require(Permission.ASSIGN)
    field_access.require_editable(by, "customers", ["owner"])
    why = values.plain_text(reason, "reason", longest=300).strip()
    if not why:
        raise Invalid.at("reason", "required", "Say why the customers are handed over.")
    made = deal(by, wanted, now=now)
    _require_possible(made, expected)
    job = jobs.begin(kind=JOB, by=by, message=KIND, total=made.count)
    one = HandOver.objects.create(by_id=by.user_id, job=job, reason=why, wanted=asdict(wanted))
    outbox.defer(TASK, queue="long", hand_over_id=one.pk)
    return one


def run(hand_over_id: int, *, now: datetime) -> Job:
    """Do a hand-over, or what is left of it, on behalf of who asked for it."""
    one = HandOver.objects.get(pk=hand_over_id)

    def work(progress: jobs.Progress) -> dict[str, Any]:
        by = people.actor(one.by_id)
        if not one.planned:
            progress(0, message="planning")
            _plan(one, by, now)
        try:
            progress(one.moved, one.total, message=KIND)
            while _batch(one, by):
                progress(one.moved, one.total)
        except jobs.Cancelled:
            with transaction.atomic():
                _finish(one, by)
            raise
        return {
            "hand_over": one.pk, "change_set": one.change_set_id, "changed": one.moved, "left": one.left,
            "refused_count": one.total - one.moved,
        }  # fmt: skip

    return jobs.perform(one.job_id, work)


def resume_silent(*, now: datetime) -> int:
    """Give hand-overs whose worker was killed to another; answers how many. The plan of one that failed
    goes."""
    HandOverPart.objects.filter(hand_over__job__state=Job.State.FAILED).delete()
    silent = list(HandOver.objects.filter(job__in=jobs.silent(JOB, now=now)).values_list("pk", flat=True))
    for hand_over_id in silent:
        outbox.defer(TASK, queue="long", once=f"hand over {hand_over_id}", hand_over_id=hand_over_id)
    return len(silent)


def _require_possible(made: Deal, expected: int) -> None:
    if blind := next((one for one in made.obstacles if one.code == "blind"), None):
        raise Invalid.at("to", "sees_no_customers", f"{', '.join(blind.names)} may not see customers.")
    if not made.count:
        raise Conflict("None of these customers can be handed over so.", code="nothing_to_hand_over")
    if abs(made.count - expected) > max(10, expected // 100):
        problem = Problem(
            "selection", "selection_changed", f"{made.count} customers fit now.", {"count": made.count}
        )
        raise Conflict(
            "Another number of customers fits now than when you looked.", code="selection_changed",
            problems=[problem],
        )  # fmt: skip


@transaction.atomic
def _plan(one: HandOver, by: Viewer, now: datetime) -> None:
    """Fix who gets whom: what is given to the first changes who fits."""
    _require_alone(one)
    field_access.require_editable(by, "customers", ["owner"])
    wanted = Wanted(**one.wanted)
    staying = _still_here(wanted.to)
    if not staying:
        raise Conflict("Nobody of those who should get the customers is here any more.", code="nobody_there")
    made = deal(by, Wanted(**{**one.wanted, "to": staying}), now=now)
    statement, parameters = dealt_sql(made, wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO assignment_handoverpart (hand_over_id, customer_number, from_number, to_number)"
            f" SELECT %s, d.id, d.owner_id, d.to_id FROM ({statement}) d",
            [one.pk, *parameters],
        )
        one.total = cursor.rowcount
        cursor.execute("ANALYZE assignment_handoverpart")
    to = [each.person.shown_name for each in made.receivers if each.gets]
    words = {"count": one.total, "to": _named(to), "why": one.reason}
    one.change_set = undo.begin(by=by, kind=KIND, words=words, job=one.job)
    one.left = {each.code: each.count for each in made.obstacles if each.count}
    one.planned = True
    one.save(update_fields=["total", "change_set", "left", "planned"])
    audit.record(
        by=by, action=KIND, subject_type="customer",
        changes={**words, "to": to, "wanted": _told_of(one.wanted), "change_set": one.change_set.pk},
    )  # fmt: skip


def _told_of(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked for, without what was left open; of thousands of customers the number is enough."""
    ids = wanted["ids"]
    return {name: value for name, value in wanted.items() if value and name not in ("ids", "to")} | (
        {"chosen": len(ids)} if ids else {}
    )


@transaction.atomic
def _batch(one: HandOver, by: Viewer) -> bool:
    """Hand over the next customers; answers False when all are through."""
    _require_alone(one)
    parts = HandOverPart.objects.filter(hand_over=one, customer_number__gt=one.last)
    rows = parts.order_by("customer_number").values_list("customer_number", "from_number", "to_number")
    part = list(rows[:BATCH])
    if not part or one.change_set is None:
        _finish(one, by)
        return False
    moving = _movable(one, by, part)
    to = {customer_id: receiver for customer_id, _, receiver in moving}
    owners.give(
        by=by, to=to, reason=Reason.HANDED_OVER, note=one.reason, change_set=one.change_set,
        over_capacity=one.wanted.get("over_capacity", False),
    )  # fmt: skip
    _tally(one, moving)
    one.last, one.moved = part[-1][0], one.moved + len(moving)
    one.save(update_fields=["last", "moved", "left", "told"])
    return True


def _movable(one: HandOver, by: Viewer, part: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Those still to be moved, locked: others were given away, hidden or thrown away meanwhile, or their
    receiver left or got others."""
    # One parameter instead of ten thousand.
    among = RawSQL("SELECT unnest(%s::bigint[])", [[customer_id for customer_id, _, _ in part]])
    rows = selectors.visible_to(by).filter(pk__in=among)
    locked = rows.order_by("pk").select_for_update(of=("self",))
    owned = dict(locked.values_list("pk", "owner_id"))
    here = set(_still_here({to for _, _, to in part}))
    room = _room(one, by, here)
    left = Counter(one.left)
    moving = []
    for each in part:
        customer_id, former, to = each
        if owned.get(customer_id) != former:
            left["changed"] += 1
        elif to not in here:
            left["receiver_left"] += 1
        elif room.get(to, 1) < 1:
            left["capacity"] += 1
        else:
            moving.append(each)
            if to in room:
                room[to] -= 1
    one.left = dict(left)
    return moving


def _room(one: HandOver, by: Viewer, receivers: Collection[int]) -> dict[int, int]:
    """How many these may still get; nobody passes the limit by a decision of their own."""
    bounded = {by.user_id} & set(receivers) if one.wanted.get("over_capacity", False) else receivers
    return capacity.room([to for to in bounded if to is not None])


def _tally(one: HandOver, moving: Sequence[tuple[int, int, int]]) -> None:
    """Count for the notices, by former owner and receiver."""
    ids, former_ids, to_ids = (
        (list(column) for column in zip(*moving, strict=True)) if moving else ([], [], [])
    )
    with connection.cursor() as cursor:
        cursor.execute(_TALLY, [list(_BEST), ids, former_ids, to_ids])
        for former, to, count, best in cursor.fetchall():
            before = one.told.setdefault(str(former), {}).get(str(to), [0, 0])
            one.told[str(former)][str(to)] = [before[0] + count, before[1] + best]


def _finish(one: HandOver, by: Viewer) -> None:
    """The plan goes; everybody concerned is told once."""
    HandOverPart.objects.filter(hand_over=one).delete()
    told: Mapping[str, Mapping[str, Sequence[int]]] = one.told
    gained: dict[int, list[int]] = {}
    for given in told.values():
        for to, (count, best) in given.items():
            sums = gained.setdefault(int(to), [0, 0])
            sums[0], sums[1] = sums[0] + count, sums[1] + best
    users = people.owners({*map(int, told), *gained})
    words = {"by": by.name, "why": one.reason}
    for receiver, (count, best) in gained.items():
        notifications.notify(
            by=by, user_ids=[receiver], event="customers_handed_to_me",
            words={**words, "count": count, "best": best}, link=_link(one.change_set, owner_id=receiver),
        )  # fmt: skip
    for former, given in told.items():
        person = users[int(former)]
        names = [users[int(to)].shown_name for to in sorted(given, key=lambda to: -given[to][0])]
        count = sum(count for count, _ in given.values())
        notifications.notify(
            by=by, user_ids=[person.pk], event="customers_handed_on",
            words={**words, "count": count, "to": _named(names)}, link=_seen_link(one, person),
        )  # fmt: skip
    one.told = {}
    one.save(update_fields=["told"])


def _seen_link(one: HandOver, person: Any) -> str:
    """To those handed on, for who may still see them; else to what is left."""
    own_alone = people.granted(person.role)["reach"] is Reach.OWN
    return f"/customers?filter=owner*eq*{person.pk}" if own_alone else _link(one.change_set)


def _link(change_set: ChangeSet | None, *, owner_id: int | None = None) -> str:
    """The list of the customers of a change set, as the browser's address says it."""
    both = f"change_set*has_any*_l_s{change_set.pk}" if change_set else ""
    if owner_id is not None:
        both += f"*owner*eq*{owner_id}"
    return f"/customers?filter={both.strip('*')}"


def _named(names: Sequence[str]) -> str:
    """A few names, and that there are more."""
    shown = " / ".join(names[:MOST_NAMED])
    return f"{shown} …" if len(names) > MOST_NAMED else shown


def _still_here(user_ids: Sequence[int] | set[int]) -> list[int]:
    found = people.owners(set(user_ids))
    return [one for one in user_ids if one in found and found[one].is_active]


def _require_alone(one: HandOver) -> None:
    now = HandOver.objects.select_for_update().values_list("planned", "last").get(pk=one.pk)
    if now != (one.planned, one.last):
        raise Conflict("This is being done by another process.")
