"""The doors of imports and the demo: the whole way of a file, and who may go it."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinzita.integration.models import Import, Upload
from jinzita.integration.services import imports
from jinzita.kernel.access import system
from jinzita.kernel.models import Job
from jinzita.people import selectors, services

pytestmark = pytest.mark.django_db
BOSS = system("test")
API = "/api/v1"
FILE = """订单号,客户编号,日期,金额,未知列
T1,C1,2024-01-05,10,x
T2,C1,昨天,10,
T3,C1,2024-01-06,=1+1,=HYPERLINK()
"""


@pytest.fixture
def clients() -> dict[str, Client]:
    north = services.create_department(by=BOSS, name="North")
    found = {}
    for role in ("administrator", "manager", "salesperson", "reader"):
        user, _ = services.create_user(by=BOSS, username=role, role=role, department_id=north.pk)
        found[role] = Client()
        found[role].force_login(user)
    found["nobody"] = Client()
    return found


def send(client: Client, content: str | bytes = FILE, name: str = "表.csv"):
    data = content.encode() if isinstance(content, str) else content
    return client.post(f"{API}/imports/uploads", {"file": SimpleUploadedFile(name, data)})


def post(client: Client, path: str, body: dict | None = None, **headers):
    return client.post(f"{API}{path}", body or {}, content_type="application/json", headers=headers)


def test_the_whole_way_of_a_file(clients):
    client = clients["administrator"]
    upload = send(client, FILE.encode("gb18030"))
    assert upload.status_code == 201, upload.content
    about = upload.json()
    assert (about["encoding"], about["delimiter"], about["rows_estimate"]) == ("gb18030", ",", 3)
    assert about["columns"][0] == {"name": "订单号", "samples": ["T1", "T2", "T3"], "type": "text"}
    assert about["rows_preview"][0] == ["T1", "C1", "2024-01-05", "10", "x"]

    plan = {"upload_id": about["upload_id"], "kind": "transactions", "source": "crm"}
    preview = post(client, "/imports/preview", plan).json()
    assert preview["mapping"] == {
        "订单号": "source_key",
        "客户编号": "customer",
        "日期": "occurred_at",
        "金额": "amount",
    }
    assert preview["unmapped_columns"] == ["未知列"]
    assert (preview["ok"], preview["bad"], preview["missing_required"]) == (1, 2, [])
    assert preview["rows"][1]["errors"] == [
        {
            "field": "occurred_at",
            "code": "not_a_date",
            "message": "Time is not a date",
            "value": "昨天",
            "candidates": [],
        }
    ]
    assert Import.objects.count() == 0

    started = post(client, "/imports", plan | {"mapping": preview["mapping"] | {"未知列": None}})
    assert started.status_code == 202, started.content
    assert started.json()["state"] == "waiting"
    imports.run_import(started.json()["id"])

    one = client.get(f"{API}/imports/{started.json()['id']}").json()
    assert [one[name] for name in ("state", "read", "created", "bad", "total")] == ["done", 3, 1, 2, 3]
    assert {(r["code"], r["field"], r["count"]) for r in one["reasons"]} == {
        ("not_a_date", "occurred_at", 1),
        ("not_a_number", "amount", 1),
    }
    assert client.get(f"{API}/imports").json()["items"][0]["id"] == one["id"]
    assert client.get(f"{API}/jobs/{one['job_id']}").json()["result"]["created"] == 1

    english = client.get(one["bad_rows_url"])
    assert english["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(english.getvalue().decode("utf-8-sig"))))
    assert rows == [
        ["row", "reason", "订单号", "客户编号", "日期", "金额", "未知列"],
        ["3", "Time is not a date (“昨天”)", "T2", "C1", "昨天", "10", ""],
        ["4", "Amount is not a number (“=1+1”)", "T3", "C1", "2024-01-06", "'=1+1", "'=HYPERLINK()"],
    ]
    chinese = (
        client.get(one["bad_rows_url"], headers={"Accept-Language": "zh-CN"}).getvalue().decode("utf-8-sig")
    )
    assert "时间不是有效日期" in chinese
    chosen = client.get(one["bad_rows_url"], {"language": "zh"}, headers={"Accept-Language": "en"})
    assert chosen.getvalue().decode("utf-8-sig") == chinese
    assert client.get(one["bad_rows_url"], {"language": "fr"}).status_code == 422


def test_a_preview_says_what_is_missing_and_what_is_ambiguous(clients):
    client = clients["administrator"]
    upload = send(client, "a,date\n1,1/5/2024\n").json()["upload_id"]
    preview = post(
        client, "/imports/preview", {"upload_id": upload, "kind": "receipts", "source": "s"}
    ).json()
    assert preview["missing_required"] == ["source_key", "customer", "amount"]
    assert preview["ambiguous_dates"] == ["received_on"]
    assert preview["rows"] == []
    told = {"upload_id": upload, "kind": "receipts", "source": "s", "date_format": "dmy"}
    assert post(client, "/imports/preview", told).json()["ambiguous_dates"] == []
    assert post(client, "/imports", told).json()["details"][0]["code"] == "required"


ENDPOINTS = [
    ("post", "/imports/uploads"),
    ("post", "/imports/preview"),
    ("post", "/imports"),
    ("get", "/imports"),
    ("get", "/imports/{id}"),
    ("get", "/imports/{id}/bad-rows"),
    ("post", "/imports/{id}/resume"),
    ("post", "/imports/{id}/cancel"),
    ("get", "/demo"),
    ("post", "/demo/retail"),
    ("delete", "/demo/retail"),
    ("get", "/jobs/{job}"),
]


@pytest.fixture
def waiting(clients) -> Import:
    """An administrator's import that waits for its worker."""
    upload = send(clients["administrator"]).json()["upload_id"]
    body = {"upload_id": upload, "kind": "transactions", "source": "crm"}
    return Import.objects.get(pk=post(clients["administrator"], "/imports", body).json()["id"])


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_who_may_go_through_which_door(clients, waiting, method, path):
    upload = waiting.upload_id
    body = {"upload_id": upload, "kind": "transactions", "source": "crm"}

    def status(role: str) -> int:
        place = f"{API}{path.format(id=waiting.pk, job=waiting.job_id)}"
        if path == "/imports/uploads":
            return send(clients[role]).status_code
        if method == "post":
            return clients[role].post(place, body, content_type="application/json").status_code
        return getattr(clients[role], method)(place).status_code

    assert status("nobody") == 401
    if path == "/jobs/{job}":
        assert [status(role) for role in ("salesperson", "manager", "reader")] == [404, 404, 200]
        return
    assert status("reader") == 403
    assert status("salesperson") == 403
    if "demo" in path:
        assert status("manager") == 403
    elif (path in ("/imports", "/imports/uploads") and method == "get") or path == "/imports/uploads":
        assert status("manager") < 300
    else:  # a manager has imports, but not this one
        assert status("manager") == (200 if (method, path) == ("get", "/imports") else 404)
    assert status("administrator") in (200, 201, 202, 409)


def test_a_manager_sees_the_own_imports_alone(clients, waiting):
    assert clients["manager"].get(f"{API}/imports").json()["items"] == []
    assert len(clients["administrator"].get(f"{API}/imports").json()["items"]) == 1


def test_a_manager_imports_for_the_own_department_only(clients):
    south = services.create_department(by=BOSS, name="South")
    other, _ = services.create_user(by=BOSS, username="south", role="manager", department_id=south.pk)
    theirs = selectors.viewer_for(other)
    from jinzita.customers.services.loading.customers import Naming, ensure_customers

    ensure_customers(by=theirs, naming=Naming("crm"), values={"C1": "C1"})
    client = clients["manager"]
    upload = send(client, "key,customer,date,amount\nT1,C1,2024-01-01,1\nT2,C2,2024-01-01,1\n").json()[
        "upload_id"
    ]
    made = post(client, "/imports", {"upload_id": upload, "kind": "transactions", "source": "crm"}).json()
    imports.run_import(made["id"])
    one = client.get(f"{API}/imports/{made['id']}").json()
    assert (one["created"], one["bad"]) == (1, 1)
    assert one["reasons"][0]["code"] == "hidden_customer"
    names = [item["name"] for item in client.get(f"{API}/customers").json()["items"]]
    assert names == ["C2"]


def test_an_upload_of_somebody_else_is_not_there(clients):
    upload = send(clients["administrator"]).json()["upload_id"]
    body = {"upload_id": upload, "kind": "transactions", "source": "crm"}
    assert post(clients["manager"], "/imports/preview", body).status_code == 404


def test_a_file_too_large_is_refused_and_not_kept(clients, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    answer = send(clients["administrator"], "a,b\n" + "1,2\n" * 1000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert Upload.objects.count() == 0
    folder = settings.UPLOAD_FOLDER
    assert not folder.exists() or list(folder.iterdir()) == []


def test_the_door_of_files_says_what_a_file_seems_to_hold(clients):
    header = "联系人编号,客户编号,姓名,职务\n"
    assert send(clients["administrator"], header + "1,2,李,经理\n").json()["kind"] == "contacts"
    assert send(clients["administrator"], "a,b\n1,2\n").json()["kind"] is None


def test_a_file_that_is_no_table_is_refused_and_not_kept(clients, settings):
    answer = send(clients["administrator"], b"\xd0\xcf\x11\xe0", name="old.xls")
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable_file")
    assert [(one["where"], one["code"]) for one in answer.json()["details"]] == [("file", "file_old_xls")]
    assert list(settings.UPLOAD_FOLDER.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "nothing"}, "kind"),
        ({"source": ""}, "source"),
        ({"source": "manual"}, "source"),
        ({"source": "demo-x"}, "source"),
        ({"source": "a\nb"}, "source"),
        ({"date_format": "xyz"}, "date_format"),
        ({"mapping": {"zzz": "amount"}}, "mapping.zzz"),
        ({"mapping": {"金额": "zzz"}}, "mapping.金额"),
        ({"unknown_customers": "perhaps"}, "unknown_customers"),
        ({"upload_id": 2**70}, "upload_id"),
        ({"encoding": "klingon"}, None),
        ({"delimiter": "abc"}, None),
        ({"colour": "red"}, "colour"),
        ({"source": "a\0b"}, "source"),
    ],
)
def test_wrong_choices_are_named(clients, change, where):
    upload = send(clients["administrator"]).json()["upload_id"]
    body = {"upload_id": upload, "kind": "transactions", "source": "crm"} | change
    for path in ("/imports/preview", "/imports"):
        answer = post(clients["administrator"], path, body)
        assert answer.status_code == 422, answer.content
        if where:
            assert answer.json()["details"][0]["where"] == where


def test_a_waiting_import_can_be_cancelled_and_taken_up_again(clients, waiting):
    client, place = clients["administrator"], f"/imports/{waiting.pk}"
    assert post(client, f"{place}/resume").status_code == 409
    assert post(client, f"{place}/cancel").json()["state"] == "cancelled"
    assert post(client, f"{place}/cancel").status_code == 409
    assert post(client, f"{place}/resume").json()["state"] == "waiting"
    imports.run_import(waiting.pk)
    assert client.get(f"{API}{place}").json()["state"] == "done"
    assert post(client, f"{place}/resume").status_code == 409


def test_a_part_of_the_demo_is_asked_for_once(clients):
    client = clients["administrator"]
    answer = client.post(f"{API}/demo/retail")
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert client.delete(f"{API}/demo/retail").status_code == 409
    assert client.post(f"{API}/demo/nothing").status_code == 422
    parts = {part["code"]: part for part in client.get(f"{API}/demo").json()["parts"]}
    assert parts["retail"]["job_id"] == answer.json()["id"]
    assert parts["carrier"] | {"licence": ""} == {
        "code": "carrier",
        "installed": False,
        "customers": 0,
        "licence": "",
        "job_id": None,
        "name": {"en": "Broadband carrier", "zh": "宽带运营商企业客户"},
    }
    assert Job.objects.get().kind == "demo retail"


def test_a_file_fills_only_what_its_sender_may_enter(clients):
    label = {"en": "Margin", "zh": "毛利"}
    for code, more in (
        ("margin", {"editable_by": ["administrator"]}),
        ("secret", {"visible_to": ["reader"]}),
    ):
        body = {"code": code, "label": label, "type": "text", **more}
        assert post(clients["administrator"], "/attributes", body).status_code == 201
    client = clients["manager"]
    plan = {"kind": "customers", "source": "crm"}
    plan["upload_id"] = send(client, "key,name,margin,secret\nC1,One,7,8\n").json()["upload_id"]
    seen = post(client, "/imports/preview", plan).json()
    assert seen["unmapped_columns"] == ["margin", "secret"]
    for code in ("margin", "secret"):
        forced = seen["mapping"] | {code: f"attributes.{code}"}
        answer = post(client, "/imports", plan | {"mapping": forced})
        assert answer.status_code == 422
        assert answer.json()["details"][0]["where"] == f"mapping.{code}"
    assert post(client, "/imports", plan).status_code == 202


def test_the_list_asks_few_questions(clients, waiting, django_assert_max_num_queries):
    client = clients["administrator"]
    for _ in range(4):
        upload = send(client).json()["upload_id"]
        post(
            client,
            "/imports",
            {
                "upload_id": upload,
                "kind": "customers",
                "source": "crm",
                "mapping": {"客户编号": "source_key", "订单号": "name"},
            },
        )
    with django_assert_max_num_queries(8):
        assert len(client.get(f"{API}/imports").json()["items"]) == 5
