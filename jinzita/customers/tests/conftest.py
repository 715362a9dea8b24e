import pytest

from jinzita.customers.tests.world import Company, make_company
from jinzita.kernel import events


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> list[events.Event]:
    """What was told while a test ran."""
    told: list[events.Event] = []
    monkeypatch.setattr(events, "publish", told.append)
    return told
