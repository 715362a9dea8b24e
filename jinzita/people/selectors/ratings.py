"""Reads of ratings: what one is asked, and what came of it.

Who gave which mark is told to nobody. A duty's results are seen by the person who holds it and by those
above, once the round is closed and at least `FEWEST` people have rated it; with fewer, marks and comments
would tell who they are from.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Forbidden, NotFound
from jinzita.people.models import CompanySetting, Department, InternalCustomer, Rating, RatingRound, User
from jinzita.people.selectors.cards import is_above, one
from jinzita.people.selectors.teams import heads_above

FEWEST = 3
SETTING = "ratings"
DEFAULTS = {"enabled": True, "days": 14}


@dataclass
class DutyResult:
    """What was said of one duty in one round; without `marks` when too few said something."""

    held_id: int
    duty: str
    asked: int = 0
    answered: int = 0
    marks: list[int] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def shown(self) -> bool:
        return self.answered >= FEWEST

    @property
    def average(self) -> float | None:
        return sum(self.marks) / len(self.marks) if self.shown else None


@dataclass
class RoundResult:
    """A person's results of one round; the average is over the duties that are shown."""

    round: RatingRound
    duties: list[DutyResult]

    @property
    def average(self) -> float | None:
        marks = [mark for one in self.duties if one.shown for mark in one.marks]
        return sum(marks) / len(marks) if marks else None


def settings_of_company(viewer: Viewer) -> dict[str, object]:
    viewer.require(Permission.READ)
    found = CompanySetting.objects.filter(pk=SETTING).first()
    return {**DEFAULTS, **(found.value if found else {})}


def rounds(viewer: Viewer) -> QuerySet[RatingRound]:
    """All rounds, the latest first, with how many ratings were asked for and given."""
    viewer.require(Permission.READ)
    return RatingRound.objects.order_by("-year", "-quarter")


def answers(of: list[RatingRound]) -> dict[int, tuple[int, int]]:
    """By round, how many ratings were asked for and how many given."""
    rows = Rating.objects.filter(round__in=of).values_list("round").annotate(Count("pk"), Count("mark"))
    return {pk: (asked, given) for pk, asked, given in rows}


def to_rate(viewer: Viewer, *, today: date) -> QuerySet[Rating]:
    """What the viewer is asked in rounds that are open."""
    viewer.require(Permission.READ)
    return (
        Rating.objects.filter(
            rater_id=viewer.user_id, round__closed_at=None, round__closes_on__gte=today,
            held__ended_at=None, held__person__is_active=True,
        )
        .select_related("round", "held__duty", "held__person__card", "held__person__department")
        .order_by("held__person__name", "held__person_id", "pk")
    )  # fmt: skip


def open_rating(viewer: Viewer, rating_id: int, *, today: date) -> Rating:
    """One of the viewer's own. Raises NotFound, also when its round is closed."""
    found = to_rate(viewer, today=today).filter(pk=rating_id).first()
    if found is None:
        raise NotFound(f"There is no rating {rating_id} that you can give.")
    return found


def may_see(viewer: Viewer, person: User) -> bool:
    """Only the person and those above; not even administrators, unless they are above."""
    return viewer.user_id == person.pk or is_above(viewer, person)


def results(viewer: Viewer, person_id: int) -> list[RoundResult]:
    """What internal customers said of a person, round by round, the first first."""
    person = one(viewer, person_id)
    if not may_see(viewer, person):
        raise Forbidden(
            "Ratings are seen by the person and the managers above only.", code="ratings_are_private"
        )
    rows = (
        Rating.objects.filter(held__person=person, round__closed_at__isnull=False)
        .select_related("round", "held__duty")
        .order_by("round__year", "round__quarter", "held__duty__name", "held_id")
    )
    found: dict[RatingRound, dict[int, DutyResult]] = defaultdict(dict)
    for rating in rows:
        result = found[rating.round].setdefault(
            rating.held_id, DutyResult(rating.held_id, rating.held.duty.name)
        )
        result.asked += 1
        if rating.mark is not None:
            result.answered += 1
            result.marks.append(rating.mark)
            if rating.comment:
                result.comments.append(rating.comment)
    for of_round in found.values():
        for result in of_round.values():
            # By text: their order shall not tell who wrote first.
            result.comments.sort()
            if not result.shown:
                result.marks, result.comments = [], []
    return [RoundResult(each, list(of_round.values())) for each, of_round in found.items()]


def who_rates() -> set[tuple[int, int]]:
    """(duty held, rater): a person rates for themselves, a department by its head or the nearest above."""
    heads = heads_above(list(Department.objects.all()))
    active = set(User.objects.filter(is_active=True).values_list("pk", flat=True))
    relying = InternalCustomer.objects.filter(
        Q(person=None) | Q(person__is_active=True), held__ended_at=None, held__person__is_active=True
    ).values_list("held_id", "held__person_id", "person_id", "department_id")
    pairs = set()
    for held_id, holder, person, department in relying.iterator():
        over = (head for head in heads.get(department or 0, []) if head in active)
        rater = person or next(over, None)
        if rater and rater != holder:
            pairs.add((held_id, rater))
    return pairs
