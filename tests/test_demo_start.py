"""The first start with the demo leaves work to the workers, by name."""

from procrastinate.contrib.django import app

from jinzita.cli.demo import FIRST_NIGHT


def test_what_the_first_night_would_do_is_known_to_the_workers():
    assert set(FIRST_NIGHT) <= set(app.tasks)
