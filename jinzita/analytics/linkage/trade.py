"""The line of business 行业 at the end of a name."""

from functools import lru_cache

from jinzita.analytics.linkage.vocabulary import trades


@lru_cache(2**16)
def cut(core: str) -> tuple[int, tuple[str, ...]]:
    """Where the trade begins, and its words: as much of the end as consists of words of trades.

    Few long words rather than many short ones; a brand of a single character is none.
    """
    size = len(core)
    best: dict[int, tuple[str, ...]] = {size: ()}
    for start in range(size - 1, -1, -1):
        for end in range(min(size, start + 8), start, -1):
            if end in best and core[start:end] in trades():
                words = (core[start:end], *best[end])
                if start not in best or len(words) < len(best[start]):
                    best[start] = words
    start = min((one for one in best if one != 1), default=size)
    return start, best[start]
