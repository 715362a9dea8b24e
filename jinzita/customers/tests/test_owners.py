"""The door by which customers come to owners."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers.fields.owners import Cause, Reason
from jinzita.customers.models import Customer, Ownership, Pooled
from jinzita.customers.services import owners, run_undo, taking_back
from jinzita.customers.tests.world import BOSS, made
from jinzita.kernel import undo
from jinzita.kernel.models import AuditEntry, ChangedRow

pytestmark = pytest.mark.django_db


def state(customer_id):
    one = Customer.objects.get(pk=customer_id)
    return one.owner_id, one.department_id, one.version


def history(customer_id):
    rows = Ownership.objects.filter(customer_id=customer_id).order_by("pk")
    return list(rows.values_list("owner_id", "reason", "ended_as", "note"))


def test_the_department_follows_and_each_has_a_line_in_the_log(company):
    seller, other = company.users["seller"], company.users["other_seller"]
    version = state(company.mine)[2]
    former = owners.give(by=BOSS, to={company.mine: other.pk}, reason=Reason.ASSIGNED, note="moved")
    assert former == {company.mine: seller.pk}
    assert state(company.mine) == (other.pk, other.department_id, version + 1)
    assert history(company.mine) == [
        (seller.pk, "given", "assigned", ""), (other.pk, "assigned", "", "moved"),
    ]  # fmt: skip
    line = AuditEntry.objects.get(action="assign", subject_id=company.mine)
    assert (line.changes["owner_id"], line.changes["why"]) == ([seller.pk, other.pk], "moved")
    assert line.version == version + 1


def test_those_that_are_that_persons_already_are_left_alone(company):
    before = [state(one) for one in (company.mine, company.theirs)]
    seller = company.users["seller"].pk
    assert owners.give(by=BOSS, to={company.mine: seller}, reason=Reason.CLAIMED) == {}
    both = {company.mine: seller, company.theirs: seller}
    assert owners.give(by=BOSS, to=both, reason=Reason.CLAIMED).keys() == {company.theirs}
    assert state(company.mine) == before[0]
    assert [one.subject_id for one in AuditEntry.objects.filter(action="claim")] == [company.theirs]


def test_nobodys_keep_their_department_and_are_in_the_pool_for_the_cause_that_is_said(company):
    _, department, _ = state(company.mine)
    gone = {company.mine: None, company.theirs: None}
    owners.give(by=BOSS, to=gone, reason=Reason.FELL_BACK, cause=Cause.NO_DEAL)
    assert state(company.mine)[:2] == (None, department)
    assert dict(Pooled.objects.values_list("pk", "cause")) == dict.fromkeys(gone, "no_deal")
    assert history(company.mine)[-1][2] == "fell_back"


def test_what_is_kept_in_a_change_set_is_taken_back_and_has_no_lines_of_its_own(company):
    seller, other = company.users["seller"].pk, company.users["other_seller"].pk
    taking_back.need_to_undo("test", taking_back.Permission.ASSIGN)
    change_set = undo.begin(by=BOSS, kind="test")
    both = {company.mine: other, company.theirs: None}
    owners.give(by=BOSS, to=both, reason=Reason.HANDED_OVER, change_set=change_set)
    assert ChangedRow.objects.filter(change_set=change_set).count() == 2
    assert not AuditEntry.objects.filter(action=Reason.HANDED_OVER).exists()
    company.administrator.post(f"/api/v1/change-sets/{change_set.pk}/undo")
    assert run_undo(change_set.pk).result["undone"] == 2
    assert [state(one)[0] for one in (company.mine, company.theirs)] == [seller, other]


def test_many_ask_as_often_as_few(company):
    receivers = [company.users[name].pk for name in ("seller", "other_seller")]

    def queries(count):
        ids = [made(f"C{count}-{n}") for n in range(count)]
        to = {pk: receivers[n % 2] for n, pk in enumerate(ids)}
        with CaptureQueriesContext(connection) as found:
            owners.give(by=BOSS, to=to, reason=Reason.ASSIGNED)
        return len(found)

    queries(2)
    assert queries(3) == queries(30)
