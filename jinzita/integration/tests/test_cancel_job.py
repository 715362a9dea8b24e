"""Stopping long work: one's own, or anybody's as an administrator."""

import pytest

from jinzita.kernel import jobs
from jinzita.kernel.access import system
from jinzita.kernel.errors import Forbidden, NotFound
from jinzita.people import selectors, services

pytestmark = pytest.mark.django_db


def person(name: str, role: str):
    return selectors.viewer_for(services.create_user(by=system("test"), username=name, role=role)[0])


def test_a_waiting_job_stops_at_once_and_a_running_one_is_asked_to():
    one = person("one", "salesperson")
    waiting, running = jobs.begin(kind="test", by=one), jobs.begin(kind="test", by=one)
    running.state = running.State.RUNNING
    running.save(update_fields=["state"])
    assert jobs.request_cancel(by=one, job_id=waiting.pk).state == "cancelled"
    assert jobs.request_cancel(by=one, job_id=running.pk).cancel_requested


def test_others_may_not_stop_it_unless_they_manage_people():
    job = jobs.begin(kind="test", by=person("one", "salesperson"))
    with pytest.raises(NotFound):
        jobs.request_cancel(by=person("two", "salesperson"), job_id=job.pk)
    with pytest.raises(Forbidden):
        jobs.request_cancel(by=person("reader", "reader"), job_id=job.pk)
    assert jobs.request_cancel(by=person("root", "administrator"), job_id=job.pk).state == "cancelled"


def test_a_job_that_is_over_stays_as_it_is():
    one = person("one", "salesperson")
    job = jobs.perform(jobs.begin(kind="test", by=one).pk, lambda progress: {"done": 1})
    assert jobs.request_cancel(by=one, job_id=job.pk).state == "done"
