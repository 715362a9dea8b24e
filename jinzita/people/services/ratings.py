"""Writes of ratings: rounds that open and close by the calendar, and the marks given in them."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.people.models import CompanySetting, Rating, RatingRound
from jinzita.people.selectors import ratings
from jinzita.people.services.notifications import notify

LONGEST_ROUND = 60
# So many days before the last one those who have not answered are reminded.
REMIND = 3
LINK = "/people/ratings"


def quarter_before(day: date) -> tuple[int, int]:
    """Year and quarter that ended last."""
    quarter = (day.month - 1) // 3
    return (day.year, quarter) if quarter else (day.year - 1, 4)


@transaction.atomic
def nightly(*, by: Viewer, today: date, now: datetime) -> None:
    """Close what is over, open the quarter's round in its first days, ask who came since, remind."""
    _close_due(by, today, now)
    chosen = ratings.settings_of_company(by)
    days = int(str(chosen["days"]))
    year, quarter = quarter_before(today)
    begun = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    exists = RatingRound.objects.filter(year=year, quarter=quarter).exists()
    if chosen["enabled"] and not exists and today < begun + timedelta(days=days):
        _open(by, year, quarter, today, days)
    for one in RatingRound.objects.select_for_update().filter(closed_at=None, opens_on__lt=today):
        _ask(by, one)
        if one.reminded_on is None and today >= one.closes_on - timedelta(days=REMIND):
            _remind(by, one, today)


@transaction.atomic
def open_round(*, by: Viewer, today: date) -> RatingRound:
    """Ask for ratings of the quarter that ended last, now. Raises Conflict when that was done, or nobody is
    to be asked."""
    by.require(Permission.MANAGE_PEOPLE)
    year, quarter = quarter_before(today)
    if RatingRound.objects.filter(year=year, quarter=quarter).exists():
        raise Conflict("This quarter has had its round.", code="round_exists")
    days = int(str(ratings.settings_of_company(by)["days"]))
    made = _open(by, year, quarter, today, days)
    if made is None:
        raise Conflict("No duty has internal customers yet.", code="nobody_to_ask")
    return made


@transaction.atomic
def rate(*, by: Viewer, rating_id: int, mark: int | None, comment: str, today: date, now: datetime) -> Rating:
    """Give a mark of 1 to 5 and a comment, change or take them back, until the round closes."""
    by.require(Permission.READ)
    one = ratings.open_rating(by, rating_id, today=today)
    comment = comment.strip()
    if mark is None and comment:
        raise Invalid.at("mark", "required", "A comment needs a mark.")
    if mark is not None and not 1 <= mark <= 5:
        raise Invalid.at("mark", "out_of_range", "A mark is 1 to 5.", low=1, high=5)
    one.mark, one.comment, one.rated_at = mark, comment, now if mark else None
    one.save(update_fields=["mark", "comment", "rated_at"])
    # What was said is nobody's to read in the log.
    audit.record(by=by, action="rate", subject_type="rating", subject_id=one.pk)
    return one


@transaction.atomic
def save_settings(*, by: Viewer, enabled: bool, days: int) -> dict[str, Any]:
    """Whether rounds open by themselves at each quarter's start, and for how many days."""
    by.require(Permission.MANAGE_PEOPLE)
    if not 1 <= days <= LONGEST_ROUND:
        raise Invalid.at(
            "days",
            "out_of_range",
            f"A round is open for 1 to {LONGEST_ROUND} days.",
            low=1,
            high=LONGEST_ROUND,
        )
    value = {"enabled": enabled, "days": days}
    CompanySetting.objects.update_or_create(pk=ratings.SETTING, defaults={"value": value})
    audit.record(by=by, action="update", subject_type="rating_settings", changes=value)
    return value


def _open(by: Viewer, year: int, quarter: int, today: date, days: int) -> RatingRound | None:
    if not ratings.who_rates():
        return None
    closes_on = today + timedelta(days=days - 1)
    # Two who open it at once: the second finds the first one's.
    one, made = RatingRound.objects.get_or_create(
        year=year, quarter=quarter, defaults={"opens_on": today, "closes_on": closes_on}
    )
    if made:
        audit.record(
            by=by, action="open", subject_type="rating_round", subject_id=one.pk,
            changes={"year": year, "quarter": quarter, "closes_on": closes_on},
        )  # fmt: skip
        _ask(by, one)
    return one


def _ask(by: Viewer, one: RatingRound) -> None:
    """Ask whoever relies on a duty and was not asked yet."""
    asked = set(Rating.objects.filter(round=one).values_list("held_id", "rater_id"))
    fresh = sorted(ratings.who_rates() - asked)
    Rating.objects.bulk_create(
        (Rating(round=one, held_id=held, rater_id=rater) for held, rater in fresh), ignore_conflicts=True
    )
    _tell(by, "rating_opened", one, Counter(rater for _, rater in fresh))


def _remind(by: Viewer, one: RatingRound, today: date) -> None:
    RatingRound.objects.filter(pk=one.pk).update(reminded_on=today)
    waiting = Rating.objects.filter(
        round=one, mark=None, held__ended_at=None, held__person__is_active=True
    ).values_list("rater_id", flat=True)
    _tell(by, "rating_reminder", one, Counter(waiting))


def _close_due(by: Viewer, today: date, now: datetime) -> None:
    for one in RatingRound.objects.select_for_update().filter(closed_at=None, closes_on__lt=today):
        RatingRound.objects.filter(pk=one.pk).update(closed_at=now)
        audit.record(by=by, action="close", subject_type="rating_round", subject_id=one.pk)
        rated = Rating.objects.filter(round=one, mark__isnull=False).order_by()
        notify(
            by=by, user_ids=rated.values_list("held__person_id", flat=True).distinct(),
            event="rating_results", link=LINK, words={"year": one.year, "quarter": one.quarter},
        )  # fmt: skip


def _tell(by: Viewer, event: str, one: RatingRound, counts: Counter[int]) -> None:
    """Tell people how many ratings wait for them; those with equally many in one go."""
    by_count: dict[int, list[int]] = defaultdict(list)
    for person_id, count in counts.items():
        by_count[count].append(person_id)
    for count, people in by_count.items():
        notify(
            by=by, user_ids=people, event=event, link=LINK,
            words={
                "year": one.year, "quarter": one.quarter, "count": count,
                "until": one.closes_on.isoformat(),
            },
        )  # fmt: skip
