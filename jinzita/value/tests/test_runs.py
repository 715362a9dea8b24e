"""Full runs: results swapped at once, one at a time, history, repeat."""

import pytest

from jinzita.value.models import CustomerScore, ScoreHistory
from jinzita.value.tests import world
from jinzita.value.tests.conftest import run_now

pytestmark = pytest.mark.django_db(transaction=True)


def standings() -> dict[int, tuple]:
    rows = world.table("customers.Standing").objects.values_list("customer_id", "score", "grade")
    return {pk: (score, grade) for pk, score, grade in rows}


def test_a_run_scores_everybody_and_takes_force(model, company):
    one = run_now(model)

    assert (one.state, one.error, one.in_force) == ("done", "", True)
    assert one.counts["scored"] == 12
    assert one.counts["prospects"] == 1
    shown = standings()
    assert shown[company[-1].pk] == (None, "prospect")
    best, worst = shown[company[11].pk], shown[company[0].pk]
    assert best[0] > worst[0]
    row = CustomerScore.objects.get(customer_id=company[11].pk)
    assert (row.score, row.grade, row.run_id) == (*best, one.pk)
    assert row.texts[-1] == "银行"
    assert row.values[-1] is None
    assert ScoreHistory.objects.filter(run=one, cause="run").count() == 12
    assert sum(tier["customers"] for tier in one.summary["pyramid"]["grades"]) == 12
