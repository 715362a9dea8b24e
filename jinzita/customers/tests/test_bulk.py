"""Many customers at once: edit, assign, tags, the trash; undone; taken up again after a fall."""

import io
import json
from datetime import UTC, datetime, timedelta
from functools import partial

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers import selectors, services
from jinzita.customers.events import CustomersChanged, OwnersChanged
from jinzita.customers.models import AttributeDefinition, BulkAction, Customer, Lifecycle
from jinzita.customers.services.bulk import running
from jinzita.customers.services.bulk.tags import TOO_MANY_TAGS
from jinzita.customers.tests.changing import change, undo
from jinzita.customers.tests.world import BOSS, get, made, patch, post
from jinzita.kernel.errors import Conflict
from jinzita.kernel.models import AuditEntry, ChangeSet, Job

NOW = datetime(2026, 1, 5, tzinfo=UTC)
do = partial(change, "customers")


def everybody(**more) -> dict:
    return {"filter": None, "q": None, "expected": Customer.objects.count(), **more}


def test_edit_all_that_fit_and_undo(company, news):
    result = do(
        company.administrator, action="edit", selection=everybody(),
        changes={"kind": "person", "attributes.region": "Beijing"},
    )  # fmt: skip
    assert (result["changed"], result["unchanged"], result["refused_count"]) == (2, 0, 0)
    for one in Customer.objects.all():
        assert (one.kind, one.attributes, one.version) == ("person", {"region": "Beijing"}, 2)
    assert CustomersChanged([company.mine, company.theirs]) in news
    line = AuditEntry.objects.get(action="bulk_edit")
    assert line.changes["count"] == 2
    assert undo(company.administrator, result["change_set"]) == {
        "change_set": result["change_set"], "undone": 2, "conflicts": 0,
    }  # fmt: skip
    for one in Customer.objects.all():
        assert (one.kind, one.attributes, one.version) == ("organisation", {}, 3)
    again = post(company.administrator, f"/change-sets/{result['change_set']}/undo", {})
    assert (again.status_code, again.json()["code"]) == (409, "not_undoable")


def test_an_undo_is_asked_for_once(company):
    """Twice in two windows: the second is told so, and leaves no job behind that nobody does."""
    result = do(company.administrator, action="tag", selection=everybody(), tags=["x"])
    path = f"/change-sets/{result['change_set']}/undo"
    assert post(company.administrator, path, {}).status_code == 202
    shown = get(company.administrator, "/change-sets").json()["items"]
    assert not next(one for one in shown if one["id"] == result["change_set"])["can_undo"]
    again = post(company.administrator, path, {})
    assert (again.status_code, again.json()["code"]) == (409, "not_undoable")
    assert services.run_undo(result["change_set"]).state == "done"
    assert not Job.objects.filter(kind="undo").exclude(state="done").exists()


def test_a_filter_means_who_fitted_at_the_beginning(company):
    wanted = {"filter": {"field": "kind", "op": "eq", "value": "organisation"}, "expected": 2}
    result = do(company.administrator, action="edit", selection=wanted, changes={"kind": "person"})
    assert result["changed"] == 2
    assert (
        get(company.administrator, "/customers/count", filter=json.dumps(wanted["filter"])).json()["count"]
        == 0
    )


def test_another_number_than_expected_is_refused(company):
    for i in range(12):
        made(f"C{i}")
    body = {"action": "tag", "tags": ["x"], "selection": {"filter": None, "expected": 1}}
    answer = post(company.administrator, "/customers/bulk", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "selection_changed")
    assert answer.json()["details"][0]["params"]["count"] == 14


def test_assign_moves_department_and_tells(company, news):
    other = company.users["other_seller"]
    result = do(company.administrator, action="assign", selection={"ids": [company.mine]}, owner_id=other.pk)
    one = Customer.objects.get(pk=company.mine)
    assert (one.owner_id, one.department_id) == (other.pk, other.department_id)
    assert OwnersChanged([company.mine], other.pk) in news
    news.clear()
    undo(company.administrator, result["change_set"])
    assert OwnersChanged([company.mine], company.users["seller"].pk) in news


def test_tags(company):
    ids = {"ids": [company.mine, company.theirs]}
    do(company.administrator, action="tag", selection=ids, tags=[" a ", "b", "a"])
    result = do(company.administrator, action="tag", selection={"ids": [company.mine]}, tags=["c", "b"])
    assert get(company.administrator, f"/customers/{company.mine}").json()["tags"] == ["a", "b", "c"]
    assert get(company.administrator, "/tags").json() == [
        {"name": "a", "customers": 2}, {"name": "b", "customers": 2}, {"name": "c", "customers": 1},
    ]  # fmt: skip
    for op, value, count in (
        ("has", "c", 1),
        ("has_any", ["c", "x"], 1),
        ("has_none", ["c"], 1),
        ("is_null", True, 0),
    ):
        wanted = {"field": "tags", "op": op, "value": value}
        found = get(company.administrator, "/customers/count", filter=json.dumps(wanted))
        assert found.json()["count"] == count, op
    assert do(company.administrator, action="untag", selection=ids, tags=["a", "c"])["changed"] == 2
    assert Customer.objects.get(pk=company.mine).tags == ["b"]
    assert undo(company.administrator, result["change_set"])["conflicts"] == 1
    found = get(company.administrator, f"/change-sets/{result['change_set']}/conflicts").json()["items"]
    assert found[0] == {
        "subject_type": "customer", "subject_id": company.mine, "name": "North Light Ltd", "field": "tags",
        "why": "changed", "before": ["a", "b"], "after": ["a", "b", "c"], "current": ["b"],
    }  # fmt: skip
    shown = get(company.administrator, "/change-sets").json()["items"]
    assert [one["kind"] for one in shown][-3:] == ["bulk_untag", "bulk_tag", "bulk_tag"]
    assert next(one for one in shown if one["id"] == result["change_set"])["state"] == "partly_undone"


def test_what_can_take_no_more_tags_is_named_and_left_as_it_is(company):
    full = [f"t{n}" for n in range(49)]
    Customer.objects.filter(pk=company.mine).update(tags=full)
    both = {"ids": [company.mine, company.theirs]}
    result = do(company.administrator, action="tag", selection=both, tags=["x", "y"])
    assert (result["changed"], result["unchanged"], result["refused_count"]) == (1, 0, 1)
    assert result["refused"] == [
        {
            "id": company.mine,
            "name": "North Light Ltd",
            "why": "too_many_tags",
            "words": TOO_MANY_TAGS,
        }
    ]
    assert Customer.objects.get(pk=company.mine).tags == full
    assert Customer.objects.get(pk=company.theirs).tags == ["x", "y"]
    # One that is there already counts once; one that fills the last place is taken.
    assert do(company.administrator, action="tag", selection=both, tags=["t0", "x"])["changed"] == 2
    assert Customer.objects.get(pk=company.mine).tags == [*full, "x"]
    # What has all of them already is neither changed nor refused.
    result = do(company.administrator, action="tag", selection=both, tags=["t0", "x"])
    assert (result["unchanged"], result["refused_count"]) == (2, 0)


def test_delete_restore_and_purge(company):
    ids = {"ids": [company.mine, company.theirs, 10**9]}
    result = do(company.administrator, action="delete", selection=ids)
    assert result["changed"] == 2
    assert result["refused"] == [{"id": 10**9, "name": "", "why": "not_found"}]
    assert get(company.administrator, "/customers").json()["items"] == []
    assert get(company.administrator, "/customers/count").json()["count"] == 0
    assert get(company.administrator, "/search", q="north").json() == []
    assert get(company.administrator, f"/customers/{company.mine}").status_code == 404
    shown = get(company.administrator, "/trash").json()["items"]
    assert {one["id"] for one in shown} == {company.mine, company.theirs}
    assert shown[0]["trashed_by"]["name"] == "administrator"
    assert [one["id"] for one in get(company.administrator, "/trash", q="north").json()["items"]] == [
        company.mine
    ]
    assert do(company.administrator, action="restore", selection={"ids": [company.mine]})["changed"] == 1
    assert undo(company.administrator, result["change_set"]) == {
        "change_set": result["change_set"], "undone": 1, "conflicts": 0,
    }  # fmt: skip
    assert get(company.administrator, "/customers/count").json()["count"] == 2


def test_one_customer_through_the_trash(company, settings):
    assert company.seller.delete(f"/api/v1/customers/{company.mine}").status_code == 403
    assert company.manager.delete(f"/api/v1/customers/{company.theirs}").status_code == 404
    assert company.manager.delete(f"/api/v1/customers/{company.mine}").status_code == 204
    assert get(company.seller, f"/customers/{company.mine}").status_code == 404
    assert patch(company.manager, f"/customers/{company.mine}", {"name": "x"}).status_code == 404
    assert post(company.manager, f"/customers/{company.mine}/restore", {}).status_code == 200
    assert post(company.manager, f"/customers/{company.mine}/restore", {}).status_code == 200
    company.manager.delete(f"/api/v1/customers/{company.mine}")
    assert company.manager.delete(f"/api/v1/trash/customer/{company.mine}").status_code == 403
    assert company.administrator.delete(f"/api/v1/trash/customer/{company.theirs}").status_code == 404
    now = datetime.now(UTC)
    assert services.purge_old(by=BOSS, now=now) == 0
    assert services.purge_old(by=BOSS, now=now + timedelta(days=settings.TRASH_DAYS + 1)) == 1
    assert not Customer.objects.filter(pk=company.mine).exists()
    company.administrator.delete(f"/api/v1/customers/{company.theirs}")
    assert company.administrator.delete(f"/api/v1/trash/customer/{company.theirs}").status_code == 204
    assert not Customer.objects.exists()


def test_who_may_not(company):
    ids = {"ids": [company.mine, company.theirs]}
    for client, body in (
        (company.reader, {"action": "edit", "changes": {"kind": "person"}}),
        (company.seller, {"action": "delete"}),
        (company.seller, {"action": "assign", "owner_id": company.users["seller"].pk}),
        (company.manager, {"action": "assign", "owner_id": company.users["other_seller"].pk}),
    ):
        assert post(client, "/customers/bulk", {**body, "selection": ids}).status_code == 403, body
    result = do(company.seller, action="edit", selection=ids, changes={"kind": "person"})
    assert (result["changed"], result["refused"]) == (
        1,
        [{"id": company.theirs, "name": "", "why": "not_found"}],
    )
    assert post(company.manager, f"/change-sets/{result['change_set']}/undo", {}).status_code == 404
    assert get(company.manager, "/change-sets").json()["items"] == []


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"action": "edit", "changes": {}}, "changes"),
        ({"action": "edit", "changes": {"nothing": 1}}, "changes.nothing"),
        ({"action": "edit", "changes": {"name": "x"}}, "changes.name"),
        ({"action": "edit", "changes": {"tags": ["x"]}}, "changes.tags"),
        ({"action": "edit", "changes": {"attributes.nothing": 1}}, "attributes.nothing"),
        ({"action": "edit", "changes": {"phone": "1"}}, "changes.phone"),
        ({"action": "edit", "changes": {"kind": "dog"}}, "kind"),
        ({"action": "edit", "changes": {"owner_id": 1}}, "changes.owner_id"),
        ({"action": "tag", "tags": [" "]}, "tags"),
        ({"action": "dance"}, "action"),
        ({"action": "tag", "tags": ["a"], "selection": {"ids": []}}, "selection.ids"),
        ({"action": "tag", "tags": ["a"], "selection": {"filter": None}}, "selection.expected"),
        ({"action": "restore", "selection": {"filter": None, "expected": 1}}, "selection.ids"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_begins(company, body, where):
    answer = post(company.administrator, "/customers/bulk", {"selection": {"ids": [company.mine]}, **body})
    assert answer.status_code == 422
    assert answer.json()["details"][0]["where"] == where
    assert not Job.objects.exists()


def test_a_killed_worker_is_followed_by_another(company, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    for i in range(5):
        made(f"C{i}")
    job = services.request_bulk(by=BOSS, action="edit", selection=everybody(), changes={"kind": "person"})
    one = BulkAction.objects.get()
    begun = running._Run(one, BOSS, NOW)
    begun._collect()
    begun._batch()
    Job.objects.filter(pk=job.pk).update(state="running", heartbeat_at=NOW)
    assert services.resume_silent(now=NOW + timedelta(minutes=5)) == 1
    result = services.run_bulk(one.pk, now=NOW).result
    assert (result["changed"], result["unchanged"]) == (7, 0)
    assert set(Customer.objects.values_list("version", flat=True)) == {2}
    assert ChangeSet.objects.get().rows == 7
    with pytest.raises(Conflict):
        begun._batch()


def test_a_batch_takes_as_many_queries_whatever_its_size(company):
    def queries(count: int) -> int:
        for i in range(count):
            made(f"N{count} {i}")
        services.request_bulk(
            by=BOSS, action="assign", selection=everybody(), owner_id=company.users["seller"].pk
        )
        one = BulkAction.objects.latest("pk")
        with CaptureQueriesContext(
            connection,
        ) as caught:
            services.run_bulk(one.pk, now=NOW)
        return len(caught)

    assert queries(3) == queries(30)


def test_groups(company):
    made("Third", attributes={"region": "Beijing"}, kind="person")
    assert get(company.administrator, "/customers/groups", by="kind").json()[0] == {
        "value": "organisation", "label": {"en": "Organisation", "zh": "企业客户"}, "count": 2,
    }  # fmt: skip
    assert {
        one["value"]: one["count"]
        for one in get(company.administrator, "/customers/groups", by="attributes.region").json()
    } == {None: 2, "Beijing": 1}
    owners = get(company.administrator, "/customers/groups", by="owner").json()
    assert {one["label"] and one["label"]["en"] for one in owners} == {"seller", "other_seller", None}
    assert get(company.seller, "/customers/groups", by="grade").json()[0]["count"] == 1
    assert get(company.seller, "/customers/groups", by="name").status_code == 422


def test_versions_and_conflicts(company):
    path = f"/customers/{company.mine}"
    seen = get(company.seller, path).json()["version"]
    assert (
        patch(company.manager, path, {"phone": "1", "attributes": {"region": "A"}, "version": seen}).json()[
            "version"
        ]
        == seen + 1
    )
    merged = patch(company.seller, path, {"email": "a@b.cn", "version": seen})
    assert (merged.status_code, merged.json()["phone"], merged.json()["email"]) == (200, "1", "a@b.cn")
    answer = patch(company.seller, path, {"phone": "2", "attributes": {"region": "B"}, "version": seen})
    assert (answer.status_code, answer.json()["code"]) == (409, "changed_meanwhile")
    found = {one["where"]: one["params"] for one in answer.json()["details"]}
    assert found.keys() == {"phone", "attributes.region"}
    phone = found["phone"]
    assert (phone["mine"], phone["current"], phone["original"], phone["by"]) == ("2", "1", "", "manager")
    assert found["attributes.region"]["original"] is None
    # What is the same anyway is no conflict; and who saw the newest may insist.
    assert patch(company.seller, path, {"phone": "1", "version": seen}).status_code == 200
    newest = get(company.seller, path).json()["version"]
    assert patch(company.seller, path, {"phone": "2", "version": newest}).status_code == 200
    assert patch(company.seller, path, {"phone": "3"}).status_code == 200
    do(company.administrator, action="edit", selection={"ids": [company.mine]}, changes={"kind": "person"})
    answer = patch(company.seller, path, {"kind": "organisation", "version": newest + 2})
    assert answer.json()["details"][0]["params"]["original"] == "organisation"
    Customer.objects.filter(pk=company.mine).update(version=99)  # nobody knows what changed
    assert patch(company.seller, path, {"name": "Z", "version": 98}).status_code == 409


def test_history_shows_everything_and_sets_back(company):
    path = f"/customers/{company.mine}"
    patch(company.seller, path, {"phone": "1", "attributes": {"region": "A"}})
    patch(company.manager, path, {"phone": "2"})
    result = do(company.administrator, action="edit", selection={"ids": [company.mine]},
                changes={"kind": "person", "attributes.region": "B"})  # fmt: skip
    do(company.administrator, action="assign", selection={"ids": [company.mine]}, owner_id=None)
    entries = get(company.administrator, f"{path}/changes").json()["items"]
    assert [one["action"] for one in entries] == ["bulk_assign", "bulk_edit", "update", "update", "create"]
    assert entries[0]["changes"][0] == {
        "field": "owner_id", "before": {"id": company.users["seller"].pk, "name": "seller"}, "after": None,
        "can_restore": True,
    }  # fmt: skip
    assert entries[1]["change_set_id"] == result["change_set"]
    phones = get(company.administrator, f"{path}/changes", field="phone").json()["items"]
    assert [one["changes"][0]["after"] for one in phones] == ["2", "1"]
    first = get(company.administrator, f"{path}/changes", limit=2).json()
    rest = get(company.administrator, f"{path}/changes", limit=50, cursor=first["next"]).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == [one["id"] for one in entries]
    back = post(company.administrator, f"{path}/changes/{phones[0]['id']}/restore", {"field": "phone"})
    assert (back.status_code, back.json()["phone"]) == (200, "1")
    region = next(c["id"] for c in entries if any(f["field"] == "attributes.region" for f in c["changes"]))
    assert (
        post(
            company.administrator, f"{path}/changes/{region}/restore", {"field": "attributes.region"}
        ).json()["region"]
        == "A"
    )
    owner = post(company.administrator, f"{path}/changes/{entries[0]['id']}/restore", {"field": "owner_id"})
    assert owner.json()["owner"]["name"] == "seller"
    for entry, field, status in (
        (entries[-1]["id"], "name", 422),
        ("a1", "phone", 404),
        ("xx", "phone", 404),
    ):
        assert (
            post(company.administrator, f"{path}/changes/{entry}/restore", {"field": field}).status_code
            == status
        )
    assert get(company.other_seller, f"{path}/changes").status_code == 404
    assert get(company.reader, f"{path}/changes").json()["items"][0]["changes"][0]["can_restore"] is False
    assert selectors.history.changed_since(company.mine, 0).entries >= 5


def test_a_selection_is_exported_also_as_parquet(company):
    for tag in ("=1+1", "-2"):
        made(tag, tags=["a", "b"])
    answer = company.administrator.get(
        "/api/v1/customers/export?format=parquet&fields=name,score,tags,created_at"
    )
    table = pq.read_table(io.BytesIO(b"".join(answer.streaming_content)))
    assert table.column_names == ["name", "score", "tags", "created_at"]
    assert table.num_rows == 4
    assert ["a", "b"] in table["tags"].to_pylist()
    for who, wanted in (
        (company.administrator, [company.mine]), (company.seller, [company.mine, company.theirs])
    ):  # fmt: skip
        answer = post(who, "/customers/export", {"fields": "name", "ids": wanted})
        assert b"".join(answer.streaming_content).decode().split() == ["\ufeffName", "North", "Light", "Ltd"]
    assert post(company.administrator, "/customers/export", {"ids": ["x"]}).status_code == 422
    text = b"".join(
        company.administrator.get("/api/v1/customers/export?fields=name,tags").streaming_content
    ).decode()
    assert "'=1+1" in text
    assert AuditEntry.objects.filter(action="export").count() == 4


def test_what_a_stage_needs_is_not_emptied(company):
    AttributeDefinition.objects.create(
        code="plan", type="text", label_en="Plan", label_zh="方案", mandatory="from_stage",
        mandatory_stage="customer",
    )  # fmt: skip
    early = made("Early", attributes={"plan": "a"})
    late, empty = made("Late", attributes={"plan": "a"}), made("Empty")
    Lifecycle.objects.filter(pk__in=[late, empty]).update(stage="member")
    ids = {"ids": [early, late, empty]}
    changes = {"attributes.plan": None, "attributes.region": "East"}
    result = do(company.administrator, action="edit", selection=ids, changes=changes)
    assert (result["changed"], result["refused_count"]) == (2, 1)
    assert result["refused"] == [
        {
            "id": late, "name": "Late", "why": "mandatory",
            "words": {
                "en": "“Plan” is needed from the stage “Customer” on.",
                "zh": "自“成交客户”阶段起必须填写“方案”。",
            },
        }
    ]  # fmt: skip
    kept = dict(Customer.objects.filter(pk__in=ids["ids"]).values_list("pk", "attributes"))
    assert kept == {early: {"region": "East"}, late: {"plan": "a"}, empty: {"region": "East"}}
