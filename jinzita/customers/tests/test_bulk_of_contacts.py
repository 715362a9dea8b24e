"""Many contacts at once: edit, the part in decisions, the trash; undone; by whom."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers import services
from jinzita.customers.events import ContactsChanged
from jinzita.customers.models import BulkAction, Contact, Position
from jinzita.customers.tests.changing import change, undo
from jinzita.customers.tests.world import BOSS, Company, get, made, patch, post
from jinzita.kernel.models import AuditEntry, ChangeSet, Job

NOW = datetime(2026, 1, 5, tzinfo=UTC)
do = partial(change, "contacts")


def person(name: str, *customer_ids: int, **values) -> int:
    seats = [{"customer_id": one} for one in customer_ids]
    one = services.create_contact(by=BOSS, name=name, positions=seats, today=date(2026, 1, 5), **values)
    return int(one.pk)


@pytest.fixture
def people(company: Company) -> list[int]:
    """Two at the seller's customer, one at another's."""
    return [
        person("王建国", company.mine, department="采购部"),
        person("李明", company.mine),
        person("Ann Smith", company.theirs),
    ]


def test_all_that_fit_are_edited_and_it_is_undone(company, people, news):
    fitting = {"filter": {"field": "department", "op": "eq", "value": ""}, "expected": 2}
    result = do(
        company.administrator, action="edit", selection=fitting,
        changes={"department": "财务部", "gender": None, "role": "finance"},
    )  # fmt: skip
    assert (result["changed"], result["unchanged"], result["refused_count"]) == (2, 0, 0)
    ids = people[1:]
    assert set(Contact.objects.filter(pk__in=ids).values_list("department", "version")) == {("财务部", 2)}
    assert set(Position.objects.filter(contact__in=ids).values_list("role", flat=True)) == {"finance"}
    assert ContactsChanged(ids, sorted([company.mine, company.theirs])) in news
    line = AuditEntry.objects.get(action="bulk_edit")
    assert (line.subject_type, line.changes["count"]) == ("contact", 2)
    shown = get(company.administrator, "/change-sets").json()["items"][0]
    assert (shown["kind"], shown["words"]["records"]) == ("bulk_edit", "contacts")
    news.clear()
    assert undo(company.administrator, result["change_set"])["conflicts"] == 0
    assert set(Contact.objects.filter(pk__in=ids).values_list("department", "version")) == {("", 3)}
    assert set(Position.objects.filter(contact__in=ids).values_list("role", flat=True)) == {""}
    assert ContactsChanged(ids, sorted([company.mine, company.theirs])) in news


def test_what_was_changed_since_is_told_and_stays(company, people):
    result = do(
        company.administrator, action="edit", selection={"ids": people[:2]},
        changes={"title": "总监", "role": "sponsor"},
    )  # fmt: skip
    patch(company.seller, f"/contacts/{people[0]}", {"title": "总经理"})
    seat = Position.objects.get(contact=people[1])
    patch(company.seller, f"/positions/{seat.pk}", {"role": "user"})
    assert undo(company.administrator, result["change_set"])["conflicts"] == 2
    found = get(company.administrator, f"/change-sets/{result['change_set']}/conflicts").json()["items"]
    told = {(one["subject_type"], one["subject_id"], one["name"]): one for one in found}
    title, role = (told["contact", pk, name] for pk, name in zip(people, ("王建国", "李明"), strict=False))
    assert (title["field"], title["before"], title["after"], title["current"]) == (
        "title",
        "",
        "总监",
        "总经理",
    )
    assert (role["field"], role["after"], role["current"]) == ("role", "sponsor", "user")
    assert Contact.objects.get(pk=people[0]).title == "总经理"
    assert Position.objects.get(contact=people[0]).role == ""


def test_the_part_in_decisions_is_taken_where_the_actor_sees_it(company):
    other = made("Second Ltd", owner_id=company.users["seller"].pk)
    pk = person("王建国", company.theirs, company.mine, other)
    edit = {"action": "edit", "selection": {"ids": [pk]}, "changes": {"role": "user"}}
    assert do(company.seller, **edit)["changed"] == 1
    seats = dict(Position.objects.filter(contact=pk).values_list("customer_id", "role"))
    assert seats == {company.theirs: "", company.mine: "user", other: ""}
    again = do(company.seller, **edit)
    assert (again["changed"], again["unchanged"]) == (0, 1)


def test_the_trash_and_back(company, people):
    result = do(company.manager, action="delete", selection={"ids": people})
    assert (result["changed"], [one["why"] for one in result["refused"]]) == (2, ["not_found"])
    assert get(company.administrator, "/contacts/count").json()["count"] == 1
    shown = get(company.manager, "/trash", type="contact").json()["items"]
    assert {one["id"] for one in shown} == set(people[:2])
    assert do(company.manager, action="restore", selection={"ids": people[:1]})["changed"] == 1
    taken = undo(company.manager, result["change_set"])
    assert (taken["undone"], taken["conflicts"]) == (1, 0)
    assert get(company.administrator, "/contacts/count").json()["count"] == 3


def test_of_whom_nothing_is_known_any_more_is_left_alone(company, people):
    Contact.objects.filter(pk=people[0]).update(erased_at=NOW)
    result = do(company.administrator, action="edit", selection={"ids": people}, changes={"title": "x"})
    assert (result["changed"], result["refused_count"]) == (2, 1)
    assert (result["refused"][0]["id"], result["refused"][0]["why"]) == (people[0], "erased")


def test_tags_are_put_on_and_taken_off_and_it_is_undone(company, people):
    patch(company.seller, f"/contacts/{people[0]}", {"tags": ["老客户", "b"]})
    result = do(company.administrator, action="tag", selection={"ids": people}, tags=["b", "峰会"])
    assert (result["changed"], result["refused_count"]) == (3, 0)
    tags = dict(Contact.objects.values_list("pk", "tags"))
    assert [tags[pk] for pk in people] == [["老客户", "b", "峰会"], ["b", "峰会"], ["b", "峰会"]]
    carried = {"filter": {"field": "tags", "op": "has", "value": "老客户"}, "expected": 1}
    do(company.administrator, action="untag", selection=carried, tags=["b"])
    assert Contact.objects.get(pk=people[0]).tags == ["老客户", "峰会"]
    assert get(company.administrator, "/contacts/tags").json() == [
        {"name": "峰会", "contacts": 3}, {"name": "b", "contacts": 2}, {"name": "老客户", "contacts": 1},
    ]  # fmt: skip
    assert get(company.seller, "/contacts/tags").json()[0] == {"name": "峰会", "contacts": 2}
    assert undo(company.administrator, result["change_set"])["conflicts"] == 1
    tags = dict(Contact.objects.values_list("pk", "tags"))
    assert [tags[pk] for pk in people] == [["老客户", "峰会"], [], []]


def test_who_can_take_no_more_tags_is_named_and_left_as_it_is(company, people):
    full = [f"t{number}" for number in range(50)]
    Contact.objects.filter(pk=people[0]).update(tags=full)
    Contact.objects.filter(pk=people[1]).update(erased_at=NOW)
    result = do(company.administrator, action="tag", selection={"ids": people}, tags=["x"])
    assert (result["changed"], result["refused_count"]) == (1, 2)
    assert {one["id"]: one["why"] for one in result["refused"]} == {
        people[0]: "too_many_tags", people[1]: "erased",
    }  # fmt: skip
    assert Contact.objects.get(pk=people[0]).tags == full


def test_who_may_not(company, people):
    edit = {"action": "edit", "changes": {"title": "x"}, "selection": {"ids": people}}
    assert post(company.reader, "/contacts/bulk", edit).status_code == 403
    thrown = {"action": "delete", "selection": {"ids": people}}
    assert post(company.seller, "/contacts/bulk", thrown).status_code == 403
    result = do(company.seller, **edit)
    assert (result["changed"], result["refused"]) == (2, [{"id": people[2], "name": "", "why": "not_found"}])
    assert post(company.other_seller, f"/change-sets/{result['change_set']}/undo", {}).status_code == 404


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"changes": {}}, "changes"),
        ({"changes": {"name": "x"}}, "changes.name"),
        ({"changes": {"phone": "1"}}, "changes.phone"),
        ({"changes": {"role": "king"}}, "role"),
        ({"changes": {"role": ["user"]}}, "role"),
        ({"changes": {"gender": "x"}}, "gender"),
        ({"changes": {"title": "x" * 101}}, "title"),
        ({"changes": {"title": 7}}, "title"),
        ({"action": "assign"}, "action"),
        ({"action": "tag"}, "tags"),
        ({"action": "untag", "tags": [" "]}, "tags"),
        ({"changes": {"title": "x"}, "selection": {"filter": None}}, "selection.expected"),
        ({"action": "restore", "selection": {"filter": None, "expected": 1}}, "selection.ids"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_begins(company, people, body, where):
    given = {"action": "edit", "selection": {"ids": people}, **body}
    answer = post(company.administrator, "/contacts/bulk", given)
    assert answer.status_code == 422
    assert answer.json()["details"][0]["where"] == where
    assert not Job.objects.exists()


def test_another_number_than_expected_is_refused(company, people):
    body = {"action": "delete", "selection": {"filter": None, "expected": 40}}
    answer = post(company.administrator, "/contacts/bulk", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "selection_changed")
    assert answer.json()["details"][0]["params"]["count"] == 3


def test_a_batch_takes_as_many_queries_whatever_its_size(company):
    def queries(count: int) -> int:
        for number in range(count):
            person(f"P{count} {number}", company.mine)
        everybody = {"filter": None, "expected": Contact.objects.count()}
        changes = {"title": f"T{count}", "role": "user" if count > 3 else "finance"}
        services.request_bulk(by=BOSS, kind="contacts", action="edit", selection=everybody, changes=changes)
        one = BulkAction.objects.latest("pk")
        with CaptureQueriesContext(connection) as caught:
            services.run_bulk(one.pk, now=NOW)
        assert ChangeSet.objects.latest("pk").rows == 2 * Contact.objects.count()
        return len(caught)

    assert queries(3) == queries(30)
