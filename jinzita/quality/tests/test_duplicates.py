"""Duplicates: while typing, over all, and what people decide about them."""

import threading
from itertools import combinations

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers.services.completion import complete_new
from jinzita.customers.tests.world import BOSS, Company, get, made, make_company, post
from jinzita.kernel import jobs
from jinzita.kernel.models import Job
from jinzita.quality.models import Match
from jinzita.quality.services import duplicates

Customer = apps.get_model("customers", "Customer")
CHECK = "/customers/duplicate-check"


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def base(company: Company) -> dict[str, int]:
    seller, other = company.users["seller"].pk, company.users["other_seller"].pk
    return {
        "huayu": made("北京华宇科技有限公司", owner_id=seller, phone="010-62345678", email="li@huayu.com.cn"),
        "again": made("华宇科技（北京）有限责任公司", owner_id=seller, phone="+86 10 6234 5678"),
        "shanghai": made("上海华宇科技有限公司", owner_id=other),
        "mobile": made("中国移动通信集团北京有限公司", owner_id=other, phone="13800138000"),
        "person": made("张伟", kind="person", owner_id=seller, phone="139 1234 5678"),
    }


def run() -> Job:
    job = duplicates.begin(by=BOSS)
    return duplicates.find_all(by=BOSS, job_id=job.pk)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ({"name": "华宇科技北京有限公司"}, "huayu"),
        ({"name": "北京華宇科技有限公司"}, "huayu"),
        ({"name": "Beijing Huayu Technology Co., Ltd."}, "huayu"),
        ({"name": "bjhykj"}, "huayu"),
        ({"name": "北京移动"}, "mobile"),
        ({"name": "京城某公司", "phone": "+86-138-0013-8000", "email": "x@huayu.com.cn"}, None),
        ({"name": "张 伟", "kind": "person", "phone": "0086 13912345678"}, "person"),
        ({"name": "Zhang Wei", "kind": "person", "phone": "13912345678"}, "person"),
    ],
)
def test_while_typing(company: Company, base: dict[str, int], typed: dict[str, str], meant: str | None):
    items = post(company.administrator, CHECK, typed).json()["items"]
    ids = [one["id"] for one in items]
    assert (base[meant] in ids) if meant else not ids
    assert base["shanghai"] not in ids
    for one in items:
        assert one["verdict"] in ("same", "look")
        assert all(reason["outcome"]["zh"] and reason["outcome"]["en"] for reason in one["reasons"])


@pytest.mark.parametrize(
    ("there", "typed"),
    [
        ("Bosch (China) Investment Ltd.", "博世（中国）投资有限公司"),
        ("博世（中国）投资有限公司", "Bosch (China) Investment Ltd."),
        ("Hewlett-Packard", "惠普"),
    ],
)
def test_a_house_is_found_by_its_name_in_the_other_language(company: Company, there: str, typed: str):
    one = made(there, owner_id=company.users["seller"].pk)
    assert [found["id"] for found in post(company.administrator, CHECK, {"name": typed}).json()["items"]] == [
        one
    ]


def test_of_a_hidden_customer_only_the_owner_is_told(company: Company, base: dict[str, int]):
    answer = post(company.seller, CHECK, {"name": "北京移动"})
    (item,) = answer.json()["items"]
    assert (item["visible"], item["owner"], item["department"]) == (False, "other_seller", "South")
    assert "移动" not in answer.content.decode()
    assert item["id"] is None
    assert item["reasons"] == []


def test_the_customer_being_changed_is_not_its_own_double(company: Company, base: dict[str, int]):
    typed = {"name": "中国移动通信集团北京有限公司", "without": base["mobile"]}
    assert post(company.administrator, CHECK, typed).json()["items"] == []


def test_the_check_asks_a_bounded_number_of_queries(company: Company, base: dict[str, int]):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        post(company.administrator, CHECK, {"name": "北京华宇科技有限公司", "phone": "01062345678"})
    assert len(asked) < 40


def test_all_are_compared_and_grouped(company: Company, base: dict[str, int]):
    job = run()
    assert job.state == Job.State.DONE
    assert job.result["customers"] == 7
    (group,) = get(company.administrator, "/quality/duplicates").json()["items"]
    assert {one["id"] for one in group["customers"]} == {base["huayu"], base["again"]}
    assert group["verdict"] == "same"
    reasons = group["matches"][0]["reasons"]
    assert {one["comparison"] for one in reasons} >= {"name", "trade", "place", "phone"}
    assert sum(one["bits"] for one in reasons) > 10


def test_others_see_only_matches_of_their_own_customers(company: Company, base: dict[str, int]):
    run()
    assert len(get(company.seller, "/quality/duplicates").json()["items"]) == 1
    assert get(company.other_seller, "/quality/duplicates").json()["items"] == []
    assert get(company.other_seller, "/quality/duplicates/summary").json()["same"] == 0


def test_what_was_found_different_stays_so(company: Company, base: dict[str, int]):
    run()
    match = Match.objects.get()
    decided = {"matches": [match.pk], "state": "different"}
    assert post(company.seller, "/quality/duplicates/decide", decided).status_code == 403
    assert post(company.manager, "/quality/duplicates/decide", decided).json() == {"changed": 1}
    assert get(company.administrator, "/quality/duplicates").json()["items"] == []
    run()
    match.refresh_from_db()
    assert match.state == "different"
    assert get(company.administrator, "/quality/duplicates/summary").json()["different"] == 1
    back = {"matches": [match.pk], "state": "open"}
    post(company.administrator, "/quality/duplicates/decide", back)
    assert len(get(company.administrator, "/quality/duplicates").json()["items"]) == 1


def test_tabs_and_title_count_the_same(company: Company, base: dict[str, int]):
    made("华宇科技（北京）有限责任公司", phone="010-62345678")
    run()
    assert Match.objects.count() == 3
    assert get(company.administrator, "/quality/duplicates/count").json() == {"count": 1}
    figures = get(company.administrator, "/quality/duplicates/summary").json()
    assert figures["open"] == 1, "a group of three, not three pairs"
    assert max(figures["same"], figures["look"]) == 1


def test_a_pair_found_again_is_the_same_one(company: Company, base: dict[str, int]):
    run()
    match = Match.objects.get()
    duplicates.check(by=BOSS, customer_ids=[base["again"]])
    assert Match.objects.get().pk == match.pk
    body = {"matches": [match.pk], "state": "later"}
    assert post(company.manager, "/quality/duplicates/decide", body).json() == {"changed": 1}


def test_who_decides_of_a_pair_that_is_gone_is_told(company: Company, base: dict[str, int]):
    run()
    match = Match.objects.get()
    Customer.objects.filter(pk=base["again"]).update(name="天津远洋渔业", phone="", email="")
    complete_new([base["again"]])
    duplicates.check(by=BOSS, customer_ids=[base["again"]])
    assert not Match.objects.exists()
    answer = post(
        company.manager, "/quality/duplicates/decide", {"matches": [match.pk], "state": "different"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "not_doubles_any_more")


def test_a_new_customer_is_compared_by_itself(company: Company, base: dict[str, int]):
    new = made("北京市华宇科技公司")
    duplicates.check(by=BOSS, customer_ids=[new])
    assert {one.left for one in Match.objects.all()} >= {base["huayu"]}
    (group,) = get(company.administrator, "/quality/duplicates").json()["items"]
    assert len(group["customers"]) == 3
    assert Match.objects.filter(leading=True).count() == 1
    of_one = get(company.administrator, f"/customers/{new}/duplicates").json()
    assert len(of_one) == 2


def test_thresholds_are_the_companys(company: Company, base: dict[str, int]):
    run()
    path = "/api/v1/quality/duplicates/policy"
    body = '{"same": 0.999999, "look": 0.5}'
    assert company.manager.put(path, body, content_type="application/json").status_code == 403
    assert company.administrator.put(path, body, content_type="application/json").status_code == 200
    assert get(company.reader, "/quality/duplicates/policy").json() == {"same": 0.999999, "look": 0.5}
    wrong = '{"same": 0.5, "look": 0.9}'
    assert company.administrator.put(path, wrong, content_type="application/json").status_code == 422


def test_one_run_at_a_time(company: Company, base: dict[str, int]):
    assert post(company.administrator, "/quality/duplicates/run", {}).status_code == 202
    assert post(company.administrator, "/quality/duplicates/run", {}).status_code == 409


def test_pages_of_groups(company: Company):
    for number in range(5):
        made(f"天津鼎{'甲乙丙丁戊'[number]}商贸有限公司")
        made(f"天津市鼎{'甲乙丙丁戊'[number]}商贸有限公司")
    run()
    seen, cursor = [], None
    while True:
        page = get(
            company.administrator, "/quality/duplicates", limit=2, **({"cursor": cursor} if cursor else {})
        ).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.django_db(transaction=True)
def test_two_checks_at_once_find_one_pair():
    make_company()
    ids = [made(f"北京华宇科技{form}") for form in ("有限公司", "有限责任公司", "股份有限公司")]
    barrier, errors = threading.Barrier(len(ids)), []

    def check(customer_id: int) -> None:
        try:
            barrier.wait(20)
            duplicates.check(by=BOSS, customer_ids=[customer_id])
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    for _ in range(5):
        Match.objects.all().delete()
        threads = [threading.Thread(target=check, args=(one,)) for one in ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert set(Match.objects.values_list("left", "right")) == {
            tuple(pair) for pair in combinations(ids, 2)
        }
        assert Match.objects.values("group").distinct().count() == 1
        assert Match.objects.filter(leading=True).count() == 1


def test_the_job_tells_its_progress_while_it_writes(company: Company, base: dict[str, int], monkeypatch):
    made("北京华宇科技公司", phone="010-62345678")
    monkeypatch.setattr(duplicates, "WRITTEN_AT_ONCE", 1)
    clock = iter(range(10**6))
    monkeypatch.setattr(jobs.time, "monotonic", lambda: next(clock))  # nothing is said too soon to be said
    told = []
    monkeypatch.setattr(jobs, "push", lambda job: told.append((job.message, job.progress)))
    assert run().state == "done"
    assert len([progress for message, progress in told if message == "write"]) > 2
    assert Match.objects.filter(leading=True).count() == 1
