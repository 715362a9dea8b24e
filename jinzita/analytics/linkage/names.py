"""The name of an organisation, cut into region, brand 字号, trade 行业, legal form and branch."""

import re
from dataclasses import dataclass
from functools import lru_cache

from jinzita.analytics.linkage import latin, places, vocabulary
from jinzita.analytics.linkage.places import NOWHERE, Place
from jinzita.analytics.linkage.text import fold, has_han, letters, said
from jinzita.analytics.linkage.trade import cut

_BRACKETS = re.compile(r"[(（【《<\[〔{「『]([^()（）【】《》<>\[\]〔〕{}「」『』]*)[)）】》>\]〕}」』]")
# What somebody noted behind a whole name: 北京华宇科技有限公司-张三.
_NOTE = re.compile(r"(?<=公司)\s*[-–—_/|:,;]\s*([^-–—_/|:,;()]{1,8})$")
_COUNTED = "[一二三四五六七八九十]+"
_BUREAU, _SCHOOL, _ATTACHED = (
    re.compile(f"第({_COUNTED})工程局"),
    re.compile(f"({_COUNTED})中$"),
    re.compile("附([中小])$"),
)
_NATION = re.compile("^(?:中国|中华人民共和国|中华|全国)(?=..)")
_NUMBERED = re.compile("^(?:第?[一二三四五六七八九十百0-9]+(?:号|分)?)?$")
# A house that has branches: what follows one of these and ends with a word for a branch is the branch.
_HOUSES = re.compile(
    "银行|信用社|联社|保险|人寿|证券|移动|电信|联通|联合网络通信|邮政|石油化工|石油天然气|石化|石油|电网|集团"
)


@dataclass(frozen=True)
class Parts:
    """What a name says. Texts are folded: simplified, half width, lower case; "" is what it does not say."""

    plain: str
    nation: bool = False
    place: Place = NOWHERE
    brand: str = ""
    trade: tuple[str, ...] = ()
    form: str = ""
    branch: str = ""
    branch_place: Place = NOWHERE
    latin: bool = False
    brand_said: str = ""
    latin_initials: str = ""

    @property
    def core(self) -> str:
        return self.brand + "".join(self.trade)

    @property
    def is_short(self) -> bool:
        """Written as one speaks: a few characters, no legal form."""
        return not self.latin and not self.form and len(self.plain) <= 6


@lru_cache(2**16)
def parts_of(name: str) -> Parts:
    """Cut a name of an organisation; never fails: what cannot be told apart is the brand."""
    folded = fold(name)
    if not has_han(folded):
        house = latin.house(folded)
        if house is None:
            return _latin(folded)
        folded = house
    text, branch, bracket_place = _without_brackets(_without_note(folded))
    text = letters(text) or letters(folded)
    plain = letters(folded)
    spoken, text = text, _spelt_out(text, bool(branch))
    head, tail = _branch_off(text)
    branch = tail + branch
    nation = _NATION.match(head)
    rest = head[nation.end() :] if nation else head
    core, form = _without_form(rest)
    if form == "institution" and text != spoken:
        plain = text  # the whole of their name is what it is: 北大 is 北京大学
    place, core = places.leading(core)
    place = place.within(bracket_place)
    core, group = _of_group(core, form)
    if not nation and (later := _NATION.match(core)):
        nation, core = later, core[later.end() :]
    if place.is_empty or group:
        inner, core = places.inner(core)
        place = place.within(inner)
    branch_text, branch_place = _branch(branch)
    brand, trade = _brand_and_trade(core or rest, place, nation=bool(nation))
    return Parts(
        plain=plain, nation=bool(nation), place=place, brand=brand, trade=trade, form=form,
        branch=branch_text, branch_place=branch_place, brand_said="".join(said(brand)),
    )  # fmt: skip


def _latin(folded: str) -> Parts:
    found = latin.parts_of(folded)
    return Parts(
        plain=letters(folded), nation=found.nation, place=found.place, brand=found.brand, trade=found.trade,
        form=found.form, latin=True, brand_said=found.brand,
        latin_initials=found.initials,
    )  # fmt: skip


def _without_brackets(text: str) -> tuple[str, str, Place]:
    """The text without its brackets; a branch and a place that stood in them. Notes at the end go."""
    branch, place = "", Place()
    while found := _BRACKETS.search(text):
        inside = letters(found[1])
        before, after = text[: found.start()], text[found.end() :]
        where, left = places.leading(inside, whole=True)
        if not inside or inside in ("中国", "筹", "筹备", "原"):
            text = before + after
        elif not left:
            place, text = place.within(where), before + after
        elif inside.endswith(vocabulary.branch_words()) or (not letters(after) and inside.endswith("店")):
            branch, text = branch + inside, before + after
        elif not letters(before) and _is_whole(letters(after)):
            text = after  # a mark in front: 【重点】北京华宇科技有限公司
        elif letters(after) or inside.endswith(vocabulary.company_forms()):
            text = before + inside + after
        else:
            text = before
    return text, branch, place


def _is_whole(text: str) -> bool:
    """Whether a text is a name by itself: a brand before what is said of it, and a legal form."""
    core, form = _without_form(text)
    return bool(form and cut(places.leading(core)[1])[0])


def _without_note(text: str) -> str:
    found = _NOTE.search(text)
    if found is None:
        return text
    noted = letters(found[1])
    part = noted.endswith((*vocabulary.branch_words(), *vocabulary.forms())) or _NUMBERED.match(noted)
    return text if part or not places.leading(noted, whole=True)[1] else text[: found.start()]


def _spelt_out(text: str, has_branch: bool) -> str:
    """Everybody's short form of a house written out: 北京工行 → 北京工商银行, 石家庄一中 → 石家庄第一中学."""
    text = _ATTACHED.sub(r"附属\1学", _BUREAU.sub(r"\1局", text))
    for ending, full in vocabulary.words()["universities"].items():
        if text.endswith(ending) and not places.leading(text.removesuffix(ending), whole=True)[1]:
            return text.removesuffix(ending) + full
    school = _SCHOOL.search(text)
    if school and school.start() and not places.leading(text[: school.start()], whole=True)[1]:
        return f"{text[: school.start()]}第{school[1]}中学"
    grid = text.removeprefix("国网")
    if grid != text and not places.leading(grid)[0].is_empty:
        return grid
    short = vocabulary.words()["short"]
    if text in short:
        return str(short[text])
    rest = places.leading(text)[1]
    for size in (4, 3, 2):
        head, tail = rest[:size], rest[size:]
        if head in short and (not tail or has_branch or _is_tail(tail)):
            full = short[head]
            return text[: len(text) - len(rest)] + full + tail
    return text


def _is_tail(tail: str) -> bool:
    return (
        tail.endswith(vocabulary.branch_words())
        or tail.startswith("附属")
        or re.match(f"{_COUNTED}局", tail) is not None
        or tail in vocabulary.forms()
        or not places.leading(tail, whole=True)[1]
    )


def _branch_off(text: str) -> tuple[str, str]:
    """The head house and what says which part of it this is."""
    for form in ("有限责任公司", "股份有限公司", "有限公司", "集团公司", "总公司"):
        at = text.find(form)
        if at > 1 and at + len(form) < len(text):
            tail = text[at + len(form) :]
            if not tail.startswith(("集团", "公司")) and tail not in vocabulary.company_forms():
                return text[: at + len(form)], tail
    if not text.endswith(vocabulary.branch_words()):
        return text, ""
    word = next(one for one in vocabulary.branch_words() if text.endswith(one))
    if (
        word in ("经营部", "销售部", "专卖店", "分厂", "工厂", "驻", "项目部", "加油站", "网点")
        or len(text) - len(word) < 2
    ):
        return text, ""
    house = _HOUSES.search(text, 1)
    if house and house.end() < len(text) - len(word) + 1:
        return text[: house.end()], text[house.end() :]
    body = text[: -len(word)]
    at = places.last(body)
    return (body[:at], text[at:]) if at else (body, word)


def _without_form(text: str) -> tuple[str, str]:
    """The text without its legal form, and the class of that form."""
    found = ""
    for _ in range(3):
        form = next(
            (text[-n:] for n in range(min(10, len(text) - 2), 0, -1) if text[-n:] in vocabulary.forms()), ""
        )
        kind = vocabulary.forms().get(form, "")
        # One of several characters must leave a name; a single one belongs to the name of a short text.
        if (
            not form
            or text.endswith("银行")
            or (found and kind != "company")
            or (len(form) == 1 and (len(text) < 5 or text[-2:] in vocabulary.trades()))
        ):
            return text, found
        text, found = text[: -len(form)], found or kind
    return text, found


def _of_group(core: str, form: str) -> tuple[str, bool]:
    """移动通信集团北京 → 移动通信北京: a company of a group, with the place it serves."""
    at = core.find("集团")
    if at < 2 or at + 2 > len(core):
        return core, False
    return core[:at] + core[at + 2 :], True


def _branch(text: str) -> tuple[str, Place]:
    """The branch in one way of writing, and where it is when it says no more than that."""
    if not text:
        return "", Place()
    word = next((one for one in vocabulary.branch_words() if text.endswith(one)), "")
    body = text.removeprefix("驻")
    body = body[: len(body) - len(word)] if word else body
    place, left = places.leading(body, whole=True, bare=True)
    number = "" if not _NUMBERED.match(left) else left.strip("第号分")
    which = number if _NUMBERED.match(left) else left
    kind = "支" if word in ("支行", "支公司", "分理处", "储蓄所") else "店" if word.endswith("店") else "分"
    return f"{place.code}:{which}:{kind}", place if not which else Place()


def _brand_and_trade(core: str, place: Place, *, nation: bool) -> tuple[str, tuple[str, ...]]:
    start, trade = cut(core)
    brand = core[:start]
    words = vocabulary.words()
    same, national = words["same_trade"], words["national"].split()
    if not brand and trade:
        if len(trade) > 1 or trade[0] in national or (place.is_empty and not nation):
            brand, trade = trade[0], trade[1:]
        else:
            brand = "中国" if nation else place.stem
    if brand == "移动通信":
        brand, trade = "移动", ("通信", *trade)
    if brand == "联合网络通信" or (brand == "联合网络" and trade[:1] == ("通信",)):
        brand, trade = "联通", trade
    brand = words["same_brand"].get(brand) or same.get(brand, brand)
    return brand, tuple(dict.fromkeys(same.get(one, one) for one in trade))
