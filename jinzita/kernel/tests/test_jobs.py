"""Long work that is watched: what its row tells once it is over."""

from datetime import date
from decimal import Decimal

import pytest

from jinzita.kernel import jobs
from jinzita.kernel.access import system
from jinzita.kernel.errors import Invalid

pytestmark = pytest.mark.django_db


def test_work_that_is_done_is_shown_as_done_to_the_end():
    """Its last steps follow each other too quickly for each to be written."""

    def work(progress: jobs.Progress) -> dict[str, int]:
        for done in (900, 901, 902):
            progress(done, 1000, "write")
        return {}

    job = jobs.perform(jobs.begin(kind="test", by=system("test")).pk, work)
    job.refresh_from_db()
    assert (job.state, job.progress, job.total) == ("done", 1000, 1000)


def test_work_that_was_stopped_is_shown_as_far_as_it_came():
    def work(progress: jobs.Progress) -> dict[str, int]:
        progress(3, 10)
        raise jobs.Cancelled

    job = jobs.perform(jobs.begin(kind="test", by=system("test")).pk, work)
    job.refresh_from_db()
    assert (job.state, job.progress) == ("cancelled", 3)


def test_why_it_failed_is_kept_so_that_it_can_be_said_in_any_language():
    def work(progress: jobs.Progress) -> dict[str, int]:
        values = {"most": Decimal("1.5"), "until": date(2026, 5, 4)}
        raise Invalid.at("amount", "above_maximum", "That is too much.", **values)

    job = jobs.perform(jobs.begin(kind="test", by=system("test")).pk, work)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "That is too much.")
    assert jobs.as_dict(job)["failure"] == {
        "code": "invalid",
        "message": "That is too much.",
        "details": [
            {
                "where": "amount", "code": "above_maximum", "message": "That is too much.",
                "params": {"most": "1.5", "until": "2026-05-04"},
            }
        ],
    }  # fmt: skip


def test_a_fault_of_ours_is_named_without_its_inside():
    def work(progress: jobs.Progress) -> dict[str, int]:
        raise KeyError("a secret")

    made = jobs.begin(kind="test", by=system("test"))
    with pytest.raises(KeyError):
        jobs.perform(made.pk, work)
    made.refresh_from_db()
    assert made.failure["code"] == "unexpected"
    assert "secret" not in str(made.failure)
    assert made.error == "An unexpected error stopped the work (KeyError)."
