"""At once: one customer's facts changed, and its score follows, through the scales of the run in force."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import connection, transaction

from jinzita.analytics.calendar import CompanyCalendar
from jinzita.analytics.facts import MOMENTS
from jinzita.analytics.single import CustomerScore as Scored
from jinzita.analytics.single import score_one
from jinzita.analytics.value_model import PROSPECT
from jinzita.customers.selectors.visible import visible_to
from jinzita.customers.services import record_standing
from jinzita.kernel.access import system
from jinzita.kernel.events import publish
from jinzita.kernel.stream import Audience, tell
from jinzita.value.events import GradeChanged, ScoreChanged
from jinzita.value.models import CustomerScore, Run, ScoreHistory
from jinzita.value.selectors.documents import said_plainly
from jinzita.value.selectors.engine import facts_of_customer
from jinzita.value.selectors.models import model_of_customer
from jinzita.value.selectors.runs import Learned, learned
from jinzita.value.services.results import MODEL_LOCK, MOVED

# Advisory locks on single customers: this number plus the customer's id.
CUSTOMER_LOCK = 0x6A7A << 48
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of the customers asked for: re-scored, or waiting for an open run to be done."""

    rescored: int
    waiting: tuple[int, ...]


def rescore(*, customer_ids: Sequence[int], cause: str, today: date) -> Outcome:
    """Score these customers anew from their facts of this moment, each in a transaction of its own.

    Score, standing, history, the notice to open pages and GradeChanged belong together. A customer whose
    model was never run stays as it is; when that run is open just now, the customer is `waiting`.
    """
    rescored, waiting = 0, []
    for customer_id in sorted(set(customer_ids)):
        with said_plainly():
            done = _rescore_one(customer_id, cause, today)
        if done is None:
            waiting.append(customer_id)
        else:
            rescored += done
    return Outcome(rescored, tuple(waiting))


def warm_up(*, today: date) -> int:
    """Get ready to re-score without delay: scales read, the pipeline planned for today and the runs' days.

    Computes the score of one customer of each run in force and writes nothing; answers how many models.
    """
    runs = list(Run.objects.filter(in_force=True).values_list("pk", flat=True))
    for run_id in runs:
        basis = learned(run_id)
        customer_id = (
            CustomerScore.objects.filter(run_id=run_id).values_list("customer_id", flat=True).first()
        )
        if customer_id is None:
            continue
        facts = facts_of_customer(customer_id)
        for as_of in {basis.as_of, max(basis.as_of, today)}:
            score_one(facts, basis.model, basis.fitted, as_of=as_of, time_zone=settings.COMPANY_TIME_ZONE.key)
    return len(runs)


@transaction.atomic
def _rescore_one(customer_id: int, cause: str, today: date) -> bool | None:
    """Whether the customer was re-scored; None = wait for the open first run of its model."""
    with connection.cursor() as cursor:
        # Two at once: the second reads the facts after the first has committed, so the last state wins.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CUSTOMER_LOCK + customer_id])
    facts = facts_of_customer(customer_id)
    if not facts["customers"].num_rows:
        return False  # removed meanwhile
    known = facts["customers"].select(["source", "kind"]).to_pylist()[0]
    model = model_of_customer(customer_id, source=known["source"], kind=known["kind"], today=today)
    if model is None:
        return False
    with connection.cursor() as cursor:
        # Shared with other re-scores, against a run being put in force: its scales or the former ones.
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [MODEL_LOCK, model.pk])
    run_id = Run.objects.filter(model=model, in_force=True).values_list("pk", flat=True).first()
    if run_id is None:
        open_run = Run.objects.filter(model=model, state__in=Run.OPEN).exists()
        log.info("customer %s is not scored yet: model %s has no run", customer_id, model.code)
        return None if open_run else False
    basis = learned(run_id)
    scored = score_one(
        facts, basis.model, basis.fitted,
        as_of=max(basis.as_of, _newest_day(facts, today)), time_zone=settings.COMPANY_TIME_ZONE.key,
    )  # fmt: skip
    _write(customer_id, basis, scored, cause)
    return True


def _newest_day(facts: dict[str, pa.Table], today: date) -> date:
    """The newest calendar day among the customer's facts that is not after `today`."""
    calendar = CompanyCalendar(settings.COMPANY_TIME_ZONE.key)
    moments = {
        moment
        for fact, name in MOMENTS.items()
        if fact in facts
        for moment in facts[fact].column(name).to_pylist()
        if moment is not None
    }
    return max((day for moment in moments if (day := calendar.day_of(moment)) <= today), default=date.min)


def _write(customer_id: int, basis: Learned, scored: Scored, cause: str) -> None:
    rows = CustomerScore.objects.filter(customer_id=customer_id, run__in_force=True)
    before = rows.order_by("-scored_at").values_list("score", "grade").first() or (None, PROSPECT)
    _put_score(customer_id, basis, scored)
    above = record_standing(
        customer_id=customer_id, score=scored.score, grade=scored.grade, as_of=scored.as_of
    )
    grade = above or scored.grade
    last = ScoreHistory.objects.filter(customer_id=customer_id).order_by("-at", "-id")
    if _is_news(last.values_list("score", "grade").first() or (None, PROSPECT), scored.score, grade):
        write_history(customer_id, basis.run_id, scored.as_of, scored.score, grade, cause)
        publish(
            ScoreChanged(
                customer_id=customer_id,
                model_id=basis.model_id,
                score=scored.score,
                grade=grade,
                as_of=scored.as_of.isoformat(),
                cause=cause,
            )
        )
    if before[1] != scored.grade and above is None:
        publish(
            GradeChanged(
                customer_id=customer_id,
                model_id=basis.model_id,
                from_grade=before[1],
                to_grade=scored.grade,
                score=scored.score,
                as_of=scored.as_of.isoformat(),
                cause=cause,
            )
        )
    tell_pages(customer_id, basis.model_id, scored.score, grade)


def write_history(
    customer_id: int, run_id: int | None, as_of: date, score: float | None, grade: str, cause: str
) -> None:
    """A point of the history; by the clock, so that two changes in one transaction stand in their order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO value_scorehistory (customer_id, run_id, at, as_of, score, grade, cause)"
            " VALUES (%s, %s, clock_timestamp(), %s, %s, %s, %s)",
            [customer_id, run_id, as_of, score, grade, cause[:20]],
        )


def _put_score(customer_id: int, basis: Learned, scored: Scored) -> None:
    if scored.grade == PROSPECT:
        CustomerScore.objects.filter(customer_id=customer_id, run__in_force=True).delete()
        return
    CustomerScore.objects.filter(customer_id=customer_id, run__in_force=True).exclude(
        run_id=basis.run_id
    ).delete()
    texts = [one.value if isinstance(one.value, str) else None for one in scored.indicators]
    values = [None if isinstance(one.value, str) else one.value for one in scored.indicators]
    categorical = any(one.categorical for one in basis.fitted.used(basis.model))
    row: dict[str, Any] = {
        "score": scored.score, "grade": scored.grade, "as_of": scored.as_of, "revenue": scored.revenue,
        "profit": scored.profit, "values": values, "texts": texts if categorical else None,
    }  # fmt: skip
    names = ", ".join(row)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO value_customerscore (customer_id, run_id, scored_at, {names})"
            f" VALUES (%s, %s, clock_timestamp(), {', '.join(['%s'] * len(row))})"
            " ON CONFLICT (customer_id, run_id) DO UPDATE SET scored_at = excluded.scored_at, "
            + ", ".join(f"{name} = excluded.{name}" for name in row),
            [customer_id, basis.run_id, *row.values()],
        )


def _is_news(before: tuple[float | None, str], score: float | None, grade: str) -> bool:
    if before[1] != grade:
        return True
    if before[0] is None or score is None:
        return before[0] is not score
    return abs(before[0] - score) >= MOVED


def tell_pages(customer_id: int, model_id: int | None, score: float | None, grade: str) -> None:
    """Show a customer's new score and grade on the open pages of those who see it."""
    found = (
        visible_to(system("worker")).filter(pk=customer_id).values_list("owner_id", "department_id").first()
    )
    owner_id, department_id = found or (None, None)
    users = frozenset({owner_id}) if owner_id else frozenset()
    departments = frozenset({department_id}) if department_id else frozenset()
    tell(
        "score",
        {"customer_id": customer_id, "score": score, "grade": grade, "model_id": model_id},
        audience=Audience(user_ids=users, department_ids=departments, customer_ids=frozenset({customer_id})),
    )
