import pytest

from jinzita.integration.tests.desk import Desk
from jinzita.kernel.access import system
from jinzita.people import selectors, services


@pytest.fixture
def desk(db, tmp_path) -> Desk:
    """An administrator's desk, with files to import."""
    user, _ = services.create_user(by=system("test"), username="root", role="administrator")
    return Desk(selectors.viewer_for(user), tmp_path)
