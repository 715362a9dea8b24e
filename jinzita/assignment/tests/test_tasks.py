"""Jobs that wait since an older version, under the names their tasks had then."""

import pytest
from procrastinate.contrib.django import app


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("customers.hand_over", "assignment.hand_over"),
        ("customers.pool_nightly", "assignment.nightly"),
        ("customers.look_at_warnings", "assignment.look_at_warnings"),
    ],
)
def test_what_waits_under_an_old_name_is_done(old, now):
    assert app.tasks[old].name == now
