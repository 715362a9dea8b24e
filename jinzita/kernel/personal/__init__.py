"""Personal data: what goes when somebody must be forgotten.

The owner of a table that is about customers or contacts says of every column with words in it whether it is
kept or erased; of any other table, whether its texts may name people in passing. Erasing itself is the work
of `customers`; who keeps more than tables (files, matches) follows it.
"""

from jinzita.kernel.personal.declaring import (
    GONE,
    Erased,
    Rows,
    about,
    declare,
    follow,
    followers,
    gone,
    is_declared,
    mentions,
    unrelated,
)
from jinzita.kernel.personal.log import altering, erase_lines
from jinzita.kernel.personal.mentioning import Named, scrub

__all__ = [
    "GONE",
    "Erased",
    "Named",
    "Rows",
    "about",
    "altering",
    "declare",
    "erase_lines",
    "follow",
    "followers",
    "gone",
    "is_declared",
    "mentions",
    "scrub",
    "unrelated",
]
