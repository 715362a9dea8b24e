"""The company's own attributes: defined, hidden, mandatory, computed, converted, indexed, deleted."""

import json

import pytest
from django.db import connection

from jinzita.customers.models import AttributeDefinition, Customer
from jinzita.customers.services.attributes import jobs as attribute_jobs
from jinzita.customers.services.attributes import values as attribute_values
from jinzita.customers.tests.world import BOSS, get, made, patch, post
from jinzita.kernel.models import Job

pytestmark = pytest.mark.django_db
LABEL = {"en": "Staff", "zh": "员工数"}


@pytest.fixture
def seeds_stay():
    """A test that commits puts the seeded definitions back by itself."""
    yield
    attribute_jobs.index_attribute(job_id=None, code="staff", wanted=False)
    AttributeDefinition.objects.filter(code="staff").delete()


def define(company, code="staff", type="number", **more):
    answer = post(company.administrator, "/attributes", {"code": code, "label": LABEL, "type": type, **more})
    assert answer.status_code == 201, answer.content
    return answer.json()


def complaint(answer):
    return answer.json()["details"][0]["where"], answer.json()["details"][0]["code"]


def values_of(customer_id):
    return Customer.objects.get(pk=customer_id).attributes


def found(client, field, op, value):
    filter = json.dumps({"all": [{"field": f"attributes.{field}", "op": op, "value": value}]})
    answer = get(client, "/customers", filter=filter)
    assert answer.status_code == 200, answer.content
    return [one["id"] for one in answer.json()["items"]]


def choices(*values):
    return [{"value": one, "label": {"en": one.upper(), "zh": one}} for one in values]


def test_help_in_one_language_is_enough(company):
    assert define(company, help={"en": "Heads"})["help"] == {"en": "Heads", "zh": ""}


def test_a_new_attribute_is_there_at_once(company):
    define(company, section="规模", help={"en": "Heads", "zh": "人数"}, unit="人")
    answer = patch(company.seller, f"/customers/{company.mine}", {"attributes": {"staff": 120}})
    assert answer.json()["attributes"] == {"staff": 120}
    assert found(company.seller, "staff", "gt", 100) == [company.mine]
    fields = {one["code"]: one for one in get(company.seller, "/fields/customers").json()}
    shown = fields["attributes.staff"]
    assert (shown["section"]["zh"], shown["help"]["zh"], shown["unit"]) == ("规模", "人数", "人")
    assert shown["importable"]
    answer = get(company.administrator, "/customers/export", fields="name,attributes.staff", bom=False)
    assert "120" in b"".join(answer.streaming_content).decode()
    usage = get(company.administrator, "/attributes/usage").json()
    assert (usage["counts"]["staff"], usage["exact"]) == (1, True)


def test_several_choices_and_references(company):
    define(company, "needs", "choices", choices=choices("speed", "price", "care"))
    define(company, "adviser", "reference", references="users")
    define(company, "parent", "reference", references="customers")
    path = f"/customers/{company.mine}"
    body = {"needs": ["speed", "price", "speed"], "adviser": company.users["manager"].pk}
    answer = patch(company.administrator, path, {"attributes": {**body, "parent": company.theirs}})
    assert answer.json()["attributes"] == {
        "needs": ["speed", "price"],
        "adviser": {"id": company.users["manager"].pk, "name": "manager"},
        "parent": {"id": company.theirs, "name": "South Sea Ltd"},
    }
    # The seller may not know that customer: its name is not told, and it cannot be chosen.
    assert get(company.seller, path).json()["attributes"]["parent"] == {"id": company.theirs, "name": None}
    answer = patch(company.seller, path, {"attributes": {"parent": company.theirs}})
    assert complaint(answer) == ("attributes.parent", "unknown_record")
    assert found(company.administrator, "needs", "has", "price") == [company.mine]
    assert found(company.administrator, "needs", "has_any", ["care", "speed"]) == [company.mine]
    assert found(company.administrator, "needs", "has_none", ["speed"]) == [company.theirs]
    assert found(company.administrator, "adviser", "eq", company.users["manager"].pk) == [company.mine]
    # Whoever reads an export reads names; who is hidden stays unnamed.
    assert exported(company.administrator, "attributes.adviser,attributes.parent") == [
        "manager,South Sea Ltd", ","
    ]  # fmt: skip
    assert exported(company.seller, "attributes.adviser,attributes.parent") == ["manager,"]
    # The history tells it by name too, to who sees it; and many can be given one.
    named = {"id": company.theirs, "name": "South Sea Ltd"}
    assert became(company.administrator, path, "attributes.parent") == [named]
    assert became(company.seller, path, "attributes.parent") == [{**named, "name": ""}]
    wanted = {"action": "edit", "selection": {"ids": [company.mine]}, "changes": {"attributes.parent": None}}
    assert post(company.administrator, "/customers/bulk", wanted).status_code == 202
    wanted["changes"] = {"attributes.parent": {**named}}
    assert post(company.administrator, "/customers/bulk", wanted).status_code == 202


def became(client, path, field):
    entries = get(client, f"{path}/changes", field=field).json()["items"]
    return [change["after"] for one in entries for change in one["changes"]]


def exported(client, fields):
    answer = get(client, "/customers/export", fields=fields, sort="id", bom=False)
    return b"".join(answer).decode().splitlines()[1:]


def test_an_attribute_is_a_text_unless_told(company):
    body = {"code": "motto", "label": {"en": "Motto", "zh": "口号"}}
    assert post(company.administrator, "/attributes", body).json()["type"] == "text"


def test_a_hidden_attribute_is_nowhere_to_be_found(company):
    define(company, visible_to=["administrator"])
    patch(company.administrator, f"/customers/{company.mine}", {"attributes": {"staff": 7}})
    assert get(company.administrator, f"/customers/{company.mine}").json()["attributes"] == {"staff": 7}
    assert get(company.seller, f"/customers/{company.mine}").json()["attributes"] == {}
    assert all(one["attributes"] == {} for one in get(company.seller, "/customers").json()["items"])
    assert "staff" not in get(company.seller, "/attributes").content.decode()
    assert "attributes.staff" not in get(company.seller, "/fields/customers").content.decode()
    filter = json.dumps({"field": "attributes.staff", "op": "eq", "value": 7})
    assert complaint(get(company.seller, "/customers", filter=filter)) == ("filter.field", "unknown_field")
    assert get(company.seller, "/customers", sort="attributes.staff").status_code == 422
    assert get(company.seller, "/customers/export", fields="attributes.staff").status_code == 422
    answer = patch(company.seller, f"/customers/{company.mine}", {"attributes": {"staff": 9}})
    assert complaint(answer) == ("attributes.staff", "unknown_attribute")
    # What is hidden from a seller stays when the seller changes something else.
    patch(company.seller, f"/customers/{company.mine}", {"attributes": {"region": "North"}})
    assert values_of(company.mine) == {"staff": 7, "region": "North"}


def test_some_may_see_but_not_enter(company):
    define(company, editable_by=["manager"])
    fields = {one["code"]: one for one in get(company.seller, "/fields/customers").json()}
    assert not fields["attributes.staff"]["editable"]
    answer = patch(company.seller, f"/customers/{company.mine}", {"attributes": {"staff": 9}})
    assert complaint(answer) == ("attributes.staff", "read_only")
    assert patch(
        company.manager, f"/customers/{company.mine}", {"attributes": {"staff": 9}}
    ).json()["attributes"] == {"staff": 9}  # fmt: skip


def test_mandatory_and_form(company):
    define(company, "tax_no", "text", mandatory="always", pattern="[0-9A-Z]{4}", applies_to="organisation")
    answer = post(company.seller, "/customers", {"name": "New"})
    assert complaint(answer) == ("attributes.tax_no", "required")
    answer = post(company.seller, "/customers", {"name": "New", "attributes": {"tax_no": "abc"}})
    assert complaint(answer) == ("attributes.tax_no", "wrong_form")
    answer = post(company.seller, "/customers", {"name": "New", "attributes": {"tax_no": "AB12"}})
    assert answer.status_code == 201
    path = f"/customers/{answer.json()['id']}"
    answer = patch(company.seller, path, {"attributes": {"tax_no": None}})
    assert complaint(answer) == ("attributes.tax_no", "required")
    # Customers that lacked it before can be changed otherwise; persons need none.
    assert patch(company.seller, f"/customers/{company.mine}", {"phone": "1"}).status_code == 200
    assert post(company.seller, "/customers", {"name": "Li", "kind": "person"}).status_code == 201


def test_a_formula_follows_what_it_rests_on(company):
    define(company)
    define(company, "sales_each", "money", formula="attribute.annual_sales / attribute.staff")
    define(company, "rank", "number", formula="max(attribute.sales_each, 10) + coalesce(customer.score, 0)")
    one = made("Computed", attributes={"annual_sales": 1000, "staff": 8}, score=50.0)
    assert values_of(one) == {"annual_sales": 1000, "staff": 8, "sales_each": 125, "rank": 175}
    patch(company.administrator, f"/customers/{one}", {"attributes": {"staff": None}})
    assert values_of(one) == {"annual_sales": 1000}
    answer = patch(company.administrator, f"/customers/{one}", {"attributes": {"rank": 1}})
    assert complaint(answer) == ("attributes.rank", "read_only")
    tried = post(
        company.administrator, "/attributes/formula", {"formula": "customer.score * 2", "customer_id": one}
    )
    assert tried.json()["value"] == 100
    wrong = post(company.administrator, "/attributes/formula", {"formula": "revenue * 2"})
    assert complaint(wrong) == ("formula", "formula_indicator")
    assert wrong.json()["details"][0]["params"] == {"position": 1, "name": "revenue"}
    circle = patch(company.administrator, "/attributes/sales_each", {"formula": "attribute.rank + 1"})
    assert complaint(circle) == ("formula", "formula_circle")
    assert patch(company.administrator, "/attributes/rank", {"formula": "attribute.annual_sales"}).json()[
        "job_id"
    ]
    assert attribute_values.recompute() == 1
    assert values_of(one)["rank"] == 1000
    refused = post(company.administrator, "/attributes/annual_sales/archive", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "in_formula")


def test_another_type_needs_every_value_to_convert(company):
    define(company, "plan", "text")
    for customer, value in ((company.mine, "1,200"), (company.theirs, "many")):
        patch(company.administrator, f"/customers/{customer}", {"attributes": {"plan": value}})
    job = patch(company.administrator, "/attributes/plan", {"type": "number"}).json()["job_id"]
    attribute_jobs.convert_attribute(by=BOSS, job_id=job, code="plan", changes={"type": "number"})
    failed = Job.objects.get(pk=job)
    assert (failed.state, "many" in failed.error) == ("failed", True)
    assert values_of(company.mine) == {"plan": "1,200"}
    patch(company.administrator, f"/customers/{company.theirs}", {"attributes": {"plan": "7.5"}})
    job = patch(company.administrator, "/attributes/plan", {"type": "number"}).json()["job_id"]
    attribute_jobs.convert_attribute(by=BOSS, job_id=job, code="plan", changes={"type": "number"})
    assert Job.objects.get(pk=job).state == "done"
    assert (values_of(company.mine), values_of(company.theirs)) == ({"plan": 1200}, {"plan": 7.5})
    assert AttributeDefinition.objects.get(code="plan").type == "number"


def test_a_renamed_choice_renames_the_values(company):
    define(company, "needs", "choices", choices=choices("speed", "price"))
    patch(company.administrator, f"/customers/{company.mine}", {"attributes": {"needs": ["speed", "price"]}})
    refused = patch(company.administrator, "/attributes/needs", {"choices": choices("price")})
    assert (refused.status_code, refused.json()["code"]) == (409, "choice_in_use")
    changes = {"choices": choices("pace", "price"), "renamed": {"speed": "pace"}}
    job = patch(company.administrator, "/attributes/needs", changes).json()["job_id"]
    attribute_jobs.rename_choices(by=BOSS, job_id=job, code="needs", renamed={"speed": "pace"})
    assert values_of(company.mine) == {"needs": ["pace", "price"]}


def test_archived_and_deleted(company):
    define(company)
    patch(company.administrator, f"/customers/{company.mine}", {"attributes": {"staff": 7}})
    refused = company.administrator.delete("/api/v1/attributes/staff")
    assert (refused.status_code, refused.json()["code"]) == (409, "in_use")
    assert post(company.administrator, "/attributes/staff/archive", {}).json()["archived_at"]
    assert get(company.administrator, f"/customers/{company.mine}").json()["attributes"] == {}
    assert values_of(company.mine) == {"staff": 7}
    assert post(company.administrator, "/attributes/staff/archive", {"archived": False}).status_code == 200
    patch(company.administrator, f"/customers/{company.mine}", {"attributes": {"staff": None}})
    assert company.administrator.delete("/api/v1/attributes/staff").status_code == 204
    assert post(company.manager, "/attributes", {"code": "x", "label": LABEL}).status_code == 403


@pytest.mark.parametrize(
    ("body", "where", "code"),
    [
        ({"type": "picture"}, "type", "unknown_choice"),
        ({"type": "reference"}, "references", "required"),
        ({"type": "choices"}, "choices", "required"),
        ({"type": "number", "minimum": 5, "maximum": 1}, "maximum", "too_small"),
        ({"type": "text", "pattern": "("}, "pattern", "malformed"),
        ({"type": "number", "mandatory": "from_stage"}, "mandatory_stage", "required"),
        ({"type": "text", "formula": "1 + 1"}, "formula", "formula_type"),
        ({"type": "number", "formula": "attribute.nothing"}, "formula", "formula_indicator"),
        ({"type": "number", "formula": "attribute.region"}, "formula", "formula_indicator"),
    ],
)
def test_a_definition_must_hold_together(company, body, where, code):
    answer = post(company.administrator, "/attributes", {"code": "wrong", "label": LABEL, **body})
    assert complaint(answer) == (where, code)


@pytest.mark.django_db(transaction=True)
def test_pages_follow_an_attribute_however_it_is_indexed(company, seeds_stay):
    define(company)
    ids = [made(f"C{n}", attributes={"staff": n % 7} if n % 5 else {}) for n in range(40)]
    by_hand = sorted(
        (one for one in ids if "staff" in values_of(one)), key=lambda i: (values_of(i)["staff"], i)
    )
    expected = [*by_hand, *sorted({*ids, company.mine, company.theirs} - {*by_hand})]
    for indexed in (False, True):
        if indexed:
            answer = post(company.administrator, "/attributes/staff/index", {})
            assert answer.json()["index_state"] == "building"
            attribute_jobs.index_attribute(job_id=answer.json()["job_id"], code="staff", wanted=True)
            assert AttributeDefinition.objects.get(code="staff").index_state == "ready"
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = 'customer_attribute_staff'")
                assert cursor.fetchone()
        for sort, wanted in (("attributes.staff", expected), ("-attributes.staff", None)):
            seen, cursor = [], None
            while True:
                query = {"sort": sort, "limit": 7, **({"cursor": cursor} if cursor else {})}
                page = get(company.administrator, "/customers", **query).json()
                seen += [one["id"] for one in page["items"]]
                cursor = page["next"]
                if cursor is None:
                    break
            assert len(seen) == len(set(seen)) == 42
            if wanted:
                assert seen == wanted
            else:
                assert seen[: len(by_hand)] == by_hand[::-1]
        assert sorted(found(company.administrator, "staff", "eq", 3)) == [
            one for one in ids if values_of(one).get("staff") == 3
        ]
        assert len(found(company.administrator, "staff", "ne", 3)) == 42 - len(
            found(company.administrator, "staff", "eq", 3)
        )
