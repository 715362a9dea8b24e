"""Long work that is watched: what its row tells once it is over."""

import pytest

from jinzita.kernel import jobs
from jinzita.kernel.access import system

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
