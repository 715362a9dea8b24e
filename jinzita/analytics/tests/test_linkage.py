"""Names cut into parts, pairs weighed, and the floors of quality on data whose truth is known."""

# ruff: noqa: E501 (tables of cases)

from pathlib import Path

import pytest

from jinzita.analytics.linkage import contact, words
from jinzita.analytics.linkage import linking as job
from jinzita.analytics.linkage.linking import Linking, groups, in_batches
from jinzita.analytics.linkage.names import parts_of
from jinzita.analytics.linkage.pairs import score
from jinzita.analytics.linkage.trial import companies, febrl


@pytest.mark.parametrize(
    ("name", "place", "brand", "trade", "form"),
    [
        ("北京华宇科技有限公司", "1100", "华宇", "科技", "company"),
        ("（天津）文俊国际贸易有限责任公司", "1200", "文俊", "国际贸易", "company"),
        ("廣東省深圳市騰訊計算機系統有限公司", "4403", "腾讯", "计算机系统", "company"),
        ("尚品优优天津科技有限公司（）", "1200", "尚品优优", "科技", "company"),
        ("中国移动通信集团北京有限公司", "1100", "移动", "通信", "company"),
        ("Tianjin Wenjun Guoji Maoyi Youxian Gongsi", "1200", "wenjun", "国际贸易", "company"),
        ("Müller GmbH & Co. KG", "", "muller", "", "company"),
    ],
)
def test_parts_of_a_name(name, place, brand, trade, form):
    parts = parts_of(name)
    assert (parts.place.code[:4], parts.brand, "".join(parts.trade), parts.form) == (
        place,
        brand,
        trade,
        form,
    )


SAME = """北京移动|中国移动通信集团北京有限公司
工行|中国工商银行
北京工行|中国工商银行股份有限公司北京分行
工行海淀支行|中国工商银行北京海淀支行
上海电信|中国电信股份有限公司上海分公司
华为技术有限公司|華為技術有限公司
华为技术有限公司|Huawei Technologies Co., Ltd.
天津文俊国际贸易有限公司|Tianjin Wenjun Guoji Maoyi Youxian Gongsi
天津文俊国际贸易有限公司|ＴＪＷＪＧＪＭＹ
北汽|北京汽车集团有限公司
阿里巴巴（中国）网络技术有限公司|阿里巴巴中国网络技术公司
【VIP】北京华宇科技有限公司|北京华宇科技有限公司
北京华宇科技有限公司-张三|北京华宇科技有限公司
北京华宇科技有限公司 / 老客户|北京华宇科技有限公司
中国建筑第三工程局有限公司|中建三局
石家庄一中|石家庄市第一中学
人大附中|中国人民大学附属中学
Haier|海尔
Smith Logistic Limited|Smith Logistics Ltd
China Mobile|中国移动通信集团有限公司
China Telecom Beijing|中国电信股份有限公司北京分公司
Bank of China Ltd.|中国银行股份有限公司
西安交大|西安交通大学
中国石化|中国石油化工股份有限公司
江苏电力|国网江苏省电力有限公司
广东联通|中国联合网络通信有限公司广东省分公司
百度|百度在线网络技术（北京）有限公司
京东|北京京东世纪贸易有限公司
Tencent|腾讯科技（深圳）有限公司
ByteDance Ltd.|北京字节跳动科技有限公司
DJI|深圳市大疆创新科技有限公司
BYD Company Limited|比亚迪股份有限公司
西门子（中国）有限公司|Siemens Ltd., China
Microsoft Corporation|微软（中国）有限公司
The Coca-Cola Company|可口可乐
Procter & Gamble|广州宝洁有限公司
International Business Machines Corp.|IBM Corporation
博世（中国）投资有限公司|Bosch (China) Investment Ltd.
深圳市腾讯计算机系统有限公司|Shenzhen Tencent Computer Systems Co., Ltd.
上海西门子开关有限公司|Shanghai Siemens Switchgear Ltd.
北大|北京大学
人大附中|中国人民大学附属中学
人保财险|中国人民财产保险股份有限公司
中船重工|中国船舶重工集团有限公司
阿里云|阿里云计算有限公司
沃尔玛（中国）投资有限公司|Walmart (China) Investment Co., Ltd.
宁德时代新能源科技股份有限公司|CATL
顺丰速运有限公司|SF Express Co., Ltd.
Tsinghua University|清华大学"""
DIFFERENT = """上海博世贸易有限公司|Bosch (China) Investment Ltd.
上海西门子医疗器械有限公司|Shanghai Siemens Switchgear Ltd.
上海西门子有限公司|Beijing Siemens
福特物流有限公司|Ford Trading Ltd.
中国工商银行北京分行|中国工商银行上海分行
中国移动|北京移动
北京移动|中国移动通信集团上海有限公司
华为技术有限公司|华为技术有限公司北京分公司
天津文俊国际贸易有限公司|天津文俊物流有限公司
天津文俊国际贸易有限公司|上海文俊国际贸易有限公司
中石化|中国石油天然气股份有限公司
海底捞（朝阳大悦城店）|海底捞（王府井店）
北京银行|中国银行股份有限公司北京分行
中建三局集团有限公司|中建八局集团有限公司
中铁十二局集团有限公司|中铁十四局集团有限公司
石家庄一中|石家庄二中
（华宇）科技有限公司|科技有限公司
北京华宇科技有限公司|北京华宇科技有限公司-销售部
Smith Logistics Ltd|Smith Properties Ltd
Bank of China|Bank of America
China Mobile|中国电信集团有限公司
China Telecom Beijing|上海电信
西安交大|上海交通大学
江苏电力|国网江西省电力有限公司
广东联通|中国联合网络通信有限公司广西壮族自治区分公司
广州联通|中国联合网络通信有限公司广东省分公司
京东|京东方科技集团股份有限公司
Siemens AG|松下电器（中国）有限公司
Tsinghua University|北京大学"""


@pytest.mark.parametrize("pair", SAME.splitlines())
def test_worth_a_look_at_least(pair):
    one, other = pair.split("|")
    (found,) = score({"name": one}, [{"id": 1, "name": other}])
    (back,) = score({"name": other}, [{"id": 1, "name": one}])
    assert found.probability >= 0.3
    assert found.bits == back.bits


@pytest.mark.parametrize("pair", DIFFERENT.splitlines())
def test_not_the_same(pair):
    one, other = pair.split("|")
    assert score({"name": one}, [{"id": 1, "name": other}])[0].probability < 0.1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+86 138-0013-8000", "13800138000"), ("0086 13800138000", "13800138000"), ("（010）6234 5678", "01062345678"),
        ("+86 10 62345678", "01062345678"), ("010-62345678转801", "01062345678"), ("+49 30 1234567", "+49301234567"),
        ("+86 755 8988 8888", "075589888888"), ("+86 400 820 8820", "4008208820"),
    ],
)  # fmt: skip
def test_phones_in_any_form(text, number):
    assert contact.phones(text) == [number]


def test_credit_codes_and_mail_domains():
    first = "91110108MA01ABCD1"
    assert contact.is_credit_code(first + contact.check_digit(first))
    assert not contact.is_credit_code("91350211M000100Y44")
    assert contact.domains(contact.mails("a@qq.com, b+x@mail.huayu.com.cn")) == ["huayu.com.cn"]


def test_every_outcome_has_its_words():
    assert words.complete() == []


def test_groups_hang_together():
    assert groups([(1, 2), (2, 3), (7, 9)]) == [[1, 2, 3], [7, 9]]


def test_every_pair_is_scored_once_however_many_at_once(tmp_path, monkeypatch):
    brands = [one + two for one in "华恒盛" for two in "宇远达泰"]
    names = [f"{place}{brand}科技有限公司" for place in ("北京", "上海", "") for brand in brands]
    records = [{"id": n, "name": name, "kind": "organisation"} for n, name in enumerate(names)]

    def found(folder: Path) -> list[tuple[int, int]]:
        linking = Linking(folder)
        linking.load(in_batches(records), expected=len(records))
        assert linking.block() > 50
        linking.score()
        pairs = [(one.left, one.right) for some in linking.pairs() for one in some]
        linking.close()
        return sorted(pairs)

    whole = found(tmp_path / "whole")
    monkeypatch.setattr(job, "SCORED_AT_ONCE", 7)
    assert found(tmp_path / "parts") == whole
    assert len(set(whole)) == len(whole) > 10


def test_spoilt_company_names_are_found(shared_data):
    names = companies.read_names(shared_data / "cn-company-names" / "fuyun-comrec_train_data.txt")
    measured = companies.measure(companies.make(names, seed=5, companies=1200))
    total = measured[-1]
    assert next(one for one in measured if one.way == "initials").recall >= 0.9, measured
    assert total.f1 >= 0.95, measured
    assert total.precision >= 0.95, measured


SHARED = {"phone": "010-65551234", "email": "info@huayu.com.cn", "address": "北京市海淀区中关村大街1号8层"}


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("北京华宇科技有限公司", "北京华宇物业管理有限公司", ("phone",)),
        ("北京华宇科技有限公司", "北京华宇物业管理有限公司", ("phone", "email")),
        ("北京华宇科技有限公司", "北京华宇物业管理有限公司", ("phone", "email", "address")),
        ("北京华宇科技有限公司", "北京华宇物业管理有限公司", ("email", "address")),
        ("北京万科企业有限公司", "上海万科企业有限公司", ("phone", "email")),
        ("中建三局集团有限公司", "中建八局集团有限公司", ("phone", "email", "address")),
        ("Smith Logistics Ltd", "Smith Properties Ltd", ("phone", "email", "address")),
    ],
)
def test_sisters_of_one_house_are_never_taken_for_one(one, other, kept):
    """They share telephone, mail and floor: worth a look at most."""
    shared = {name: SHARED[name] for name in kept}
    (found,) = score({"name": one, **shared}, [{"id": 1, "name": other, **shared}])
    assert found.probability < 0.95
    (same,) = score({"name": one, **shared}, [{"id": 1, "name": one, **shared}])
    assert same.probability > 0.99


def test_a_person_and_the_own_shop_are_worth_a_look():
    shop = {"id": 1, "name": "王小明五金店", "kind": "organisation", "phone": "13900001111"}
    (found,) = score({"name": "王小明", "kind": "person", "phone": "13900001111"}, [shop])
    assert 0.3 <= found.probability < 0.95


def test_initials_that_one_company_alone_could_have_written_so():
    company = {"id": 1, "name": "天津文俊国际贸易有限公司"}
    alike = {"id": 2, "name": "天津万家国际贸易有限公司"}
    assert score({"name": "TJWJGJMY"}, [company])[0].probability > 0.9
    assert all(one.probability < 0.7 for one in score({"name": "TJWJGJMY"}, [company, alike]))


def test_persons_of_febrl_are_linked(shared_data):
    folder = shared_data / "dedup-febrl"
    left, right = febrl.read(folder / "dataset4a.csv"), febrl.read(folder / "dataset4b.csv")
    assert febrl.measure(febrl.ours(left, right), febrl.truth(left, right), "ours").f1 >= 0.999
