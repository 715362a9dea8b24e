"""The form a text must have, in a small language that anybody can read: ``19{10}``, ``AA-9999``.

``9`` a digit, ``A`` a capital, ``a`` a letter, ``X`` a letter or digit, ``文`` a Chinese character, ``?`` any
one character, each of them also counted, as ``9{7,8}``; ``*`` anything or nothing; ``[…]`` may be left out;
``|`` between alternatives; a backslash takes the next sign as it is, every other sign stands for itself. What
it becomes is for the database, which judges a text in a time that grows with its length and no faster; an
engine that tries one way after the other, as Python's, could be kept busy for minutes.
"""

import re
from typing import NoReturn

from jinzita.kernel.errors import Invalid

SIGNS = {
    "9": "[0-9]", "A": "[A-Z]", "a": "[A-Za-z]", "X": "[0-9A-Za-z]", "文": "[㐀-鿿]", "?": ".",
}  # fmt: skip
LONGEST, MOST_COUNTED, MOST_ANYTHING = 200, 100, 5
_COUNT = re.compile(r"\{(\d{1,3})(?:,(\d{1,3}))?\}")


def expression_of(form: str, where: str = "pattern") -> str:
    """The regular expression of a form, as PostgreSQL reads it. Raises Invalid."""
    if not form or len(form) > LONGEST:
        raise Invalid.at(where, "form_length", f"A form has 1 to {LONGEST} characters.", longest=LONGEST)
    reader = _Reader(form, where)
    return f"^(?:{reader.alternatives()})$"


class _Reader:
    def __init__(self, form: str, where: str) -> None:
        self.form, self.where, self.at = form, where, 0
        self.counted = self.anything = 0

    def alternatives(self) -> str:
        parts, optional = [""], False
        while self.at < len(self.form):
            sign = self.form[self.at]
            if sign in "[]":
                if optional == (sign == "["):
                    self._refuse()
                parts[-1] += "(?:" if sign == "[" else ")?"
                optional = sign == "["
                self.at += 1
            elif sign == "|":
                if optional:
                    self._refuse()
                parts.append("")
                self.at += 1
            else:
                parts[-1] += self._one()
        if optional or not all(parts):
            self._refuse()
        return "|".join(parts)

    def _one(self) -> str:
        sign = self.form[self.at]
        self.at += 1
        if sign == "*":
            self.anything += 1
            if self.anything > MOST_ANYTHING:
                self._refuse()
            return ".*"
        if sign in SIGNS:
            return SIGNS[sign] + self._count()
        if sign == "\\":
            if self.at == len(self.form):
                self._refuse()
            sign = self.form[self.at]
            self.at += 1
        elif sign in "{}":
            self._refuse()
        return sign if sign.isalnum() or sign.isspace() or ord(sign) > 127 else f"\\{sign}"

    def _count(self) -> str:
        if not self.form.startswith("{", self.at):
            return ""
        found = _COUNT.match(self.form, self.at)
        if found is None:
            self._refuse()
        low = int(found[1])
        high = int(found[2] or low)
        self.counted += high
        if not low <= high or self.counted > MOST_COUNTED:
            self._refuse()
        self.at = found.end()
        return f"{{{low},{high}}}"

    def _refuse(self) -> NoReturn:
        raise Invalid.at(
            self.where, "form_syntax", f"The form cannot be read at character {self.at + 1}.",
            position=self.at + 1,
        )  # fmt: skip
