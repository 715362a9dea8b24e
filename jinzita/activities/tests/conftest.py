import pytest

from jinzita.customers.tests.world import Company, make_company


@pytest.fixture
def company(db: None) -> Company:
    return make_company()
