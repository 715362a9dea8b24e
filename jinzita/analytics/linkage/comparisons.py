"""What is compared of two records, and how strongly each outcome speaks, in bits.

One bit for means twice as likely one customer as two, one against half as likely. The bits of all comparisons
and PRIOR are added; the probability follows. Conditions are SQL over the columns of `records`, `_l` and `_r`;
the first that holds counts. The same conditions serve splink, for all pairs, and `pairs`, for a few.
"""

# ruff: noqa: E501 (conditions of one line each read like a table)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Of two customers that have something in common, so many bits speak against their being one.
PRIOR = -15.0
WEAK = "['科技', '商贸', '贸易', '实业', '发展', '技术', '国际贸易', '电子']"


@dataclass(frozen=True)
class Level:
    """One outcome: its code (the browser knows its words), when it holds, what it says."""

    code: str
    sql: str
    bits: float


@dataclass(frozen=True)
class Comparison:
    """Levels from the strongest on; `nothing` holds when there is nothing to compare."""

    code: str
    nothing: str
    levels: Sequence[Level]
    otherwise: Level

    @property
    def all_levels(self) -> Sequence[Level]:
        return (*self.levels, self.otherwise)


def _pair(column: str) -> str:
    return f"{column}_l = {column}_r"


def _either(condition: str) -> str:
    """The condition with l and r in either role."""
    other = condition.replace("_l", "_*").replace("_r", "_l").replace("_*", "_r")
    return f"(({condition}) OR ({other}))"


_SAME_TRADE = "coalesce(array_to_string(trade_l, ''), '') = coalesce(array_to_string(trade_r, ''), '')"
_SHARED = "len(list_intersect(trade_l, trade_r))"
_TRADE_JOINED = "array_to_string(trade_{}, '')"
_SAME_PLACE = (
    "coalesce(city_l, province_l, '') = coalesce(city_r, province_r, '')"
    " AND (county_l IS NULL OR county_r IS NULL OR county_l = county_r)"
)
_PLACED = "coalesce(city_l, province_l) IS NOT NULL"
_COMPANIES = "NOT (person_l AND person_r)"
_SHORTER = "least(length(brand_l), length(brand_r))"
_HAN = "NOT latin_l AND NOT latin_r"
_SAID = "least(length(said_l), length(said_r))"
_ACRONYM = _either("list_contains(initials_l, acronym_r)")
_ACRONYM_LENGTH = "greatest(coalesce(length(acronym_l), 0), coalesce(length(acronym_r), 0))"

# What stands in two names contradicts itself: another trade, place or number.
_NUMBERS_DIFFER = "uncounted_l = uncounted_r AND figures_l <> figures_r"
# Sisters of one house share telephone, domain and floor: of these one says as much as all.
_SISTERS = (
    "coalesce((latin_l = latin_r AND NOT list_has_any(trade_l, trade_r))"
    f" OR province_l <> province_r OR city_l <> city_r OR county_l <> county_r OR ({_NUMBERS_DIFFER}), false)"
    f" AND {_COMPANIES}"
)
_ONE_PHONE = "coalesce(list_has_any(phones_l, phones_r), false)"
_ONE_DOMAIN = "coalesce(list_has_any(domains_l, domains_r), false)"

# Initials that one customer alone could have written so; None when nobody counted.
_ALONE = "coalesce(carriers_l, carriers_r) = 1"

NAME = Comparison(
    "name",
    "brand_l IS NULL OR brand_r IS NULL",
    (
        Level("whole", f"{_COMPANIES} AND plain_l = plain_r AND (length(plain_l) >= 5 OR form_l = 'institution')", 24),
        Level("registered", f"{_COMPANIES} AND brand_l = brand_r AND length(brand_l) >= 2 AND trade_l IS NOT NULL"
              f" AND {_SAME_TRADE} AND {_PLACED} AND {_SAME_PLACE}", 16),
        Level("said_registered", f"said_l = said_r AND latin_l <> latin_r AND {_SAID} >= 5 AND {_SHARED} > 0 AND {_SAME_PLACE}", 15),
        Level("house", f"{_COMPANIES} AND brand_l = brand_r AND (nation_l OR nation_r) AND (short_l OR short_r)"
              f" AND {_SAME_PLACE}", 18),
        Level("unplaced", f"{_COMPANIES} AND brand_l = brand_r AND length(brand_l) >= 2 AND {_SAME_TRADE}"
              " AND trade_l IS NOT NULL AND province_l IS NULL AND province_r IS NULL AND county_l IS NULL"
              " AND county_r IS NULL", 14),
        Level("person_long", "person_l AND person_r AND plain_l = plain_r AND length(plain_l) >= 4", 11),
        Level("person_same", "person_l AND person_r AND plain_l = plain_r AND length(plain_l) = 3", 9),
        Level("person_two", "person_l AND person_r AND plain_l = plain_r", 6.5),
        Level("person_order", "person_l AND person_r AND sorted_l = sorted_r AND length(sorted_l) >= 10", 9),
        Level("person_said", "person_l AND person_r AND sorted_l = sorted_r", 5),
        Level("person_close", "person_l AND person_r AND length(said_l) >= 6"
              " AND jaro_winkler_similarity(sorted_l, sorted_r) >= 0.93", 3),
        Level("person_differs", "person_l AND person_r", -12),
        Level("spoken", _either("brand_l = brand_r AND length(brand_l) >= 2 AND short_l AND trade_l IS NULL"
              " AND coalesce(province_l, county_l) IS NULL"), 15.5),
        Level("brand_long", "brand_l = brand_r AND length(brand_l) >= 4", 17),
        Level("brand_three", "brand_l = brand_r AND length(brand_l) = 3", 14.5),
        Level("brand_two", "brand_l = brand_r AND length(brand_l) = 2", 11.5),
        Level("brand_one", "brand_l = brand_r", 5),
        Level("number_differs", _NUMBERS_DIFFER, -14),
        Level("short", _either("short_r AND list_contains(shorts_l, plain_r)"), 14),
        Level("initials_alone_long", f"{_ACRONYM} AND {_ACRONYM_LENGTH} >= 7 AND {_ALONE}", 18.5),
        Level("initials_alone", f"{_ACRONYM} AND {_ACRONYM_LENGTH} >= 6 AND {_ALONE}", 17.8),
        Level("initials_long", f"{_ACRONYM} AND {_ACRONYM_LENGTH} >= 7", 15.5),
        Level("initials", f"{_ACRONYM} AND {_ACRONYM_LENGTH} >= 6", 15.2),
        Level("initials_alone_five", f"{_ACRONYM} AND {_ACRONYM_LENGTH} >= 5 AND {_ALONE}", 14.3),
        Level("initials_five", f"{_ACRONYM} AND {_ACRONYM_LENGTH} >= 5", 13.5),
        Level("initials_alone_four", f"{_ACRONYM} AND {_ACRONYM_LENGTH} >= 4 AND {_ALONE}", 14),
        Level("initials_few", f"{_ACRONYM}", 5),
        Level("said_spoken", f"said_l = said_r AND latin_l <> latin_r AND {_SAID} >= 5 AND trade_l IS NULL AND trade_r IS NULL"
              " AND coalesce(province_l, county_l, province_r, county_r) IS NULL", 14),
        Level("said_long", f"said_l = said_r AND {_SAID} >= 8 AND latin_l <> latin_r", 13.5),
        Level("said_latin", f"said_l = said_r AND {_SAID} >= 4 AND latin_l <> latin_r", 11),
        Level("said", f"said_l = said_r AND {_SAID} >= 5", 9),
        Level("spelling", f"bones_l = bones_r AND (latin_l OR latin_r) AND {_SAID} >= 5", 14),
        Level("typing_latin", "latin_l AND latin_r AND " + _SAID + " >= 6"
              " AND (jaro_winkler_similarity(said_l, said_r) >= 0.94 OR damerau_levenshtein(said_l, said_r) <= 1)", 11),
        Level("place_in_name", _either("brand_l = concat(county_r, brand_r)"), 15),
        Level("typing_order", f"{_HAN} AND {_SHORTER} >= 3 AND sorted_l = sorted_r", 11),
        Level("typing_long", f"{_HAN} AND {_SHORTER} >= 4 AND list_has_any(near_l, near_r)", 11),
        Level("typing_more", f"{_HAN} AND {_SHORTER} = 3 AND length(brand_l) <> length(brand_r)"
              " AND list_has_any(near_l, near_r)", 10),
        Level("typing_less", f"{_HAN} AND {_SHORTER} = 2 AND length(brand_l) <> length(brand_r)"
              " AND list_has_any(near_l, near_r)", 6.5),
        Level("typing_said", f"latin_l <> latin_r AND {_SAID} >= 8 AND damerau_levenshtein(said_l, said_r) <= 1", 7),
        Level("typing_three", f"{_HAN} AND {_SHORTER} = 3 AND list_has_any(near_l, near_r)", 4),
        Level("part", f"{_SHORTER} >= 2 AND (starts_with(brand_l, brand_r) OR starts_with(brand_r, brand_l))", 2),
        Level("almost_said", f"{_SHORTER} = 2 AND damerau_levenshtein(said_l, said_r) <= 1"
              " AND (brand_l[1] = brand_r[1] OR brand_l[2] = brand_r[2])", 0),
    ),
    Level("differs", "", -16),
)  # fmt: skip

TRADE = Comparison(
    "trade",
    f"(trade_l IS NULL AND trade_r IS NULL) OR (person_l AND person_r) OR {_ACRONYM}",
    (
        Level("missing", "trade_l IS NULL OR trade_r IS NULL", -1),
        Level("same_long", f"{_SAME_TRADE} AND length(array_to_string(trade_l, '')) >= 4", 6),
        Level("same", f"{_SAME_TRADE} AND NOT list_contains({WEAK}, array_to_string(trade_l, ''))", 5),
        Level("same_usual", _SAME_TRADE, 4),
        Level("part", f"{_SHARED} >= least(len(trade_l), len(trade_r))"
              f" OR contains({_TRADE_JOINED.format('l')}, {_TRADE_JOINED.format('r')})"
              f" OR contains({_TRADE_JOINED.format('r')}, {_TRADE_JOINED.format('l')})", 1.5),
        Level("shared", f"{_SHARED} > 0 AND NOT list_has_all({WEAK}, list_intersect(trade_l, trade_r))", 0),
        Level("language", "latin_l <> latin_r", -1),
    ),
    Level("differs", "", -10),
)  # fmt: skip

_HAS_PLACE = "coalesce(province_{0}, county_{0}) IS NOT NULL"
PLACE = Comparison(
    "place",
    "(person_l AND person_r) OR (coalesce(province_l, county_l) IS NULL AND coalesce(province_r, county_r) IS NULL)"
    f" OR {_ACRONYM}",
    (
        Level("nation", _either("nation_l AND coalesce(province_l, county_l, branch_l) IS NULL"
              " AND province_r IS NOT NULL"), -8),
        Level("missing", "coalesce(province_l, county_l) IS NULL OR coalesce(province_r, county_r) IS NULL", -0.5),
        Level("county_same", "county_l = county_r AND (city_l = city_r OR city_l IS NULL OR city_r IS NULL)", 4),
        Level("differs", "province_l <> province_r OR city_l <> city_r", -14),
        Level("county_differs", "county_l <> county_r", -4),
        Level("city", "city_l = city_r", 3.5),
        Level("province", "province_l = province_r", 2),
    ),
    Level("unclear", "", -0.5),
)  # fmt: skip

_BRANCH_PLACE = (
    "branch_l IS NULL AND branch_place_r IS NOT NULL AND (short_l OR nation_l)"
    " AND coalesce(city_l, province_l) = left(branch_place_r, length(coalesce(city_l, province_l)))"
    " AND (length(branch_place_r) <= 4 OR ends_with(branch_place_r, county_l))"
)
BRANCH = Comparison(
    "branch",
    "branch_l IS NULL AND branch_r IS NULL",
    (
        Level("same", _pair("branch"), 4),
        Level("by_place", _either(_BRANCH_PLACE), 8),
        Level("alike", _either("length(branch_r) >= 4 AND ends_with(branch_l, branch_r)"), 2),
    ),
    Level("differs", "", -22),
)

FORM = Comparison(
    "form",
    "person_l = person_r AND (form_l IS NULL OR form_r IS NULL)",
    (Level("kind", "person_l <> person_r", -9), Level("same", _pair("form"), 0.5)),
    Level("differs", "", -5),
)

PHONE = Comparison(
    "phone",
    "phones_l IS NULL OR phones_r IS NULL",
    (
        Level("house", f"list_has_any(phones_l, phones_r) AND {_SISTERS}", 11),
        Level("same", "list_has_any(phones_l, phones_r)", 13),
        Level("local", "list_has_any(locals_l, locals_r)", 8),
    ),
    Level("differs", "", -0.7),
)

MAIL = Comparison(
    "mail",
    "mails_l IS NULL OR mails_r IS NULL",
    (
        Level(
            "house",
            f"(list_has_any(mails_l, mails_r) OR list_has_any(domains_l, domains_r)) AND {_ONE_PHONE} AND {_SISTERS}",
            0,
        ),
        Level("same_house", f"list_has_any(mails_l, mails_r) AND {_SISTERS}", 11),
        Level("same", "list_has_any(mails_l, mails_r)", 14),
        Level("domain", "list_has_any(domains_l, domains_r)", 6),
        Level("other_domain", "domains_l IS NOT NULL AND domains_r IS NOT NULL", -2),
    ),
    Level("differs", "", -0.3),
)

_HAS_CREDIT_CODE = "len(list_filter(codes_{}, lambda x: length(x) = 18)) > 0"
CODE = Comparison(
    "code",
    "codes_l IS NULL OR codes_r IS NULL",
    (
        Level("same", "list_has_any(codes_l, codes_r)", 60),
        Level("differs", f"{_HAS_CREDIT_CODE.format('l')} AND {_HAS_CREDIT_CODE.format('r')}", -40),
    ),
    Level("other", "", 0),
)

ADDRESS = Comparison(
    "address",
    "address_l IS NULL OR address_r IS NULL",
    (
        Level("house", f"numbers_l = numbers_r AND ({_ONE_PHONE} OR {_ONE_DOMAIN}) AND {_SISTERS}", 0),
        Level("same", "address_l = address_r", 9),
        Level("number", "numbers_l = numbers_r AND jaro_winkler_similarity(address_l, address_r) >= 0.8", 6),
        Level("alike", "jaro_winkler_similarity(address_l, address_r) >= 0.92", 2),
    ),
    Level("differs", "", -1.5),
)

BIRTH = Comparison(
    "birth",
    "birth_l IS NULL OR birth_r IS NULL",
    (Level("same", _pair("birth"), 9),),
    Level("differs", "", -9),
)

RARE, USUAL = 3, 40
RARITY = Comparison(
    "rarity",
    f"(person_l AND person_r) OR bones_l <> bones_r OR greatest(sharing_l, sharing_r) BETWEEN {RARE + 1} AND {USUAL}"
    " OR sharing_l IS NULL OR sharing_r IS NULL",
    (Level("rare", f"greatest(sharing_l, sharing_r) <= {RARE}", 2.5),),
    Level("usual", "", -2),
)

COMPARISONS = (NAME, RARITY, TRADE, PLACE, BRANCH, FORM, PHONE, MAIL, CODE, ADDRESS, BIRTH)


def probability(bits: float) -> float:
    """Of the sum of all bits, PRIOR among them."""
    return 1 / (1 + 2.0 ** -max(-60.0, min(60.0, bits)))


def gamma(comparison: Comparison) -> str:
    """SQL: the number of the level that holds, from the weakest 0 up; -1 for nothing to compare."""
    count = len(comparison.levels)
    cases = " ".join(f"WHEN {level.sql} THEN {count - n}" for n, level in enumerate(comparison.levels))
    return f"CASE WHEN {comparison.nothing} THEN -1 {cases} ELSE 0 END"


def level_of(comparison: Comparison, number: int) -> Level | None:
    """The level of a gamma; None for nothing to compare."""
    return None if number < 0 else comparison.all_levels[len(comparison.levels) - number]


def splink_settings() -> dict[str, Any]:
    """The same, as splink takes it."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "probability_two_random_records_match": probability(PRIOR),
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
        "blocking_rules_to_generate_predictions": [],
        "comparisons": [_for_splink(one) for one in COMPARISONS],
    }


def _for_splink(comparison: Comparison) -> Mapping[str, Any]:
    nothing = {"sql_condition": comparison.nothing, "is_null_level": True, "label_for_charts": "nothing"}
    levels = [
        {"sql_condition": level.sql or "ELSE", "label_for_charts": level.code, **_odds(level.bits)}
        for level in comparison.all_levels
    ]
    return {"output_column_name": comparison.code, "comparison_levels": [nothing, *levels]}


def _odds(bits: float) -> Mapping[str, float]:
    # Only the ratio of the two counts.
    return {"m_probability": 0.9 * 2.0 ** min(0.0, bits), "u_probability": 0.9 * 2.0 ** -max(0.0, bits)}
