"""Value's doors: what each answers, and to whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from jinzita.analytics.value_model import Indicator
from jinzita.kernel.warehouse import touch
from jinzita.people import services as people
from jinzita.value import services
from jinzita.value.models import ModelVersion, Run
from jinzita.value.selectors.models import current_document
from jinzita.value.selectors.words import wording
from jinzita.value.tests import world
from jinzita.value.tests.conftest import BOSS, TODAY, make_company, make_model, run_now

pytestmark = pytest.mark.django_db(transaction=True)
API = "/api/v1/value"


class Office:
    """A company with a run in force, and somebody of each role; north's people look after three customers."""

    def __init__(self) -> None:
        self.model = make_model()
        self.customers = make_company()
        top = people.create_department(by=BOSS, name="Sales")
        self.north = people.create_department(by=BOSS, name="North", parent_id=top.pk)
        self.clients = {}
        for role in ("administrator", "manager", "salesperson", "reader"):
            user, _ = people.create_user(by=BOSS, username=role, role=role, department_id=self.north.pk)
            self.clients[role] = Client()
            self.clients[role].force_login(
                user, backend="allauth.account.auth_backends.AuthenticationBackend"
            )
            if role == "salesperson":
                self.salesperson = user
        customers = world.table("customers.Customer").objects
        customers.filter(pk__in=[one.pk for one in self.customers[8:11]]).update(department=self.north)
        customers.filter(pk=self.customers[9].pk).update(owner=self.salesperson)
        self.run = run_now(self.model)

    def get(self, role: str, path: str, status: int = 200, **query):
        answer = self.clients[role].get(f"{API}{path}", query)
        assert answer.status_code == status, answer.content.decode()[:500]
        return answer.json()

    def post(self, role: str, path: str, body: dict | None = None, status: int = 200):
        answer = self.clients[role].post(f"{API}{path}", body or {}, content_type="application/json")
        assert answer.status_code == status, answer.content.decode()[:500]
        return answer.json()

    def document(self) -> dict:
        return current_document(self.model).to_document()


@pytest.fixture
def office() -> Office:
    return Office()


def test_who_may_call_what(office):
    model, run, customer = office.model.pk, office.run.pk, office.customers[9].pk
    version = office.model.current_version.pk
    reads = [
        "/models", f"/models/{model}/versions", f"/versions/{version}",
        f"/versions/{version}/diff/{version}",
        "/indicators", "/pyramid", f"/customers/{customer}",
        f"/customers/{customer}/indicators/revenue/records",
        f"/models/{model}/distributions", "/adviser", "/runs", f"/runs/{run}",
    ]  # fmt: skip
    for path in reads:
        assert Client().get(f"{API}{path}").status_code == 401, path
        for role in office.clients:
            office.get(role, path)
    document = {"document": office.document()}
    writes = [
        (f"/models/{model}/versions", document, 201), (f"/models/{model}/what-if", document, 200),
        (f"/models/{model}/weights/entropy", document, 200),
        ("/weights/ahp", {"labels": ["a", "b"], "judgements": [[1, 2], [0.5, 1]]}, 200),
        ("/runs", {"model_id": model}, 202),
    ]  # fmt: skip
    for path, body, done in writes:
        assert Client().post(f"{API}{path}", body, content_type="application/json").status_code in (
            401,
            403,
        ), path
        for role in ("salesperson", "reader"):
            assert office.post(role, path, body, 403)["code"] == "forbidden"
        office.post("manager", path, body, done)
    for role in ("salesperson", "reader"):
        office.post(role, f"/runs/{run}/repeat", status=403)
    assert office.post("manager", f"/runs/{run}/repeat", status=409)["code"] == "already_running"


def test_a_hidden_customer_is_not_found(office):
    hidden, seen = office.customers[0].pk, office.customers[9].pk
    for role in ("manager", "salesperson"):
        office.get(role, f"/customers/{hidden}", 404)
        office.get(role, f"/customers/{hidden}/indicators/revenue/records", 404)
    assert office.get("manager", f"/customers/{office.customers[8].pk}")["score"]
    office.get("salesperson", f"/customers/{office.customers[8].pk}", 404)
    assert office.get("salesperson", f"/customers/{seen}")["score"]


def test_the_pyramid_shows_everybody_or_the_own_customers(office):
    whole = office.get("administrator", "/pyramid")
    assert sum(tier["customers"] for tier in whole["grades"]) == 12
    assert [tier["grade"] for tier in whole["grades"]] == ["vip", "important", "ordinary", "small"]
    assert (whole["prospects"], whole["stale"], whole["currency"]) == (1, 0, "CNY")
    assert whole["pareto"]["points"][0] == [0, 0]
    assert whole["run"]["in_force"]
    north = office.get("manager", "/pyramid")
    assert sum(tier["customers"] for tier in north["grades"]) == 3
    assert north["prospects"] == 0
    own = office.get("salesperson", "/pyramid")
    assert sum(tier["customers"] for tier in own["grades"]) == 1
    assert sum(tier["revenue"] for tier in own["grades"]) < sum(tier["revenue"] for tier in north["grades"])

    world.sale(office.customers[9], TODAY, "1")
    services.rescore(customer_ids=[office.customers[9].pk, office.customers[0].pk], cause="t", today=TODAY)
    assert office.get("administrator", "/pyramid")["stale"] == 2
    assert office.get("salesperson", "/pyramid")["stale"] == 1


def test_movement_since_the_run_before(office):
    assert office.get("administrator", "/movement", 409)["code"] == "no_earlier_run"
    assert office.get("administrator", "/pyramid")["grades"][0]["moved_in"] is None
    riser = office.customers[0]
    world.sale(riser, TODAY, "90000000")
    second = run_now(office.model)

    moved = office.get("administrator", "/movement")

    assert (moved["from"]["id"], moved["to"]["id"]) == (office.run.pk, second.pk)
    assert sum(flow["customers"] for flow in moved["flows"]) == 13
    first = moved["risers"][0]
    assert (first["customer_id"], first["name"]) == (riser.pk, riser.name)
    assert first["reasons"][0]["indicator"] in {"revenue", "transaction_count", "recency_days"}
    assert first["reasons"][0]["change"] > 0
    assert first["reasons"][0]["label"]["zh"]
    tiers = office.get("administrator", "/pyramid")["grades"]
    assert sum(tier["moved_in"] for tier in tiers) == sum(tier["moved_out"] for tier in tiers) > 0
    assert office.get("administrator", "/movement", **{"from": second.pk, "to": office.run.pk})["fallers"]
    north = office.get("manager", "/movement")
    assert sum(flow["customers"] for flow in north["flows"]) == 3
    assert riser.pk not in {one["customer_id"] for one in north["risers"]}


def test_a_score_is_explained_down_to_its_records(office):
    who = office.customers[9]

    value = office.get("administrator", f"/customers/{who.pk}")

    parts = value["indicators"]
    assert sum(part["contribution"] or 0 for part in parts) == pytest.approx(value["score"], abs=1e-6)
    assert [part["key"] for part in parts][:2] == ["revenue", "transaction_count@12"]
    industry = next(part for part in parts if part["code"] == "attribute:industry")
    assert (industry["value"], industry["points"], industry["family"]) == ("物流", 30, "characteristic")
    assert value["bounds"] == {"vip": 80, "important": 60, "ordinary": 40}
    assert [point["cause"] for point in value["history"]] == ["run"]
    assert all(part["grade_average_points"] is not None for part in parts if part["code"] == "revenue")

    revenue = office.get("administrator", f"/customers/{who.pk}/indicators/revenue/records")
    assert revenue["count"] == 10
    assert float(revenue["sum"]) == pytest.approx(next(p["value"] for p in parts if p["code"] == "revenue"))
    recent = office.get("administrator", f"/customers/{who.pk}/indicators/transaction_count@12/records")
    assert recent["count"] == next(p["value"] for p in parts if p["code"] == "transaction_count")
    receipts = office.get("administrator", f"/customers/{who.pk}/indicators/largest_receipt/records")
    assert [(one["kind"], one["amount"]) for one in receipts["items"]] == [("receipt", "90.0000")]
    assert (
        office.get("administrator", f"/customers/{who.pk}/indicators/attribute:industry/records")["items"]
        == []
    )
    office.get("administrator", f"/customers/{who.pk}/indicators/nothing/records", 404)
    assert office.get("administrator", f"/customers/{office.customers[-1].pk}")["grade"] == "prospect"


def test_what_a_role_keeps_back_is_kept_back_in_explanations(office):
    fields = {"transactions.amount": "hidden", "customers.attributes.industry": "hidden"}
    given = {"label_en": "Trainee", "label_zh": "实习生", "fields": fields}
    role = people.create_role(by=BOSS, copy_of="reader", given=given)
    people.update_user(by=BOSS, user_id=office.salesperson.pk, changes={"role": role.code})
    who = office.customers[1].pk
    whole = office.get("salesperson", f"/customers/{who}")
    parts = {one["code"]: one for one in whole["indicators"]}
    assert whole["score"] == office.get("administrator", f"/customers/{who}")["score"]
    for code in ("revenue", "attribute:industry"):
        told = {name: parts[code][name] for name in ("value", "points", "contribution", "missing")}
        assert told == {"value": None, "points": None, "contribution": None, "missing": False}
        assert parts[code]["kept_back"]
    assert parts["transaction_count"]["points"] is not None
    people.update_role(
        by=BOSS, code=role.code, changes={"fields": {"customers.attributes.industry": "hidden"}}
    )
    alone = office.get("salesperson", f"/customers/{who}")["indicators"]
    # One alone could be worked out from the score and the others.
    assert sum(one["kept_back"] for one in alone) == 2
    people.update_role(by=BOSS, code=role.code, changes={"fields": fields})
    found = office.get("salesperson", f"/customers/{who}/indicators/revenue/records")
    assert found["count"] > 0
    assert {one["amount"] for one in found["items"]} == {None}
    assert found["sum"] is None


def test_an_attribute_archived_since_the_run_is_still_told(office):
    who = f"/customers/{office.customers[9].pk}"
    before = office.get("salesperson", who)["indicators"]
    definitions = world.table("customers.AttributeDefinition").objects.filter(code="industry")
    definitions.update(archived_at=world.noon(TODAY))
    after = office.get("salesperson", who)["indicators"]
    assert not any(one["kept_back"] for one in after)
    assert [(one["label"], one["value"]) for one in after] == [(one["label"], one["value"]) for one in before]
    definitions.update(visible_to=["administrator"])
    kept = {one["code"] for one in office.get("salesperson", who)["indicators"] if one["kept_back"]}
    assert "attribute:industry" in kept, "what is not for the role stays so"


@pytest.mark.parametrize(
    "kept", [{"fields": {"transactions.amount": "hidden"}}, {"reaches": {"transactions": "own"}}]
)
def test_who_does_not_see_amounts_sees_no_sums_of_them(office, kept):
    given = {"label_en": "Trainee", "label_zh": "实习生", **kept}
    role = people.create_role(by=BOSS, copy_of="reader", given=given)
    people.update_user(by=BOSS, user_id=office.salesperson.pk, changes={"role": role.code})
    run_now(office.model, today=TODAY + timedelta(days=1))
    for who, told in (("administrator", False), ("salesperson", True)):
        tiers = office.get(who, "/pyramid")["grades"]
        flows = office.get(who, "/movement")["flows"]
        assert {one["revenue"] is None for one in (*tiers, *flows)} == {told}, who
        assert sum(one["revenue_share"] for one in tiers) == pytest.approx(1)


def test_returns_count_negative_in_the_records(office):
    who = office.customers[9]
    world.sale(who, TODAY, "3.5", kind="return")
    services.rescore(customer_ids=[who.pk], cause="t", today=TODAY)
    found = office.get("administrator", f"/customers/{who.pk}/indicators/revenue/records")
    assert found["items"][0]["amount"] == "-3.5000"


def test_what_if_is_what_publishing_and_running_gives(office):
    changed = office.document()
    changed["indicators"][0]["weight"] = 9
    changed["indicators"][2].update(scale="linear")
    changed["bands"].update(vip=70, important=55)

    tried = office.post("administrator", f"/models/{office.model.pk}/what-if", {"document": changed})
    for_north = office.post("manager", f"/models/{office.model.pk}/what-if", {"document": changed})
    published = office.post(
        "manager", f"/models/{office.model.pk}/versions", {"document": changed, "note": "more revenue"}, 201
    )
    run_now(office.model)

    plain = ("grade", "customers", "customer_share", "revenue", "average_score", "lowest_score", "profit")

    def figures(tiers: list) -> list:
        return [[tier[name] for name in plain] for tier in tiers]

    assert figures(tried["grades"]) == figures(office.get("administrator", "/pyramid")["grades"])
    assert figures(for_north["grades"]) == figures(office.get("manager", "/pyramid")["grades"])
    assert sum(tier["customers"] for tier in for_north["before"]) == 3
    visible = {one.pk for one in office.customers[8:11]}
    assert {one["customer_id"] for one in for_north["movers"]} <= visible
    assert len(tried["movers"]) == sum(m["customers"] for m in tried["moved"] if m["from"] != m["to"])
    assert published["number"] == 2


def test_what_if_refuses_what_was_not_computed(office):
    changed = office.document()
    changed["indicators"].append({"code": "average_outstanding", "weight": 1})
    refused = office.post("administrator", f"/models/{office.model.pk}/what-if", {"document": changed}, 422)
    assert (refused["details"][0]["where"], refused["details"][0]["code"]) == ("indicator[6]", "not_computed")


def test_publishing_names_every_fault_and_keeps_history(office):
    changed = office.document()
    changed["indicators"][0]["weight"] = -1
    changed["indicators"][1]["scale"] = "magic"
    path = f"/models/{office.model.pk}/versions"
    refused = office.post("administrator", path, {"document": changed}, 422)
    assert {one["where"] for one in refused["details"]} == {"indicator[0].weight", "indicator[1].scale"}
    assert ModelVersion.objects.count() == 1
    office.post("administrator", path, {"document": changed, "toml": "x"}, 422)
    office.post("administrator", path, {}, 422)

    toml = office.get("administrator", f"/versions/{office.model.current_version.pk}")["toml"]
    second = office.post(
        "administrator", path, {"toml": "# ours\n" + toml.replace("weight = 3", "weight = 4")}, 201
    )

    assert second["toml"].startswith("# ours")
    changes = office.get("administrator", f"/versions/{office.model.current_version.pk}/diff/{second['id']}")
    assert changes == [{"path": "indicator.revenue.weight", "before": 3, "after": 4}]
    assert [one["number"] for one in office.get("reader", path)] == [2, 1]
    listed = office.get("reader", "/models")[0]
    assert listed["current_version"]["number"] == 2
    assert listed["last_run"]["customers"] == 12
    both = office.post("reader", "/models/validate", {"document": second["document"]})
    assert both["document"] == second["document"]


def test_weights_by_judgement_and_by_entropy(office):
    judged = office.post(
        "manager",
        "/weights/ahp",
        {"labels": ["a", "b", "c"], "judgements": [[1, 1 / 3, 1 / 5], [3, 1, 1 / 3], [5, 3, 1]]},
    )
    assert judged["weights"] == pytest.approx([0.1047, 0.2583, 0.6370], abs=1e-4)
    assert judged["acceptable"]
    office.post("manager", "/weights/ahp", {"labels": ["a"], "judgements": [[1, 2], [0.5, 1]]}, 422)
    wrong = office.post(
        "manager", "/weights/ahp", {"labels": ["a", "b"], "judgements": [[1, 2], [2, 1]]}, 422
    )
    assert wrong["details"][0]["where"] == "judgements[1][0]"
    weights = office.post(
        "manager", f"/models/{office.model.pk}/weights/entropy", {"document": office.document()}
    )
    assert sum(weights["weights"].values()) == pytest.approx(9, abs=0.01)


def test_distributions_and_the_adviser(office):
    lines = office.get("administrator", f"/models/{office.model.pk}/distributions")
    revenue = lines[0]
    assert (revenue["code"], revenue["count"], revenue["missing"]) == ("revenue", 12, 0)
    assert sum(revenue["histogram"]["counts"]) == 12
    assert revenue["scale_curve"][-1][1] == 100
    assert lines[-1]["categories"] == {"银行": 8, "物流": 4}
    assert office.get("salesperson", f"/models/{office.model.pk}/distributions")[0]["count"] == 1
    advice = office.get("administrator", "/adviser")
    assert advice["verdict"] in {"yes", "partly", "no"}
    assert [one["code"] for one in advice["conditions"]] == [
        "enough_customers", "repeat_business", "visible_difference",
    ]  # fmt: skip


def test_runs_are_listed_started_and_repeated(office):
    later = (TODAY + timedelta(days=4000)).isoformat()
    assert (
        office.post("manager", "/runs", {"model_id": office.model.pk, "as_of": later}, 422)["details"][0][
            "where"
        ]
        == "as_of"
    )
    office.post("manager", "/runs", {"model_id": 10**18}, 404)
    started = office.post("manager", "/runs", {"model_id": office.model.pk}, 202)
    assert (started["state"], started["by"]) == ("waiting", "manager")
    listed = office.get("reader", "/runs", limit=1)
    assert [one["id"] for one in listed["items"]] == [started["id"]]
    rest = office.get("reader", "/runs", limit=1, cursor=listed["next"])
    assert [one["id"] for one in rest["items"]] == [office.run.pk]
    assert rest["next"] is None
    detail = office.get("reader", f"/runs/{office.run.pk}")
    assert detail["counts"]["scored"] == 12
    assert detail["scales"]["revenue"]["scale"] == "log"
    assert sum(tier["customers"] for tier in detail["grades"]) == 12
    assert office.get("reader", f"/runs/{started['id']}")["grades"] == []
    Run.objects.filter(pk=started["id"]).update(state="failed")
    office.post("manager", f"/runs/{office.run.pk}/repeat", status=202)


def test_before_the_first_run_pages_say_what_to_do():
    make_model()
    user, _ = people.create_user(by=BOSS, username="boss", role="administrator")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(f"{API}/pyramid")
    assert answer.status_code == 404
    assert "Start a run" in answer.json()["message"]
    assert client.get(f"{API}/models").json()[0]["last_run"] is None


@pytest.mark.parametrize(
    ("path", "most"),
    [("/pyramid", 10), ("/models", 7), ("/runs", 7), ("/customers/{0}", 11), ("/movement", 12)],
)
def test_pages_ask_the_database_little(office, path, most, django_assert_max_num_queries):
    run_now(office.model)
    with django_assert_max_num_queries(most):
        office.get("administrator", path.format(office.customers[9].pk))


def test_attributes_go_by_the_words_of_the_company(office):
    words = {"en": "Industry", "zh": "行业"}
    explained = office.get("salesperson", f"/customers/{office.customers[9].pk}")["indicators"]
    assert next(one for one in explained if one["code"] == "attribute:industry")["label"] == words
    for role in ("administrator", "manager"):
        spread = office.get(role, f"/models/{office.model.pk}/distributions")
        assert next(one for one in spread if one["code"] == "attribute:industry")["label"] == words
        assert {one["code"]: one["unit"] for one in spread}["revenue"] == "money"
    world.table("customers.Customer").objects.filter(pk=office.customers[0].pk).update(
        attributes={"industry": "银行"}
    )
    touch("customers")
    run_now(office.model)
    reasons = [
        reason for one in office.get("administrator", "/movement")["risers"] for reason in one["reasons"]
    ]
    assert words in [one["label"] for one in reasons if one["indicator"] == "attribute:industry"]


def test_units_of_attributes():
    sales, children = Indicator("attribute:annual_sales", 1), Indicator("attribute:children", 1)
    own = Indicator("attribute:nobody_knows", 1)
    found = wording(BOSS, [sales, children, own, Indicator("attribute:age", 1)])
    assert [found.unit(one) for one in (sales, children, own)] == ["money", "number", "number"]
    assert found.label(sales) == {"en": "Annual sales", "zh": "年销售额"}
    assert found.label(replace(sales, label={"en": "Turnover"})) == {"en": "Turnover", "zh": "年销售额"}
    assert found.label(replace(sales, label="Umsatz")) == {"en": "Umsatz", "zh": "Umsatz"}
    assert found.label(own)["zh"] == "nobody_knows"
