"""Handing over many customers: who is meant, who gets how many, and what stands in the way."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from jinzita.assignment.models import HandOver
from jinzita.assignment.selectors import capacity
from jinzita.assignment.selectors.dealing import Place, shares
from jinzita.assignment.selectors.worth import revenue_sql
from jinzita.customers.fields import GRADES
from jinzita.customers.selectors import matching, owners, visible_to
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.people import selectors as people

MOST_RECEIVERS, MOST_IDS = 100, 5_000
# Of more customers than this only the numbers are told, not whose turn each would be.
MOST_DEALT_BEFOREHAND = 200_000
_GRADES = tuple(one.value for one in GRADES)
_COUNTS = """
SELECT c.owner_id, {group}, c.grade, count(*) FROM ({chosen}) AS c(id, owner_id, department_id, grade, score)
GROUP BY 1, 2, 3"""
# The best are dealt first, and each gets of every grade as large a part as of all.
_DEALT = """
SELECT c.id, c.owner_id, s.to_id, c.grade FROM (
  SELECT c.id, c.owner_id, c.grade, {group} AS team, row_number() OVER (PARTITION BY {group}
    ORDER BY array_position(%s::text[], c.grade::text), c.score DESC NULLS LAST, c.id) AS turn
  FROM ({chosen}) AS c(id, owner_id, department_id, grade, score)
  WHERE c.owner_id IS NOT NULL AND c.owner_id <> ALL(%s)
) c JOIN (
  SELECT to_id, team,
    row_number() OVER (PARTITION BY team ORDER BY (part - 0.5) / share, share DESC, to_id) AS turn
  FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS r(to_id, team, share),
    generate_series(1, share) AS part
) s ON s.team = c.team AND s.turn = c.turn"""


@dataclass(frozen=True)
class Wanted:
    """Whose customers (a person's, a department's), which of them, to whom, and how they are shared out.

    `how`: ``equally``, or ``by_load`` so that all have about as many afterwards.
    """

    to: Sequence[int]
    user_id: int | None = None
    department_id: int | None = None
    grades: Sequence[str] = ()
    stages: Sequence[str] = ()
    ids: Sequence[int] | None = None
    filter: str | None = None
    q: str | None = None
    how: str = "equally"
    within_department: bool = False
    over_capacity: bool = False


@dataclass
class Receiver:
    """Somebody who gets customers: what is held now, and what comes."""

    person: Any
    held: int
    capacity: int | None
    gets: int = 0
    by_grade: dict[str, int] = field(default_factory=dict)
    revenue: Decimal | None = None


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way: how many customers it concerns, and names of people or departments."""

    code: str
    count: int
    names: Sequence[str] = ()


@dataclass(frozen=True)
class Deal:
    """Who gets how many; `numbers` are the customers that leave, by (former owner, grade)."""

    chosen: QuerySet[Any]
    receivers: Sequence[Receiver]
    teams: Mapping[int, int]
    numbers: Counter[tuple[int, str]]
    obstacles: Sequence[Obstacle]

    @property
    def count(self) -> int:
        return sum(one.gets for one in self.receivers)


@dataclass(frozen=True)
class Preview:
    """What a hand-over would do; `by_grade`: customers and revenue. None where there are too many to tell."""

    deal: Deal
    by_grade: Mapping[str, tuple[int, Decimal | None]] | None
    owners: Sequence[tuple[str, int]]


def chosen(viewer: Viewer, wanted: Wanted) -> QuerySet[Any]:
    """The customers that are meant, as far as the viewer reaches them. Raises Invalid."""
    viewer = viewer.by_reach()
    if wanted.ids is not None:
        if not 1 <= len(wanted.ids) <= MOST_IDS:
            raise Invalid.at(
                "selection.ids", "wrong_count", f"Name 1 to {MOST_IDS} customers.", most=MOST_IDS
            )
        rows = visible_to(viewer).filter(pk__in=set(wanted.ids))
    else:
        rows = matching(viewer, filter=wanted.filter, q=wanted.q)
    if wanted.user_id is not None:
        rows = rows.filter(owner_id=people.user(viewer, wanted.user_id).pk)
    if wanted.department_id is not None:
        below = people.department_and_below(people.department(viewer, wanted.department_id).pk)
        rows = rows.filter(department_id__in=below)
    if wanted.grades:
        rows = rows.filter(standing__grade__in=wanted.grades)
    return rows.filter(lifecycle__stage__in=wanted.stages) if wanted.stages else rows


def deal(viewer: Viewer, wanted: Wanted, *, now: datetime) -> Deal:
    """Who would get how many of them now. Raises Forbidden, NotFound, Invalid."""
    viewer.require(Permission.ASSIGN)
    rows = chosen(viewer, wanted)
    receivers = _receivers(viewer, wanted, now)
    if wanted.user_id in {one.person.pk for one in receivers}:
        raise Invalid.at("to", "same_person", "The customers are this person's already.")
    numbers: Counter[tuple[int, str]] = Counter()
    waiting: Counter[int] = Counter()
    theirs = {one.person.pk for one in receivers}
    stay: Counter[str] = Counter()
    for owner_id, team, grade, count in _counted(rows, wanted):
        if owner_id is None or owner_id in theirs:
            stay["no_owner" if owner_id is None else "own"] += count
        else:
            numbers[owner_id, grade] += count
            waiting[team] += count
    teams = {one.person.pk: _team(one, wanted) for one in receivers}
    obstacles = _share_out(viewer, wanted, receivers, teams, waiting)
    obstacles += [Obstacle(code, count) for code, count in stay.items()]
    return Deal(rows, receivers, teams, numbers, [*obstacles, *_unseen(viewer, wanted), *_blind(receivers)])


def preview(viewer: Viewer, wanted: Wanted, *, now: datetime) -> Preview:
    """What it would do: who gets what, what leaves, what stands in the way."""
    made = deal(viewer, wanted, now=now)
    by_owner: Counter[int] = Counter()
    for (owner_id, _), count in made.numbers.items():
        by_owner[owner_id] += count
    best = by_owner.most_common(50)
    names = people.owners({owner_id for owner_id, _ in best})
    former = [(names[owner_id].shown_name, count) for owner_id, count in best]
    if made.count > MOST_DEALT_BEFOREHAND:
        return Preview(made, None, former)
    return Preview(made, _dealt_by_grade(viewer, made, wanted), former)


def dealt_sql(made: Deal, wanted: Wanted) -> tuple[str, list[Any]]:
    """SQL of customer, former owner, receiver and grade of a deal."""
    statement, parameters = _sql(made.chosen)
    ids = [one.person.pk for one in made.receivers if one.gets]
    given = [one.gets for one in made.receivers if one.gets]
    teams = [made.teams[one] for one in ids]
    theirs = [one.person.pk for one in made.receivers]
    sql = _DEALT.format(group=_group(wanted), chosen=statement)
    return sql, [list(_GRADES), *parameters, theirs, ids, teams, given]


def hand_overs(viewer: Viewer) -> QuerySet[HandOver]:
    """The own hand-overs, newest first; all of them for those who see all customers."""
    viewer.require(Permission.ASSIGN)
    rows = HandOver.objects.select_related("by", "job", "change_set").order_by("-pk")
    return rows if viewer.reach is Reach.ALL else rows.filter(by_id=viewer.user_id)


def _receivers(viewer: Viewer, wanted: Wanted, now: datetime) -> list[Receiver]:
    ids = list(dict.fromkeys(wanted.to))
    if not 1 <= len(ids) <= MOST_RECEIVERS:
        raise Invalid.at("to", "wrong_count", f"Name 1 to {MOST_RECEIVERS} people.", most=MOST_RECEIVERS)
    users = capacity.receivers(viewer).select_related("department", "role").in_bulk(ids)
    for one in ids:
        if one not in users:
            raise Invalid.at("to", "unknown_user", f"You cannot give customers to the user {one}.")
    held = capacity.capacities(set(ids), now=now)
    return [Receiver(users[one], held[one].holdings, held[one].capacity) for one in ids]


def _share_out(
    viewer: Viewer, wanted: Wanted, receivers: list[Receiver], teams: Mapping[int, int],
    waiting: Counter[int],
) -> list[Obstacle]:  # fmt: skip
    by_team: dict[int, list[Receiver]] = defaultdict(list)
    for one in receivers:
        by_team[teams[one.person.pk]].append(one)
    left_over, alone, homeless = 0, 0, []
    full: list[str] = []
    for team, count in waiting.items():
        several = by_team[team]
        places = [_place(viewer, one, wanted) for one in several]
        given = shares(count, places)
        for one, place, gets in zip(several, places, given, strict=True):
            one.gets = gets
            if gets == place.room:
                full.append(one.person.shown_name)
        if not several:
            alone += count
            homeless.append(team)
        else:
            left_over += count - sum(given)
    obstacles = []
    if left_over:
        obstacles.append(Obstacle("capacity", left_over, full))
    if alone:
        named = people.departments_named({one for one in homeless if one})
        obstacles.append(Obstacle("no_receiver", alone, sorted(named.values())))
    return obstacles


def _place(viewer: Viewer, one: Receiver, wanted: Wanted) -> Place:
    # Nobody passes the limit by a decision of their own.
    over_capacity = wanted.over_capacity and one.person.pk != viewer.user_id
    limited = one.capacity is not None and not over_capacity
    room = max(0, (one.capacity or 0) - one.held) if limited else None
    return Place(one.held if wanted.how == "by_load" else 0, room)


def _unseen(viewer: Viewer, wanted: Wanted) -> list[Obstacle]:
    if wanted.user_id is None:
        return []
    held = owners.holdings([wanted.user_id]).get(wanted.user_id, 0)
    count = held - visible_to(viewer).filter(owner_id=wanted.user_id).count()
    return [Obstacle("out_of_reach", count)] if count > 0 else []


def _blind(receivers: Sequence[Receiver]) -> list[Obstacle]:
    names = [
        one.person.shown_name for one in receivers
        if Permission.READ not in people.granted(one.person.role)["permissions"]
    ]  # fmt: skip
    return [Obstacle("blind", 0, names)] if names else []


def _counted(rows: QuerySet[Any], wanted: Wanted) -> list[tuple[int | None, int, str, int]]:
    statement, parameters = _sql(rows)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(group=_group(wanted), chosen=statement), parameters)
        return list(cursor.fetchall())


def _dealt_by_grade(
    viewer: Viewer, made: Deal, wanted: Wanted
) -> dict[str, tuple[int, Decimal | None]]:  # fmt: skip
    sql, parameters = dealt_sql(made, wanted)
    revenue = revenue_sql(viewer) or "NULL::numeric"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.to_id, c.grade, count(*), sum(({revenue})) FROM ({sql}) c GROUP BY 1, 2", parameters
        )
        found = cursor.fetchall()
    by_id = {one.person.pk: one for one in made.receivers}
    whole: dict[str, tuple[int, Decimal | None]] = {}
    for to_id, grade, count, raw in found:
        revenue_here = None if raw is None else Decimal(str(raw))
        one = by_id[to_id]
        one.by_grade[grade] = count
        one.revenue = _sum(one.revenue, revenue_here)
        before = whole.get(grade, (0, None))
        whole[grade] = (before[0] + count, _sum(before[1], revenue_here))
    return {grade: whole[grade] for grade in _GRADES if grade in whole}


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one if other is None else one + other


def _team(one: Receiver, wanted: Wanted) -> int:
    """Within which department somebody gets customers; 0: without regard to departments."""
    return (one.person.department_id or 0) if wanted.within_department else 0


def _group(wanted: Wanted) -> str:
    return "coalesce(c.department_id, 0)" if wanted.within_department else "0::bigint"


def _sql(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    columns = ("pk", "owner_id", "department_id", "standing__grade", "standing__score")
    statement, parameters = rows.order_by().values_list(*columns).query.sql_with_params()
    return statement, list(parameters)
