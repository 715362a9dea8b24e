"""The same key does the work once, also when two requests come at the same moment."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from jinzita.kernel import idempotency
from jinzita.kernel.access import Viewer, system
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.kernel.models import AuditEntry, IdempotencyKey

BOSS = system("test")
KEY = Viewer(None, "program", BOSS.reach, BOSS.permissions, via="key")


def _work():
    entry = AuditEntry.objects.create(actor_name="x", via="test", action="work", subject_type="test")
    return {"id": entry.pk, "at": datetime(2026, 1, 2, tzinfo=UTC)}


def _once(key="k1", endpoint="POST /x", body="a", work=_work, viewer=BOSS):
    return idempotency.once(viewer, key, endpoint, idempotency.hash_of(body), work)


@pytest.mark.django_db
def test_a_repetition_gets_the_first_answer_and_does_nothing():
    first, second = _once(), _once()
    assert first == second
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"body": "b"}, {"endpoint": "POST /y"}])
def test_the_same_key_with_another_request_is_a_conflict(other):
    _once()
    with pytest.raises(Conflict, match="different request"):
        _once(**other)
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_failed_work_leaves_the_key_free():
    def fails():
        _work()
        raise Invalid("no")

    with pytest.raises(Invalid):
        _once(work=fails)
    assert AuditEntry.objects.count() == 0
    assert _once()["id"]


@pytest.mark.django_db
def test_a_program_must_send_a_key_and_a_person_need_not():
    with pytest.raises(Invalid, match="Idempotency-Key"):
        _once(key=None, viewer=KEY)
    assert _once(key=None)["id"] != _once(key=None)["id"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 201, "a\x00b", "line\nbreak"])
def test_a_malformed_key_is_refused(key):
    with pytest.raises(Invalid):
        _once(key=key)


@pytest.mark.django_db
def test_keys_are_forgotten_after_a_week():
    _once()
    now = datetime.now(UTC)
    assert idempotency.forget(now=now + timedelta(days=6)) == 0
    assert idempotency.forget(now=now + timedelta(days=8)) == 1
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_do_the_work_once():
    begun, answers = threading.Event(), []

    def slow():
        begun.set()
        threading.Event().wait(0.3)
        return _work()

    def request(work):
        try:
            answers.append(_once(work=work))
        finally:
            connection.close()

    first = threading.Thread(target=request, args=(slow,))
    first.start()
    assert begun.wait(10)
    second = threading.Thread(target=request, args=(_work,))
    second.start()
    first.join(20), second.join(20)

    assert len(answers) == 2
    assert answers[0] == answers[1]
    assert AuditEntry.objects.count() == 1
