import pytest

from jinzita.kernel.access import Viewer, system
from jinzita.people import selectors, services


@pytest.fixture
def administrator(db) -> Viewer:
    user, _ = services.create_user(by=system("test"), username="root", role="administrator")
    return selectors.viewer_for(user)
