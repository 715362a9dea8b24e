"""A request that the database breaks off is answered in words, and may be sent again."""

import threading
import time
from unittest.mock import patch as replaced

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from jinzita.customers.models import Customer, Merge
from jinzita.customers.tests.world import get, made, make_company, post


def _waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def _take(customer: int) -> None:
    Customer.objects.select_for_update().get(pk=customer)


class Other(threading.Thread):
    """Somebody's work that holds the second customer, and asks for the first when the request has it."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__()
        self.first, self.second, self.holds = first, second, threading.Event()

    def run(self) -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                # The request looks for the circle first, so it is the one to give way.
                cursor.execute("SET LOCAL deadlock_timeout = '1min'")
                _take(self.second)
                self.holds.set()
                until = time.monotonic() + 20
                while not _waits_for_a_lock() and time.monotonic() < until:
                    time.sleep(0.02)
                _take(self.first)
        finally:
            connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_merge_that_waits_in_a_circle_gives_way_and_can_be_sent_again():
    company = make_company()
    first, second = made("Acme Ltd"), made("ACME Limited")
    wish = {"ids": [first, second], "survivor_id": first}
    other = Other(first, second)
    other.start()
    assert other.holds.wait(20)
    answer = post(company.administrator, "/customers/merge", wish)
    other.join(20)
    assert not other.is_alive()

    assert (answer.status_code, answer.json()["code"]) == (503, "gave_way")
    assert answer["Retry-After"] == "1"
    assert not Merge.objects.exists()
    assert post(company.administrator, "/customers/merge", wish).status_code == 200


def _failing(cause: Exception) -> OperationalError:
    error = OperationalError("over")
    error.__cause__ = cause
    return error


@pytest.mark.django_db
def test_a_lost_line_says_that_one_must_look_whether_it_was_done():
    company = make_company()
    lost = _failing(psycopg.errors.AdminShutdown())
    with replaced("jinzita.customers.selectors.customer_or_survivor", side_effect=lost):
        answer = get(company.administrator, f"/customers/{company.mine}")
    assert (answer.status_code, answer.json()["code"]) == (503, "database_away")


@pytest.mark.django_db
def test_what_will_not_get_better_stays_an_error_of_the_program():
    company = make_company()
    full = _failing(psycopg.errors.DiskFull())
    with (
        replaced("jinzita.customers.selectors.customer_or_survivor", side_effect=full),
        pytest.raises(OperationalError),
    ):
        get(company.administrator, f"/customers/{company.mine}")
