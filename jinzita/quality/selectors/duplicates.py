"""Customers that may be one: the groups found by the job, and those a new customer may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jinzita.analytics.linkage import candidates, pairs
from jinzita.analytics.linkage.pairs import Scored
from jinzita.customers import selectors as customers
from jinzita.customers.selectors.duplicates import Candidate
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.customers.selectors.words import found_by
from jinzita.kernel import jobs
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.models import ChangedRow, Job
from jinzita.kernel.records import Field, filters, listing
from jinzita.kernel.records.filters.sql import compiled
from jinzita.kernel.records.filters.tree import Condition, Node, Not, Several
from jinzita.quality.fields.matches import DUPLICATES, OF_PAIR
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


@dataclass(frozen=True)
class Asked:
    """Matches that were asked for, each in a list of its own, or the leading ones for their whole groups."""

    rows: QuerySet[Match]
    whole: bool


def fields_of(viewer: Viewer, text: str | None = None) -> Mapping[str, Field]:
    """The fields that a filter `text` may name, by code; a customer's is asked of either one of a pair."""
    named = customers.fields_named(text, viewer)
    return {
        **{code: replace(one, through=partial(_asked_of_either, viewer, one)) for code, one in named.items()},
        **{one.code: one for one in OF_PAIR},
    }


def _asked_of_either(viewer: Viewer, field: Field, condition: Q) -> Q:
    return _of_either(viewer, field.through(condition) if field.through else condition)


def _of_either(viewer: Viewer, condition: Q) -> Q:
    fitting = customers.visible_to(viewer).filter(condition)
    left, right = (Exists(fitting.filter(pk=OuterRef(side))) for side in ("left", "right"))
    return Q(left) | Q(right)


def matching(
    viewer: Viewer, *, filter: str | None = None, q: str | None = None, verdict: str | None = None,
    state: str | None = None, change_set_id: int | None = None,
) -> Asked:  # fmt: skip
    """The matches between customers the viewer sees that fit a filter, and of which the words find one.

    Those decided already are told where `state` or the filter asks for them. Of a change set (an import) the
    matches are told that have a customer it made. Raises Invalid.
    """
    viewer.require(Permission.READ)
    if state is not None and state not in Match.State.values:
        raise Invalid.at("state", "unknown_choice", f"state must be one of {', '.join(Match.State.values)}.")
    node = filters.read(fields_of(viewer, filter), filter)
    if state is None and not _names(node, "state"):
        state = Match.State.OPEN
    fitting = _visible(viewer, Match.objects.filter(compiled(node, DUPLICATES.code)))
    fitting = fitting.filter(state=state) if state else fitting
    fitting = fitting.filter(verdict=verdict) if verdict else fitting
    if q and q.strip():
        fitting = fitting.filter(_of_either(viewer, found_by(q, kept=kept_back(viewer, "customers"))))
    if change_set_id is not None:
        fitting = fitting.filter(_made_by(change_set_id, "left") | _made_by(change_set_id, "right"))
    # A salesperson may see another pair of a group than its strongest: then each pair stands for itself.
    if state != Match.State.OPEN or viewer.reach is not Reach.ALL or change_set_id is not None:
        return Asked(fitting, whole=False)
    if not (filter or verdict or (q and q.strip())):
        return Asked(fitting.filter(leading=True), whole=True)
    leading = _visible(viewer, Match.objects.filter(state=state, leading=True))
    return Asked(leading.filter(group__in=fitting.values("group")), whole=True)


def _names(node: Node, code: str) -> bool:
    match node:
        case Several(parts=parts):
            return any(_names(part, code) for part in parts)
        case Not(part=part):
            return _names(part, code)
        case Condition(field=field):
            return field.code == code
    return False


def groups(
    viewer: Viewer, *, sort: str | None = None, limit: int = 20, cursor: str | None = None, **asked: Any
) -> listing.Page[Any]:
    """A page of `Group`s, by their strongest match unless `sort` says otherwise. `asked` as of `matching`.

    One of which the viewer sees less than two customers is left out.
    """
    found = matching(viewer, **asked)
    page = listing.page(
        found.rows.select_related("decided_by"), {one.code: one for one in OF_PAIR},
        default_sort=DUPLICATES.default_sort, sort=sort, limit=limit, cursor=cursor,
    )  # fmt: skip
    return listing.Page(_as_groups(viewer, page.items, whole=found.whole), page.next)


def count(viewer: Viewer, **asked: Any) -> int:
    """How many groups there are of those asked for as of `matching`."""
    return matching(viewer, **asked).rows.count()


def _made_by(change_set_id: int, side: str) -> Q:
    made = ChangedRow.objects.filter(
        change_set=change_set_id, table="customers_customer", before__isnull=True, row_id=OuterRef(side)
    )
    return Q(Exists(made))


def _as_groups(viewer: Viewer, found: Sequence[Match], *, whole: bool) -> list[Group]:
    members: dict[int, list[Match]] = {one.pk: [one] for one in found}
    if whole:
        by_group = {one.group: one.pk for one in found}
        rows = Match.objects.filter(group__in=by_group, state=Match.State.OPEN).select_related("decided_by")
        rows = rows.order_by("-probability", "pk")
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
    rows = _visible(viewer, rows).select_related("decided_by").order_by("-probability", "pk")
    found = list(rows[:MOST_OF_GROUP])
    return _as_groups(viewer, found, whole=False)


def summary(viewer: Viewer) -> dict[str, Any]:
    """How many there are of each sort, counted as they are listed, and the job that found them.

    Who sees all customers sees open ones as groups, which may hold pairs of either verdict.
    """
    viewer.require(Permission.READ)
    rows = _visible(viewer, Match.objects.all())
    listed = rows.filter(state=Match.State.OPEN)
    each = Count("group", distinct=True) if viewer.reach is Reach.ALL else Count("pk")
    figures = {"same": 0, "look": 0, "later": 0, "different": 0}
    figures |= dict(listed.values_list("verdict").annotate(n=each))
    decided = rows.exclude(state=Match.State.OPEN)
    figures |= dict(decided.values_list("state").annotate(n=Count("pk")))
    figures["open"] = listed.aggregate(n=each)["n"]
    last = Job.objects.filter(kind=JOB).order_by("-pk").first()
    return {**figures, "job": jobs.as_dict(last) if last else None}
