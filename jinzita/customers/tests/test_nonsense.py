"""What is typed to get past a field is told from what means something."""

import re
from pathlib import Path

import pytest
from django.db import connection

from jinzita.analytics.linkage.trial import companies
from jinzita.customers.selectors import nonsense

PATTERNS = {
    "name": nonsense.NAME,
    "phone": nonsense.PHONE,
    "email": nonsense.EMAIL,
    "text": nonsense.nonsense_pattern(["无", "n/a"]),
}
EMPTY = {
    "name": [
        "测试",
        "测试客户1",
        "测试公司",
        "test company",
        "123",
        "...",
        "客户1",
        "某某公司",
        "xxx有限公司",
        "qwerty",
        "demo",
        "新客户",
    ],
    "phone": [
        "13800138000",
        "11111111",
        "12345678",
        "1234567",
        "13812345678",
        "13888888888",
        "1212121212",
        "987654321",
        "00000000",
        "13800000000",
    ],
    "email": [
        "a@a.com",
        "test@test.com",
        "123@123.com",
        "abc@abc.cn",
        "xxx@xxx.com",
        "someone@example.com",
        "none@qq.com",
        "1@1.cn",
    ],
    "text": ["无", "n/a", "test", "asdf", "测试", "11", "-"],
}
MEANT = {
    "name": [
        "北京移动",
        "测试技术有限公司",
        "上海客户关系咨询有限公司",
        "360科技",
        "张三",
        "abcam",
        "demonstration centre",
        "3m中国",
        "公司治理研究院",
        "first bank",
        "a",
    ],
    "phone": [
        "13800138001",
        "02188888888",
        "01012345679",
        "95588",
        "4008123123",
        "13912345670",
        "85212345670",
    ],
    "email": [
        "info@lenovo.com",
        "lenovo@lenovo.com",
        "a@qq.com",
        "zhang@abc.com.cn",
        "test.manager@boe.com",
        "12345678@qq.com",
        "xu@y.io.cn",
    ],
    "text": ["无锡", "abcam", "testo", "新华", "10086"],
}


@pytest.mark.parametrize("kind", EMPTY)
def test_python_tells_them_apart(kind: str):
    assert [one for one in EMPTY[kind] if not re.search(PATTERNS[kind], one)] == []
    assert [one for one in MEANT[kind] if re.search(PATTERNS[kind], one)] == []


def test_postgresql_reads_the_patterns_alike(db: None):
    with connection.cursor() as cursor:
        for kind, pattern in PATTERNS.items():
            cursor.execute(
                "SELECT array_agg(one) FILTER (WHERE one ~ %s) FROM unnest(%s::text[]) one",
                [pattern, EMPTY[kind] + MEANT[kind]],
            )
            assert cursor.fetchone()[0] == EMPTY[kind]


def test_names_of_real_companies_are_none_of_them(shared_data: Path):
    names = companies.read_names(shared_data / "cn-company-names" / "fuyun-comrec_train_data.txt")
    taken = [
        one
        for one in names
        if re.search(nonsense.NAME, one.casefold()) or re.search(PATTERNS["text"], one.casefold())
    ]
    assert len(names) > 9_000
    assert len(taken) / len(names) < 0.0002, taken
