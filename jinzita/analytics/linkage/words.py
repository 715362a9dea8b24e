"""What each outcome of a comparison is called, in English and Chinese."""

# ruff: noqa: E501 (a table of words)

from jinzita.analytics.linkage.comparisons import COMPARISONS

_SUBJECTS = {
    "name": ("Name", "名称"), "rarity": ("How usual the name is", "名称常见程度"), "trade": ("Line of business", "行业"),
    "place": ("Region", "地区"), "branch": ("Branch", "分支机构"), "form": ("Legal form", "组织形式"),
    "phone": ("Phone", "电话"), "mail": ("E-mail", "邮箱"), "code": ("Credit code", "统一社会信用代码"),
    "address": ("Address", "地址"), "birth": ("Date of birth", "出生日期"),
}  # fmt: skip
_OUTCOMES = {
    "name.whole": ("the whole name is the same", "名称完全相同"),
    "name.registered": ("the same brand, trade and region", "字号、行业和地区都相同"),
    "name.said_registered": ("the brand is said alike, trade and region fit", "字号读音相同，行业和地区相符"),
    "name.house": ("the same national company in the same place", "同一全国性企业，同一地区"),
    "name.unplaced": ("the same brand and trade, neither names a region", "字号和行业相同，均未写地区"),
    "name.person_long": ("the same name", "姓名相同"),
    "name.person_same": ("the same name", "姓名相同"),
    "name.person_two": ("the same name of two characters", "姓名相同（两个字）"),
    "name.person_order": ("the same name in another order", "姓名相同，顺序不同"),
    "name.person_said": ("the name is said alike", "姓名读音相同"),
    "name.person_close": ("almost the same name", "姓名相近"),
    "name.person_differs": ("another name", "姓名不同"),
    "name.spoken": ("the brand alone, as people say it", "只写了字号，字号相同"),
    "name.brand_long": ("the same long brand", "字号相同（四字以上）"),
    "name.brand_three": ("the same brand of three characters", "字号相同（三个字）"),
    "name.brand_two": ("the same brand of two characters", "字号相同（两个字）"),
    "name.brand_one": ("the same brand of one character", "字号相同（一个字）"),
    "name.number_differs": ("the brands differ by their number", "字号只有数字不同"),
    "name.short": ("one is a short form of the other", "一个是另一个的简称"),
    "name.initials_alone_long": ("the initials of this customer alone", "拼音首字母相符，且只有这一家"),
    "name.initials_alone": ("the initials of this customer alone", "拼音首字母相符，且只有这一家"),
    "name.initials_alone_five": ("the five initials of this customer alone", "拼音首字母（五个）相符，且只有这一家"),
    "name.initials_alone_four": ("the four initials of this customer alone", "拼音首字母（四个）相符，且只有这一家"),
    "name.initials_long": ("one is the initials of the other", "一个是另一个的拼音首字母"),
    "name.initials": ("one is the initials of the other", "一个是另一个的拼音首字母"),
    "name.initials_five": ("one is the five initials of the other", "一个是另一个的拼音首字母（五个）"),
    "name.initials_few": ("a few initials agree", "少量首字母相符"),
    "name.said_spoken": ("the brand alone, the other's in pinyin", "只写了字号，与另一个的拼音相同"),
    "name.said_long": ("the brand is the other's in pinyin", "字号与另一个的拼音相同"),
    "name.said_latin": ("the brand is the other's in pinyin", "字号与另一个的拼音相同"),
    "name.said": ("the brand is said alike", "字号读音相同，字不同"),
    "name.spelling": ("the same brand in another spelling", "字号拼写不同，实为同一个"),
    "name.typing_latin": ("the brand differs by a letter", "字号相差一个字母"),
    "name.place_in_name": ("the brand is the same, the district stands before it", "字号相同，前面多写了区县"),
    "name.typing_order": ("the characters of the brand in another order", "字号的字相同，顺序不同"),
    "name.typing_long": ("the brand differs by one character", "字号相差一个字"),
    "name.typing_more": ("the brand has one character more", "字号多一个字"),
    "name.typing_less": ("the brand lacks one character", "字号少一个字"),
    "name.typing_said": ("the brand is almost said alike", "字号读音相近"),
    "name.typing_three": ("the brand differs by one of three characters", "三个字的字号相差一个字"),
    "name.part": ("one brand begins with the other", "一个字号是另一个的开头"),
    "name.almost_said": ("one character agrees, the other is said almost alike", "一个字相同，另一个字读音相近"),
    "name.differs": ("another brand", "字号不同"),
    "rarity.rare": ("hardly anybody else has this brand", "该字号很少见"),
    "rarity.usual": ("many have this brand", "该字号很常见"),
    "trade.missing": ("one names no trade", "其中一个未写行业"),
    "trade.same_long": ("the same trade", "行业相同"),
    "trade.same": ("the same trade", "行业相同"),
    "trade.same_usual": ("the same, a usual trade", "行业相同（常见行业）"),
    "trade.part": ("one trade is part of the other", "一个行业包含另一个"),
    "trade.shared": ("the trades share a word", "行业有相同的词"),
    "trade.language": ("the trades stand in two languages", "行业用两种语言书写"),
    "trade.differs": ("another trade", "行业不同"),
    "place.nation": ("one is the whole country's, one of a region", "一个是全国的，一个是地区的"),
    "place.missing": ("one names no region", "其中一个未写地区"),
    "place.county_same": ("the same district", "区县相同"),
    "place.differs": ("another region", "地区不同"),
    "place.county_differs": ("another district of the city", "同城不同区县"),
    "place.city": ("the same city", "城市相同"),
    "place.province": ("the same province", "省份相同"),
    "place.unclear": ("the regions cannot be told", "地区无法判断"),
    "branch.same": ("the same branch", "同一分支机构"),
    "branch.by_place": ("the branch of that place", "即该地的分支机构"),
    "branch.alike": ("the same branch, written shorter", "同一分支机构，写法较短"),
    "branch.differs": ("another branch, or a branch and its head", "不同的分支机构，或分支与总部"),
    "form.kind": ("one is a person, the other an organisation", "一个是个人，一个是企业"),
    "form.same": ("the same kind of legal form", "组织形式相同"),
    "form.differs": ("another kind of legal form", "组织形式不同"),
    "phone.house": ("the same number, as companies of one house have", "号码相同，同一集团内常见"),
    "phone.same": ("the same number", "号码相同"),
    "phone.local": ("the same number without its area code", "去掉区号后号码相同"),
    "phone.differs": ("other numbers", "号码不同"),
    "mail.house": ("the same address or domain, as companies of one house have", "邮箱或域名相同，同一集团内常见"),
    "mail.same_house": ("the same address, though the names contradict each other", "邮箱相同，但名称互相矛盾"),
    "mail.same": ("the same address", "邮箱相同"),
    "mail.domain": ("the same company domain", "企业邮箱域名相同"),
    "mail.other_domain": ("another company domain", "企业邮箱域名不同"),
    "mail.differs": ("other addresses", "邮箱不同"),
    "code.same": ("the same code", "代码相同"),
    "code.differs": ("two valid codes that differ", "两个有效代码不同"),
    "code.other": ("codes that cannot be compared", "代码无法比较"),
    "address.house": ("the same address, as companies of one house have", "地址相同，同一集团内常见"),
    "address.same": ("the same address", "地址相同"),
    "address.number": ("the same numbers in a similar address", "门牌号相同，地址相近"),
    "address.alike": ("a similar address", "地址相近"),
    "address.differs": ("another address", "地址不同"),
    "birth.same": ("the same day", "日期相同"),
    "birth.differs": ("another day", "日期不同"),
}  # fmt: skip


def subject(comparison: str) -> dict[str, str]:
    """What is compared."""
    en, zh = _SUBJECTS[comparison]
    return {"en": en, "zh": zh}


def outcome(comparison: str, level: str) -> dict[str, str]:
    """What the comparison found."""
    en, zh = _OUTCOMES[f"{comparison}.{level}"]
    return {"en": en, "zh": zh}


def complete() -> list[str]:
    """Levels without words: none."""
    codes = [f"{one.code}.{level.code}" for one in COMPARISONS for level in one.all_levels]
    return [code for code in codes if code not in _OUTCOMES]
