"""The list of customers: filter, sort, paging, search, through the door."""

import json
from datetime import date

import pytest
from django.test import Client

from jinzita.customers import services
from jinzita.kernel.access import system

pytestmark = pytest.mark.django_db
BOSS = system("test")


@pytest.fixture
def client(client: Client) -> Client:
    from jinzita.people import services as people

    user, _ = people.create_user(by=BOSS, username="boss", role="administrator")
    client.force_login(user)
    return client


def test_x(client):
    c = services.create_customer(by=BOSS, name="北京华宇科技有限公司", phone="010-8888 1234", attributes={"region": "北京"})
    services.record_standing(customer_id=c.pk, score=81.5, grade="vip", as_of=date(2024, 1, 1))
    r = client.get("/api/v1/customers")
    print(r.json())
    for q in ("bjhy", "北京", "hua yu", "8881234"):
        print(q, client.get("/api/v1/search", {"q": q}).json())
    r = client.post("/api/v1/transactions", json.dumps({"customer_id": c.pk, "occurred_at": "2024-05-01T10:00:00", "amount": "12.5"}), content_type="application/json")
    print(r.status_code, r.json())
    r = client.post("/api/v1/transactions", json.dumps({"items": [{"customer_id": c.pk, "occurred_at": "2024-05-01T10:00:00", "amount": "x"}]}), content_type="application/json")
    print(r.status_code, r.json())
    for p in ("invoices", "receipts"):
        r = client.post(f"/api/v1/{p}", json.dumps({"customer_id": c.pk, "issued_on": "2024-05-01", "due_on": "2024-06-01", "amount": "12.5"} if p=="invoices" else {"customer_id": c.pk, "received_on": "2024-05-03", "amount": 5}), content_type="application/json")
        print(r.status_code, r.json())
    r = client.post("/api/v1/interactions", json.dumps({"customer_id": c.pk, "occurred_at": "2024-05-01T10:00:00", "kind": "praise"}), content_type="application/json")
    print(r.status_code, r.json())
    r = client.post("/api/v1/opportunities", json.dumps({"customer_id": c.pk, "name": "line", "amount":"100", "probability": 0.5}), content_type="application/json")
    print(r.status_code, r.json())
    r = client.get(f"/api/v1/customers/{c.pk}/timeline", {"limit": 2}); print(r.status_code, r.json())
    r = client.get(f"/api/v1/customers/{c.pk}/timeline", {"limit": 10, "cursor": r.json()["next"]}); print(r.status_code, r.json())
    r = client.get(f"/api/v1/customers/{c.pk}"); print(r.status_code, r.json())
    for k in ("transactions","invoices","receipts","interactions","opportunities"):
        r = client.get(f"/api/v1/customers/{c.pk}/{k}"); print(r.status_code, r.json())
        r = client.get(f"/api/v1/{k}/{r.json()['items'][0]['id']}"); print(r.status_code, r.json())
    r = client.get("/api/v1/customers/export", {"language": "zh"}); print(r.status_code, r.getvalue().decode())
    r = client.get("/api/v1/customers/export", {"format": "xlsx"}); print(r.status_code, len(r.getvalue()))
    r = client.get("/api/v1/customers", {"filter": json.dumps({"all":[{"field":"attributes.region","op":"eq","value":"北京"},{"field":"grade","op":"in","value":["vip"]}]}), "sort": "-name"}); print(r.status_code, r.json()["items"][0]["id"])
    assert 0
