"""Names of organisations in Latin letters: English, German, …, and Chinese ones written in pinyin."""

from dataclasses import dataclass
from functools import lru_cache

from jinzita.analytics.linkage import places, vocabulary
from jinzita.analytics.linkage.places import NOWHERE, Place
from jinzita.analytics.linkage.text import as_syllables, letters, said

_ENGLISH_PLACES = {
    "hong kong": "香港",
    "macau": "澳门",
    "taiwan": "台湾",
    "tibet": "西藏",
    "inner mongolia": "内蒙古",
}
_SMALL_WORDS = {"the", "of", "and", "und", "et", "y", "de", "la", "for"}


@dataclass(frozen=True)
class LatinParts:
    nation: bool
    place: Place
    brand: str
    trade: tuple[str, ...]
    form: str
    initials: str = ""


@lru_cache(1)
def _region_said() -> dict[str, str]:
    """Provinces and cities by how they are said."""
    found: dict[str, str] = {}
    for text, some in vocabulary.regions().items():
        if any(map(vocabulary.stands_alone, some)):
            spoken = "".join(said(text))
            # 山西 and 陕西 are said alike: such a word is a place, nobody knows which.
            other = found.get(spoken, text)
            same = vocabulary.regions()[other][0].code[:2] == some[0].code[:2] if other else False
            found[spoken] = min(other, text, key=len) if same else ""
    return {**found, "shaanxi": "陕西"}


@lru_cache(1)
def _trade_said() -> dict[str, str]:
    return {"".join(said(one)): one for one in sorted(vocabulary.trades())}


@lru_cache(1)
def _form_said() -> dict[str, str]:
    forms = vocabulary.forms()
    return {"".join(said(one)): kind for one, kind in forms.items() if len(one) > 1}


def parts_of(folded: str) -> LatinParts:
    """Cut a name without any Chinese character."""
    text = folded.replace("&", " and ").replace(".", "").replace("'", "").replace("’", "")
    place = NOWHERE
    for english, chinese in _ENGLISH_PLACES.items():
        if english in text and text != english:
            place, text = places.leading(chinese, whole=True)[0], text.replace(english, " ", 1)
    tokens = [letters(one) for one in _split(text)]
    tokens = [one for one in tokens if one]
    run = "".join(tokens)
    if len(run) >= 6 and run.isalpha() and all(map(as_syllables, tokens)) and (found := _pinyin(run)):
        return found
    return _english(tokens, place)


def house(folded: str) -> str | None:
    """The Chinese name of a house that everybody knows by a Latin one, with the place before or after it and
    the trades that follow: bosch (china) investment → 博世投资, shenzhen tencent computer → 深圳腾讯计算机.
    None when anything else stands there.
    """
    tokens = [letters(one) for one in _split(folded.replace("&", " and ").replace(".", ""))]
    tokens = [one for one in tokens if one][tokens[:1] == ["the"] :]
    known = vocabulary.words()["latin_houses"]
    for before in (0, 1) if tokens and _region_said().get(tokens[0]) else (0,):
        for size in range(min(6, len(tokens) - before), 0, -1):
            if found := known.get(" ".join(tokens[before : before + size])):
                return _with_the_rest(str(found), tokens[:before] + tokens[before + size :])
    return None


@lru_cache(1)
def _abroad() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, chinese in vocabulary.words()["latin_houses"].items():
        found.setdefault(chinese.removeprefix("中国"), []).append(name)
    return found


def names_abroad(*brands: str) -> list[str]:
    """The Latin names of the house that one of these is: 西门子 → siemens."""
    known = _abroad()
    return [name for brand in dict.fromkeys(brands) for name in known.get(brand, ())]


def _with_the_rest(name: str, tokens: list[str]) -> str | None:
    places, trades = [], []
    for token in tokens:
        if token in vocabulary.latin_forms() or token in ("branch", "china"):
            continue
        if place := _region_said().get(token):
            places.append(place)
        elif word := _trade_word(token):
            trades.append(vocabulary.words()["english"][word].split()[0])
        else:
            return None
    if len(places) > 1:
        return None
    return "".join((*places, name.removeprefix("中国") if places else name, *trades))


def _split(text: str) -> list[str]:
    for char in '()[],/-–—_:;+*"':
        text = text.replace(char, " ")
    return text.split()


def _english(tokens: list[str], place: Place) -> LatinParts:
    nation, form, trade, brand = False, "", [], []
    english = vocabulary.words()["english"]
    regions = _region_said()
    for number, token in enumerate(tokens):
        if token in ("china", "chinese") and len(tokens) > 1:
            nation = True
        elif token in vocabulary.latin_forms() and number > 0:
            form = form or ("" if token in _SMALL_WORDS else "company")
        elif token in _SMALL_WORDS:
            continue
        elif token in regions and place.is_empty and len(tokens) > 1:
            place = places.leading(regions[token], whole=True)[0]
        elif number > 0 and (known := _trade_word(token)):
            trade += english[known].split()
        else:
            brand.append(token)
    if not brand:
        brand = tokens[:1]
        trade = trade[1:] if tokens and tokens[0] in english else trade
    named = [one for one in tokens if one not in _SMALL_WORDS and one not in vocabulary.latin_forms()]
    initials = "".join(one[0] for one in named) if len(named) > 2 else ""
    return LatinParts(nation, place, "".join(brand), tuple(dict.fromkeys(trade)), form, initials)


def _trade_word(token: str) -> str | None:
    """The word of a trade that a token is, also in its other number: logistic, logistics."""
    english = vocabulary.words()["english"]
    return next((one for one in (token, f"{token}s", token.removesuffix("s")) if one in english), None)


def _pinyin(run: str) -> LatinParts | None:
    """A name written in pinyin, cut from both ends; None when it does not look like one."""
    form = ""
    for size in range(len(run) - 3, 3, -1):
        if run[-size:] in _form_said():
            form, run = _form_said()[run[-size:]], run[:-size]
            break
    place = NOWHERE
    nation = run.startswith("zhongguo") and len(run) > 10
    run = run.removeprefix("zhongguo") if nation else run
    for size in range(min(16, len(run) - 3), 3, -1):
        text = _region_said().get(run[:size])
        if text is not None and as_syllables(run[size:]):
            place, run = places.leading(text, whole=True)[0], run[size:]
            run = run.removeprefix("shi") if as_syllables(run.removeprefix("shi")) and len(run) > 7 else run
            break
    trade: list[str] = []
    while len(run) > 3:
        size = next((n for n in range(min(28, len(run) - 2), 3, -1) if run[-n:] in _trade_said()), 0)
        if not size or not as_syllables(run[:-size]):
            break
        trade.insert(0, _trade_said()[run[-size:]])
        run = run[:-size]
    if not (form or trade or not place.is_empty):
        return None
    same = vocabulary.words()["same_trade"]
    return LatinParts(nation, place, run, tuple(dict.fromkeys(same.get(one, one) for one in trade)), form)
