"""Jobs of privacy."""

import pytest
from procrastinate.contrib.django import app


@pytest.mark.parametrize("name", ["look_for_overdue", "erase_many"])
def test_a_job_that_waits_under_its_former_name_is_done(name):
    assert app.tasks[f"customers.{name}"] is app.tasks[f"privacy.{name}"]
