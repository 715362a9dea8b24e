"""The personal data of a customer, given out whole."""

import io
import json
import zipfile
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from jinzita.customers import services
from jinzita.customers.tests.world import BOSS, get, post
from jinzita.kernel.models import AuditEntry


def test_everything_held_is_given_out_to_who_may_and_noted(company):
    services.create_contact(
        by=BOSS, name="<Li Lei>", positions=[{"customer_id": company.mine}], today=date(2026, 1, 1)
    )
    fact = {"customer_id": company.mine, "amount": "10", "occurred_at": "2026-02-01T12:00:00Z"}
    assert post(company.administrator, "/transactions", fact).status_code == 201
    signed = {"file": SimpleUploadedFile("合同.txt", b"signed")}
    door = f"/api/v1/customers/{company.mine}/files"
    assert company.administrator.post(door, signed).status_code == 201
    path = f"/customers/{company.mine}/personal-data"
    assert get(company.seller, path).status_code == 403
    answer = get(company.administrator, path)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as file:
        parts = json.loads(file.read("personal-data.json"))
        page = file.read("personal-data.html").decode()
        (added,) = parts["activities_file"]
        assert file.read(f"files/{added['id']} 合同.txt") == b"signed"
    assert {"customers_customer", "customers_contact", "agreements_transaction"} <= parts.keys()
    assert parts["customers_contact"][0]["name"] == "<Li Lei>"
    assert "&lt;Li Lei&gt;" in page
    assert "South Sea" not in page
    assert AuditEntry.objects.filter(action="personal_data", subject_id=company.mine).count() == 1
