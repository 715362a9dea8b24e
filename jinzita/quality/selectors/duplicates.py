"""Customers that may be one: the groups found by the job, and those a new customer may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jinzita.analytics.linkage import candidates, pairs
from jinzita.analytics.linkage.pairs import Scored
from jinzita.customers import selectors as customers
from jinzita.customers.selectors.duplicates import Candidate
from jinzita.kernel import jobs, values
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.models import ChangedRow, Job
from jinzita.quality.models import Match, MatchPolicy

JOB = "duplicates"
# Scored while somebody types; shown of them; and of a large group.
MOST_SCORED, MOST_TOLD, MOST_OF_GROUP = 60, 8, 20


@dataclass(frozen=True)
class Likely:
    """A customer there is already that may be the new one."""

    candidate: Candidate
    scored: Scored
    verdict: str


@dataclass(frozen=True)
class Group:
    """Customers that may be one, and the matches between them, the strongest first."""

    id: int
    matches: list[Match]
    customers: list[Any]


def policy() -> MatchPolicy:
    return MatchPolicy.objects.first() or MatchPolicy()


def policy_for(viewer: Viewer) -> MatchPolicy:
    """The thresholds, for anybody who works here."""
    viewer.require(Permission.READ)
    return policy()


def verdict_of(probability: float, limits: MatchPolicy) -> str | None:
    """same, look, or None for no."""
    if probability >= limits.same:
        return str(Match.Verdict.SAME)
    return str(Match.Verdict.LOOK) if probability >= limits.look else None


def likely(viewer: Viewer, record: Mapping[str, Any], *, without: int | None = None) -> list[Likely]:
    """The customers that this one may be, the likeliest first, also those the viewer may not see."""
    viewer.require(Permission.CREATE_CUSTOMERS if without is None else Permission.EDIT_CUSTOMERS)
    found = customers.duplicates.alike(
        viewer, words=candidates.ways(record), enough=MOST_SCORED, without=without
    )
    by_id = {one.id: one for one in found[: 2 * MOST_SCORED]}
    scored: dict[int, Scored] = {}
    for each in pairs.score(record, [under for one in by_id.values() for under in one.records]):
        scored.setdefault(each.id, each)  # the likeliest first: of several names the one that fits best
    for one in by_id.values():
        for code in ("phone", "email"):
            if viewer.access("customers", code).concealed:
                one.record[code] = None
    limits = policy()
    told = [(one, verdict_of(one.probability, limits)) for one in scored.values()]
    shown = [Likely(by_id[one.id], one, verdict) for one, verdict in told if verdict][:MOST_TOLD]
    for candidate in (one.candidate for one in shown):
        if candidate.visible:
            viewer.saw("customers", candidate.id, candidate.record)
    return shown


def _visible(viewer: Viewer, rows: QuerySet[Match]) -> QuerySet[Match]:
    seen = customers.visible_to(viewer).values("pk")
    return rows.filter(left__in=seen, right__in=seen)


def groups(
    viewer: Viewer,
    *,
    verdict: str | None = None,
    state: str = "open",
    limit: int = 20,
    cursor: str | None = None,
    change_set_id: int | None = None,
) -> tuple[list[Group], str | None]:
    """Groups by their strongest match. One of which the viewer sees less than two customers is left out.

    Of a change set (an import) the pairs are told that have a customer it made.
    """
    viewer.require(Permission.READ)
    if state not in Match.State.values:
        raise Invalid.at("state", "unknown_choice", f"state must be one of {', '.join(Match.State.values)}.")
    limit = max(1, min(limit, 100))
    rows = _visible(viewer, Match.objects.filter(state=state))
    # A salesperson may see another pair of a group than its strongest: then each pair stands for itself.
    whole = state == Match.State.OPEN and viewer.reach is Reach.ALL and change_set_id is None
    if change_set_id is not None:
        rows = rows.filter(_made_by(change_set_id, "left") | _made_by(change_set_id, "right"))
    rows = rows.filter(leading=True) if whole else rows
    rows = rows.filter(verdict=verdict) if verdict else rows
    if cursor:
        probability, last = _read(cursor)
        rows = rows.filter(Q(probability__lt=probability) | Q(probability=probability, pk__gt=last))
    found = list(rows.order_by("-probability", "pk")[: limit + 1])
    following = f"{found[limit - 1].probability!r}_{found[limit - 1].pk}" if len(found) > limit else None
    return _as_groups(viewer, found[:limit], whole=whole), following


def _made_by(change_set_id: int, side: str) -> Q:
    made = ChangedRow.objects.filter(
        change_set=change_set_id, table="customers_customer", before__isnull=True, row_id=OuterRef(side)
    )
    return Q(Exists(made))


def _read(cursor: str) -> tuple[float, int]:
    probability, _, last = cursor.partition("_")
    try:
        return float(probability), values.identifier(int(last), "cursor")
    except ValueError:
        raise Invalid.at("cursor", "unknown_cursor", "This cursor is not one of this list.") from None


def _as_groups(viewer: Viewer, found: Sequence[Match], *, whole: bool) -> list[Group]:
    members: dict[int, list[Match]] = {one.pk: [one] for one in found}
    if whole:
        by_group = {one.group: one.pk for one in found}
        rows = Match.objects.filter(group__in=by_group, state=Match.State.OPEN).order_by("-probability", "pk")
        for one in _visible(viewer, rows):
            if one.pk not in members and len(members[by_group[one.group]]) < MOST_OF_GROUP:
                members[by_group[one.group]].append(one)
    ids = {one for some in members.values() for match in some for one in (match.left, match.right)}
    shown = {one.pk: one for one in customers.by_ids(viewer, ids)}
    groups = []
    for lead in found:
        some = members[lead.pk]
        own = dict.fromkeys(one for match in some for one in (match.left, match.right))
        groups.append(
            Group(lead.group if whole else lead.pk, some, [shown[one] for one in own if one in shown])
        )
    return groups


def matches_of(viewer: Viewer, customer_id: int) -> list[Group]:
    """The open matches of one customer."""
    customers.require_visible(viewer, customer_id)
    rows = Match.objects.filter(Q(left=customer_id) | Q(right=customer_id), state=Match.State.OPEN)
    found = list(_visible(viewer, rows).order_by("-probability", "pk")[:MOST_OF_GROUP])
    return _as_groups(viewer, found, whole=False)


def summary(viewer: Viewer) -> dict[str, Any]:
    """How many matches there are of each sort, and the job that found them."""
    viewer.require(Permission.READ)
    rows = _visible(viewer, Match.objects.all()) if viewer.reach is not Reach.ALL else Match.objects.all()
    counted = rows.values_list("state", "verdict").annotate(n=Count("pk"))
    figures = {"same": 0, "look": 0, "later": 0, "different": 0}
    for state, verdict, n in counted:
        figures[verdict if state == Match.State.OPEN else state] += n
    last = Job.objects.filter(kind=JOB).order_by("-pk").first()
    return {**figures, "job": jobs.as_dict(last) if last else None}
