"""The people map: who is here, who does what and for whom, and who may change it."""

import struct
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from jinzita.kernel.access import system
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge
from jinzita.people import selectors, services
from jinzita.people.models import HeldDuty, User
from jinzita.people.selectors import cards, duties
from jinzita.people.selectors import photos as pictures
from jinzita.people.services import cards as card_writes
from jinzita.people.services import duties as duty_writes
from jinzita.people.services import photos

BOSS = system("test")
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def person(username: str, **given) -> User:
    return services.create_user(by=BOSS, username=username, **given)[0]


def viewer(one: User):
    return selectors.viewer_for(one)


def client_of(one: User) -> Client:
    client = Client()
    client.force_login(one, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def company(db):
    """A top with its head, sales below it with a head and two people, and finance beside."""
    top = services.create_department(by=BOSS, name="总部")
    sales = services.create_department(by=BOSS, name="销售部", parent_id=top.pk)
    finance = services.create_department(by=BOSS, name="财务部", parent_id=top.pk)
    people = {
        "chief": person("chief", name="陈总", department_id=top.pk),
        "head": person("head", name="何经理", department_id=sales.pk),
        "wang": person("wang", name="王丽", department_id=sales.pk, title="客户经理", phone="139 1234 5678"),
        "zeng": person("zeng", name="曾国强", department_id=sales.pk),
        "clerk": person("clerk", name="Ada Clerk", department_id=finance.pk),
    }
    services.update_department(by=BOSS, department_id=top.pk, changes={"head_id": people["chief"].pk})
    services.update_department(by=BOSS, department_id=sales.pk, changes={"head_id": people["head"].pk})
    return {"top": top, "sales": sales, "finance": finance, **people}


def give(company, who: str, name: str, statement: str = "", aliases=()) -> HeldDuty:
    duty = duty_writes.create_job_duty(by=BOSS, name=name, aliases=aliases)
    return duty_writes.hold(by=BOSS, person_id=company[who].pk, duty_id=duty.pk, statement=statement, now=NOW)


def names(found) -> list[str]:
    return [one.person.username for one in found]


def test_the_map_counts_people_with_those_below(company):
    person("alone")
    tree, without = cards.departments(viewer(company["wang"]))

    assert [(one.department.name, one.members, one.people) for one in tree] == [
        ("总部", 1, 5), ("销售部", 3, 3), ("财务部", 1, 1),
    ]  # fmt: skip
    assert without == 1
    assert tree[1].department.head == company["head"]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("王", {"wang"}), ("wangli", {"wang"}), ("wang li", {"wang"}), ("zgq", {"zeng"}),
        ("zengguo", {"zeng"}), ("ada", {"clerk"}), ("1391234", {"wang"}), ("客户经理", {"wang"}),
        ("财务", {"clerk"}), ("caiwu", {"clerk"}), ("开票", {"clerk"}), ("kaipiao", {"clerk"}),
        ("谁负责开票？", {"clerk"}), ("谁开票", {"clerk"}), ("Who does invoicing?", {"clerk"}),
        ("应收", {"clerk"}), ("日语", {"zeng"}), ("nobody", set()), ("？", set()), ("%", set()),
    ],
)  # fmt: skip
def test_people_are_found_by_name_pinyin_duty_and_question(company, q, expected):
    give(company, "clerk", "开票", "与客户核对应收", aliases=["invoicing"])
    card_writes.update_card(by=BOSS, person_id=company["zeng"].pk, changes={"languages": ["日语"]})

    assert set(names(cards.search(viewer(company["wang"]), q))) == expected


def test_a_search_says_what_it_found_by(company):
    give(company, "clerk", "开票")
    (found,) = client_of(company["wang"]).get("/api/v1/people?q=开票").json()["items"]
    assert (found["found_by"], found["duties"][0]["name"]) == (["duty"], "开票")


def test_people_of_a_department_come_page_by_page(company):
    client = client_of(company["wang"])
    address = f"/api/v1/people?department_id={company['sales'].pk}&limit=2"
    first = client.get(address).json()
    second = client.get(f"{address}&cursor={first['next']}").json()
    usernames = [one["username"] for page in (first, second) for one in page["items"]]
    assert (usernames, second["next"]) == (["head", "wang", "zeng"], None)


def test_everybody_and_those_of_no_department_are_listed(company):
    person("alone")
    client = client_of(company["wang"])
    assert len(client.get("/api/v1/people").json()["items"]) == 6
    (one,) = client.get("/api/v1/people?without_department=true").json()["items"]
    assert one["username"] == "alone"


def test_a_page_takes_few_queries(company, django_assert_max_num_queries):
    for number in range(30):
        one = person(f"p{number}", department_id=company["sales"].pk)
        company["x"] = one
        give(company, "x", f"duty {number}")
    reader = viewer(company["wang"])
    with django_assert_max_num_queries(3):
        cards.people_of(reader, department_id=company["sales"].pk, limit=100, after=None)
    with django_assert_max_num_queries(8):
        cards.search(reader, "duty")
    with django_assert_max_num_queries(4):
        cards.departments(reader)


@pytest.mark.parametrize(
    ("who", "may"),
    [("wang", True), ("head", True), ("chief", True), ("zeng", False), ("clerk", False), ("root", True)],
)
def test_the_person_those_above_and_who_manages_people_keep_a_card(company, who, may):
    company["root"] = person("root", role="administrator")
    client, one = client_of(company[who]), company["wang"]
    duty = duty_writes.create_job_duty(by=BOSS, name="开票")
    held = duty_writes.hold(
        by=BOSS, person_id=one.pk, now=NOW, statement="",
        duty_id=duty_writes.create_job_duty(by=BOSS, name="对账").pk,
    )  # fmt: skip
    path = f"/api/v1/people/{one.pk}"
    given = {"content_type": "application/json"}
    answers = [
        client.patch(f"{path}/card", {"skills": ["谈判", " 谈判 ", ""]}, **given),
        client.put(f"{path}/photo", jpeg(), content_type="image/jpeg"),
        client.post(f"{path}/duties", {"duty_id": duty.pk, "statement": "每月"}, **given),
        client.patch(f"/api/v1/people/held-duties/{held.pk}", {"statement": "x"}, **given),
        client.put(
            f"/api/v1/people/held-duties/{held.pk}/internal-customers",
            {"people": [company["clerk"].pk]},
            **given,
        ),
        client.delete(f"/api/v1/people/held-duties/{held.pk}"),
        client.delete(f"{path}/photo"),
    ]
    expected = [200, 200, 201, 200, 200, 204, 204] if may else [403] * 7
    assert [one.status_code for one in answers] == expected
    assert client.get(path).json()["may_edit"] is may
    if may:
        assert answers[0].json()["skills"] == ["谈判"]


def test_both_directions_of_service_are_seen(company):
    held = give(company, "clerk", "开票")
    duty_writes.set_internal_customers(
        by=BOSS, held_id=held.pk, people=[company["chief"].pk], departments=[company["sales"].pk]
    )
    theirs = client_of(company["wang"]).get(f"/api/v1/people/{company['clerk'].pk}/duties").json()
    (one,) = theirs["holds"]
    assert [(each["person"] or each["department"])["name"] for each in one["internal_customers"]] == [
        "陈总", "销售部",
    ]  # fmt: skip
    for who, expected in (("wang", ["开票"]), ("chief", ["开票"]), ("clerk", [])):
        mine = client_of(company[who]).get(f"/api/v1/people/{company[who].pk}/duties").json()
        assert [each["duty"]["name"] for each in mine["relies_on"]] == expected


def test_internal_customers_are_replaced_as_a_whole(company):
    held = give(company, "clerk", "开票")
    for people in ([company["wang"].pk, company["zeng"].pk], [company["zeng"].pk, company["head"].pk], []):
        one = duty_writes.set_internal_customers(by=BOSS, held_id=held.pk, people=people, departments=[])
        assert {each.person_id for each in one.internal_customers.all()} == set(people)


@pytest.mark.parametrize(
    ("people", "departments", "code"),
    [(["clerk"], [], "own_customer"), ([999_999], [], "unknown_choice"), ([], [999_999], "unknown_choice")],
)
def test_who_cannot_be_an_internal_customer(company, people, departments, code):
    held = give(company, "clerk", "开票")
    ids = [company[one].pk if isinstance(one, str) else one for one in people]
    with pytest.raises(Invalid) as caught:
        duty_writes.set_internal_customers(by=BOSS, held_id=held.pk, people=ids, departments=departments)
    assert caught.value.problems[0].code == code


def test_a_duty_is_held_once_and_only_when_not_archived(company):
    held = give(company, "clerk", "开票")
    again = {"by": BOSS, "duty_id": held.duty_id, "statement": "", "now": NOW}
    with pytest.raises(Invalid):
        duty_writes.hold(person_id=company["clerk"].pk, **again)
    duty_writes.update_job_duty(by=BOSS, duty_id=held.duty_id, changes={"archived": True})
    with pytest.raises(Invalid):
        duty_writes.hold(person_id=company["wang"].pk, **again)


def test_the_catalogue_is_kept_by_who_manages_people(company):
    held = give(company, "clerk", "开票")
    with pytest.raises(Forbidden):
        duty_writes.create_job_duty(by=viewer(company["chief"]), name="x")
    with pytest.raises(Invalid):
        duty_writes.create_job_duty(by=BOSS, name=" 开票 ")
    with pytest.raises(Conflict):
        duty_writes.delete_job_duty(by=BOSS, duty_id=held.duty_id)
    duty_writes.delete_job_duty(by=BOSS, duty_id=duty_writes.create_job_duty(by=BOSS, name="x").pk)
    assert [(one.name, one.people) for one in duties.catalogue(BOSS)] == [("开票", 1)]


def test_who_left_is_off_the_map_and_the_duties_are_handed_over(company):
    held = give(company, "wang", "开票", "每月")
    duty_writes.set_internal_customers(
        by=BOSS, held_id=held.pk, people=[company["zeng"].pk, company["clerk"].pk], departments=[]
    )
    person("root", role="administrator")  # one has to remain
    services.update_user(by=BOSS, user_id=company["wang"].pk, changes={"is_active": False})

    assert names(cards.search(BOSS, "王丽")) == []
    assert duties.relied_on_by(BOSS, company["clerk"]) == []
    assert [one.pk for one in duties.left_behind(viewer(company["head"]))] == [held.pk]
    assert duties.left_behind(viewer(company["clerk"])) == []
    with pytest.raises(Forbidden):
        duty_writes.hand_over(
            by=viewer(company["clerk"]), held_id=held.pk, person_id=company["zeng"].pk, now=NOW
        )

    taken = duty_writes.hand_over(
        by=viewer(company["head"]), held_id=held.pk, person_id=company["zeng"].pk, now=NOW
    )
    assert (taken.person, taken.statement) == (company["zeng"], "每月")
    # Nobody becomes their own internal customer.
    assert [one.person_id for one in taken.internal_customers.all()] == [company["clerk"].pk]
    assert duties.left_behind(BOSS) == []


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 512, height: int = 512, extra: bytes = b"") -> bytes:
    frame = segment(0xC0, b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00")
    return b"\xff\xd8" + segment(0xE0, b"JFIF\x00") + extra + frame + segment(0xDA, b"\x00") + b"data\xff\xd9"


def webp(width: int = 512, height: int = 512) -> bytes:
    chunk = b"VP8 " + struct.pack("<I", 20) + b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", width, height)
    chunk += b"\x00" * 10
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


@pytest.mark.parametrize(("content", "kind"), [(jpeg(), "image/jpeg"), (webp(64, 64), "image/webp")])
def test_a_photo_is_served_to_those_signed_in_as_what_it_is(company, content, kind):
    one = company["wang"]
    client = client_of(one)
    path = f"/api/v1/people/{one.pk}/photo"
    address = client.put(path, content, content_type=kind).json()["photo"]
    answer = client.get(address)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind, "nosniff")
    assert b"".join(answer.streaming_content) == content
    assert Client().get(path).status_code == 401
    assert client.get(f"/api/v1/people/{one.pk}").json()["photo"] == address


def test_what_a_camera_wrote_beside_the_picture_is_not_kept(company):
    content = jpeg(extra=segment(0xE1, b"Exif\x00\x00 GPS 39.9N 116.4E") + segment(0xFE, b"comment"))
    assert photos.checked(content) == ("jpg", jpeg())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_photo"), (b"<svg onload=alert(1)>", "not_a_photo"),
        (b"GIF89a" + b"\x00" * 40, "not_a_photo"), (jpeg()[:20], "not_a_photo"),
        (b"\xff\xd8\xff" + b"<script>", "not_a_photo"), (webp()[:-1], "not_a_photo"),
        (b"\xff\xd8\xff\xc0\x00\x11\x08", "not_a_photo"),
        (jpeg(512, 400), "not_square"), (webp(512, 511), "not_square"), (jpeg(2048, 2048), "too_many_pixels"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused(company, content, code):
    one = company["wang"]
    with pytest.raises(Invalid) as caught:
        photos.set_photo(by=viewer(one), person_id=one.pk, content=content)
    assert caught.value.problems[0].code == code


def test_a_photo_too_large_is_refused(company):
    with pytest.raises(TooLarge):
        photos.set_photo(
            by=BOSS, person_id=company["wang"].pk, content=jpeg(extra=segment(0xE2, b"x" * 60_000) * 20)
        )


def test_a_replaced_photo_leaves_no_file(company, django_capture_on_commit_callbacks):
    one = company["wang"]
    with django_capture_on_commit_callbacks(execute=True):
        photos.set_photo(by=BOSS, person_id=one.pk, content=jpeg())
        photos.set_photo(by=BOSS, person_id=one.pk, content=jpeg(256, 256))
    assert len(list(settings.PHOTO_FOLDER.iterdir())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        photos.remove_photo(by=BOSS, person_id=one.pk)
    assert list(settings.PHOTO_FOLDER.iterdir()) == []
    with pytest.raises(NotFound):
        pictures.photo_of(BOSS, one.pk)


def test_files_that_no_card_names_go_when_they_are_old(company):
    photos.set_photo(by=BOSS, person_id=company["wang"].pk, content=jpeg())
    stray = settings.PHOTO_FOLDER / "stray.jpg"
    stray.write_bytes(jpeg(64, 64))
    photos.forget(now=datetime.now(UTC))
    assert stray.exists()
    photos.forget(now=datetime.now(UTC) + timedelta(hours=2))
    assert not stray.exists()
    assert len(list(settings.PHOTO_FOLDER.iterdir())) == 1
