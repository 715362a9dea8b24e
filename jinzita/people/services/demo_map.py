"""What a demo part's people do, for whom, and how they were rated in the last quarters."""

import random
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from jinzita.kernel.access import Permission, Viewer
from jinzita.people.models import (
    Department,
    HeldDuty,
    InternalCustomer,
    JobDuty,
    PersonCard,
    Rating,
    RatingRound,
    User,
)
from jinzita.people.selectors import ratings
from jinzita.people.services.ratings import quarter_before

SEED = 20_260_102
QUARTERS = 4
# Role: title, then (duty, how people say it, other words for it).
_WORK: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {
    "salesperson": [
        ("客户拓展", "走访辖区企业，识别需求，跟进到签约", ("开发客户", "new customers", "sales")),
        ("合同签订", "起草合同，协调评审，完成签署与归档", ("签合同", "contracts")),
        ("开票与对账", "按账期开具发票，与客户核对应收", ("开发票", "对账", "invoicing", "billing")),
        ("专线开通", "提交工单，协调勘察与施工，确认开通", ("开通", "装机", "line provisioning")),
        ("故障协调", "受理客户报障，协调运维，回告结果", ("报障", "fault handling")),
        ("投诉处理", "两小时内响应，查明原因，给出方案", ("客诉", "complaints")),
        ("标书制作", "解读招标文件，编写技术与商务标书", ("投标", "tenders")),
    ],
    "manager": [
        ("价格审批", "审核超权限折扣，一个工作日内答复", ("折扣审批", "pricing approval")),
        ("重点客户维护", "定期拜访重点客户决策人", ("大客户", "key accounts")),
        ("团队培训", "组织产品与话术培训，带教新人", ("培训", "training")),
        ("经营分析", "每月分析收入、流失与欠费，提出措施", ("报表", "reports", "analysis")),
    ],
}
_TITLES = {"salesperson": ("客户经理", "高级客户经理"), "manager": ("大区总监", "事业部总经理")}
_LANGUAGES = ("英语", "日语", "粤语", "韩语", "俄语")
_SKILLS = ("招投标", "云计算", "5G 专网", "谈判", "数据分析", "政企方案", "信息安全", "项目管理")
_PRAISE = (
    "响应及时，沟通顺畅。",
    "资料齐全，很少需要返工。",
    "遇到问题会主动协调，值得信赖。",
    "专业，说明清楚。",
)
_BLAME = ("月底高峰期回复偏慢。", "希望提前告知进度变化。", "文件格式不统一，需要多次修改。")


@transaction.atomic
def add_demo_map(*, by: Viewer, demo: str, today: date) -> None:
    """Duties, internal customers and past ratings of a demo part's people; done once."""
    by.require(Permission.MANAGE_PEOPLE)
    people = list(User.objects.filter(demo=demo).select_related("department").order_by("username"))
    if not people or HeldDuty.objects.filter(person__demo=demo).exists():
        return
    chance = random.Random(SEED)
    _cards(people, chance)
    _heads(people)
    _duties(people, demo, chance, datetime.combine(today - timedelta(days=400), time(9), UTC))
    _ratings(demo, chance, today)


@transaction.atomic
def remove_demo_map(*, by: Viewer, demo: str) -> None:
    """What the people of a demo part leave in the company's catalogue and among its rounds."""
    by.require(Permission.MANAGE_PEOPLE)
    used = HeldDuty.objects.exclude(person__demo=demo).values("duty_id")
    HeldDuty.objects.filter(person__demo=demo).delete()
    JobDuty.objects.filter(demo=demo).exclude(pk__in=used).delete()
    RatingRound.objects.filter(demo=demo).exclude(pk__in=Rating.objects.values("round_id")).delete()


def _cards(people: list[User], chance: random.Random) -> None:
    for place, one in enumerate(people):
        first, second = _TITLES.get(one.role.code, ("", ""))
        at_the_top = one.role_id == "manager" and one.department and one.department.parent_id is None
        senior = one.role_id == "salesperson" and chance.random() < 0.3
        one.title = second if at_the_top or senior else first
        one.phone = f"1390000{1000 + place:04d}"
    User.objects.bulk_update(people, ["title", "phone"])
    PersonCard.objects.bulk_create(
        (
            PersonCard(
                person=one, languages=["普通话", *chance.sample(_LANGUAGES, chance.choice((0, 1, 1, 2)))],
                skills=chance.sample(_SKILLS, chance.choice((1, 2, 3))),
            )
            for one in people
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _heads(people: list[User]) -> None:
    """Whoever manages in a department without a head is its head."""
    for one in people:
        if one.role_id == "manager" and one.department_id:
            Department.objects.filter(pk=one.department_id, head=None).update(head=one)


def _places(people: list[User]) -> set[int]:
    return {one.department_id for one in people if one.department_id}


def _duties(people: list[User], demo: str, chance: random.Random, since: datetime) -> None:
    catalogue: dict[str, JobDuty] = {}
    for work in _WORK.values():
        for name, _, aliases in work:
            catalogue[name] = JobDuty.objects.filter(name=name).first() or JobDuty.objects.create(
                name=name, aliases=list(aliases), demo=demo
            )
    held = [
        HeldDuty(person=one, duty=catalogue[name], statement=said, started_at=since)
        for one in people
        for name, said, _ in chance.sample(
            _WORK.get(one.role.code, []), min(3, len(_WORK.get(one.role.code, [])))
        )
    ]
    HeldDuty.objects.bulk_create(held)
    departments = list(Department.objects.filter(pk__in=_places(people)).order_by("pk"))
    relying = []
    for each in held:
        others = [one for one in people if one.pk != each.person_id]
        served = chance.sample(others, min(len(others), chance.choice((2, 4, 5, 6))))
        relying += [InternalCustomer(held=each, person=one) for one in served]
        elsewhere = [one for one in departments if one.pk != each.person.department_id]
        if elsewhere and chance.random() < 0.4:
            relying.append(InternalCustomer(held=each, department=chance.choice(elsewhere)))
    InternalCustomer.objects.bulk_create(relying)


def _ratings(demo: str, chance: random.Random, today: date) -> None:
    """Closed rounds of the quarters before the one that may still be asked about."""
    holder_of = dict(HeldDuty.objects.filter(person__demo=demo).values_list("pk", "person_id"))
    pairs = sorted(pair for pair in ratings.who_rates() if pair[0] in holder_of)
    level = {holder: chance.uniform(3.0, 4.8) for holder in sorted(set(holder_of.values()))}
    begun = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    for _ in range(QUARTERS):
        begun = (begun - timedelta(days=1)).replace(day=1)
        begun = begun.replace(month=(begun.month - 1) // 3 * 3 + 1)
        year, quarter = quarter_before(begun)
        closes_on = begun + timedelta(days=13)
        closed_at = datetime.combine(closes_on + timedelta(days=1), time(), UTC)
        one, _made = RatingRound.objects.get_or_create(
            year=year, quarter=quarter,
            defaults={"opens_on": begun, "closes_on": closes_on, "closed_at": closed_at, "demo": demo},
        )  # fmt: skip
        made = []
        for held, rater in pairs:
            rating = Rating(round=one, held_id=held, rater_id=rater)
            if chance.random() < 0.85:
                rating.mark = max(1, min(5, round(chance.gauss(level[holder_of[held]], 0.7))))
                rating.rated_at = closed_at - timedelta(days=chance.randint(1, 10))
                if chance.random() < 0.35:
                    rating.comment = chance.choice(_PRAISE if rating.mark >= 4 else _BLAME)
            made.append(rating)
        Rating.objects.bulk_create(made, ignore_conflicts=True)
        level = {pk: min(4.9, value + chance.uniform(-0.35, 0.25)) for pk, value in level.items()}
