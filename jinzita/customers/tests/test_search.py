"""Finding customers by a few letters."""

import pytest

from jinzita.customers.fields.search_text import key_of, ways_of
from jinzita.customers.selectors import words as selection
from jinzita.customers.tests.world import get, made
from jinzita.kernel.pinyin import readings


@pytest.fixture
def known(company):
    made("北京华宇科技有限公司", phone="010-8888 1234", score=50.0, grade="ordinary")
    made("华宇", score=1.0, grade="small")
    made("华宇银行重庆分行", score=80.0, grade="important")
    made("曾乐", kind="person", phone="+86 138 0013 8000")
    made("Acme Trading (China) Co., Ltd.", score=90.0, grade="vip")
    made("100% Cotton_Shop", score=10.0, grade="small")
    return company.administrator


FOUND = [
    ("华宇", ["华宇", "华宇银行重庆分行", "北京华宇科技有限公司"]),
    ("华", ["华宇银行重庆分行", "华宇", "北京华宇科技有限公司"]),
    ("科技 北京", ["北京华宇科技有限公司"]),
    ("bjhy", ["北京华宇科技有限公司"]),
    ("hy", ["华宇银行重庆分行", "华宇"]),
    ("beijing", ["北京华宇科技有限公司"]),
    ("HUA YU ke ji", ["北京华宇科技有限公司"]),
    ("yinhangchongqing", ["华宇银行重庆分行"]),
    ("zengle", ["曾乐"]),
    ("zl", ["曾乐"]),
    ("8881234", ["北京华宇科技有限公司"]),
    ("138-0013", ["曾乐"]),
    ("+86 138 0013 8000", ["曾乐"]),
    ("１３８００", ["曾乐"]),
    ("ＡＣＭＥ", ["Acme Trading (China) Co., Ltd."]),
    ("acme tra", ["Acme Trading (China) Co., Ltd."]),
    ("ac", ["Acme Trading (China) Co., Ltd."]),
    ("china", ["Acme Trading (China) Co., Ltd."]),
    ("acme（china", []),
    ("（china）", ["Acme Trading (China) Co., Ltd."]),
    ("100%", ["100% Cotton_Shop"]),
    ("n_s", ["100% Cotton_Shop"]),
    ("%", []),
    ("%%%", []),
    ("_", []),
    ("\\", []),
    ("'; drop table customers_customer; --", []),
    ("nobody at all", []),
    ("   ", []),
    ("\n", []),
    ("😀", []),
]


def test_search_and_list_find_the_same(known):
    for q, expected in FOUND:
        found = [one["name"] for one in get(known, "/search", q=q).json()]
        assert found == expected, q
        if q.strip():
            listed = [one["name"] for one in get(known, "/customers", q=q).json()["items"]]
            assert sorted(listed) == sorted(expected), q
            assert get(known, "/customers/count", q=q).json()["count"] == len(expected), q


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_frequent_words_find_the_same_down_the_scores(known, monkeypatch, share):
    # Of a share of 1 all is frequent; of one half a bounded look decides, here at its smallest bound.
    monkeypatch.setattr(selection, "frequency", lambda gram: share)
    monkeypatch.setattr(selection, "MOST_INDEXED", 1)
    test_search_and_list_find_the_same(known)


def test_what_matched_is_said(known):
    assert get(known, "/search", q="bjhy").json()[0]["matched"] == "initials"
    assert get(known, "/search", q="beijing").json()[0]["matched"] == "pinyin"
    assert get(known, "/search", q="8888").json()[0]["matched"] == "phone"
    assert get(known, "/search", q="cotton").json()[0]["matched"] == "name"


@pytest.mark.parametrize("q", ["x" * 101, "a\x00b"])
def test_what_cannot_be_searched_for_is_refused(known, q):
    assert get(known, "/search", q=q).status_code == 422


def test_at_most_twenty_are_found_the_best_first(company):
    for number in range(30):
        made(f"Twin {number:02}", score=float(number), grade="small")
    found = get(company.administrator, "/search", q="twin").json()
    assert len(found) == 20
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)


def test_characters_are_read_as_in_their_word():
    assert readings("重庆银行") == ["chong", "qing", "yin", "hang"]
    assert readings("重工") == ["zhong", "gong"]
    assert readings("单田芳", person=True)[0] == "shan"
    assert readings("单位", person=False)[0] == "dan"


@pytest.mark.parametrize(
    "name", ["北京华宇科技有限公司", "Acme Trading Co.", "ＡＢＣ公司", "曾乐", "a", "A 1", "㐀㐁", "𠀀字"]
)
def test_every_part_of_a_name_leads_to_it(name):
    key = key_of(name, "010-8888", person=False)
    line = key.text.split("\n")[1]
    for start in range(len(line)):
        for end in range(start + 1, len(line) + 1):
            part = line[start:end]
            if len(part.strip()) < 3 and part.isascii():
                continue  # so short, only beginnings are found
            for way in ways_of(part)[:1]:
                for term in way:
                    short = not any(needle == term.text for needle in term.needles)
                    assert short or (set(term.grams) <= key.grams and term.needles[0] in key.text)


def test_a_customer_is_found_by_its_key(known):
    made("Ferry Lines Ltd", source="erp", source_key="C02066", score=1.0, grade="small")
    made("Also called", source="crm", source_key="C02066")
    made("C02066 in its name", score=99.0, grade="vip")
    for q in ("C02066", "c02066 "):
        found = get(known, "/search", q=q).json()
        assert [(one["name"], one["matched"]) for one in found] == [
            ("Ferry Lines Ltd", "id"),
            ("Also called", "id"),
            ("C02066 in its name", "name"),
        ]
        listed = get(known, "/customers", q=q, sort="name").json()["items"]
        assert [one["name"] for one in listed] == ["Also called", "C02066 in its name", "Ferry Lines Ltd"]


def test_the_key_of_somebody_elses_customer_finds_nothing(company):
    made("Hidden Ltd", source="erp", source_key="K-9", owner_id=company.users["other_seller"].pk)
    assert get(company.seller, "/search", q="K-9").json() == []
    assert get(company.seller, "/customers", q="K-9").json()["items"] == []
