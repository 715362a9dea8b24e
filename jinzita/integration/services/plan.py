"""How a file is read and matched: chosen once, kept with the import, so that it can go on after a fall."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, cast

from jinzita.customers.fields import attribute_fields
from jinzita.customers.fields.contact_keys import CONTACT_KEY, CONTACT_KEYS
from jinzita.customers.fields.keys import RECORD, Key, key_named, keys
from jinzita.customers.services.loading.customers import Naming
from jinzita.integration import fields
from jinzita.integration.parsing.columns import fold
from jinzita.integration.parsing.styles import DateOrder
from jinzita.integration.reading import FileDescription
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid, Problem
from jinzita.kernel.loading import Manner
from jinzita.kernel.records import Field, RecordKind, kind

KINDS = tuple(one.value for one in fields.KINDS)
_ORDERS: dict[str, DateOrder | None] = {
    "": None, "auto": None, "ymd": None, "dmy": "dmy", "mdy": "mdy", "dd/mm/yyyy": "dmy", "mm/dd/yyyy": "mdy",
    "d/m/y": "dmy", "m/d/y": "mdy", "yyyy-mm-dd": None, "yyyy/mm/dd": None,
}  # fmt: skip
_SOURCE_LENGTH = 50
Mode = Literal["both", "create", "update"]
# Kinds whose rows name no customer.
_OF_NOBODY = frozenset({"products"})
# What a new one of a kind that may be known by more than source and key cannot do without.
_OF_NEW = {"customers": ("name",), "contacts": ("name", "customer")}
# Kinds whose rows have no key: they are known by what they say, and added to what is there.
ADDED = frozenset({"addresses", "channels", "relations"})


@dataclass(frozen=True)
class Plan:
    """What to do with a file. `mapping` is column → field code; a column that is not in it is left out.

    `date_order` is set when the user had to say whether day or month comes first. `match_by` is the key by
    which the file's customers are known (`customers.fields.keys`), `customer_source` the source at which such
    keys mean something, when it is not `source`; `contact_by` the key by which the people of a file of
    contacts are known (`customers.fields.contact_keys`). `mode` says whether new records are made and known
    ones changed, `empty_cells` whether a blank cell keeps what is known. `words` are words of the file for
    the choices of a field: {field: {word: choice}}; `corrections` cells that were corrected beforehand
    (`services.correcting`).
    """

    kind: str
    source: str
    format: str = "csv"
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    unknown_customers: Literal["create", "refuse"] = "create"
    date_order: DateOrder | None = None
    customer_source: str | None = None
    match_by: str = "source_key"
    contact_by: str = "source_key"
    mode: Mode = "both"
    empty_cells: Literal["keep", "clear"] = "keep"
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    corrections: dict[str, Any] = field(default_factory=dict)

    @property
    def description(self) -> FileDescription:
        return FileDescription(self.format, self.encoding, self.delimiter, self.sheet)

    @property
    def chosen(self) -> dict[str, Any]:
        """What people choose beside the columns, by the name it has in the API."""
        names = (
            "unknown_customers", "customer_source", "match_by", "contact_by", "mode", "empty_cells", "words",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}

    @property
    def naming(self) -> Naming:
        """How the rows name their customers."""
        # A record number that nobody has is an error of the file, not a customer.
        unknown = "refuse" if self.match_by == RECORD.code else self.unknown_customers
        return Naming(self.customer_source or self.source, self.match_by, unknown)

    @property
    def referring_at(self) -> str:
        """At which source keys of customers that rows refer to mean something."""
        return self.source if self.kind == "customers" else self.naming.source

    @property
    def manner(self) -> Manner:
        only: dict[Mode, Literal["new", "known"]] = {"create": "new", "update": "known"}
        return Manner(only.get(self.mode), self.empty_cells)

    @property
    def required(self) -> frozenset[str]:
        """The fields without which no row can be used."""
        of = record_kind(self.kind)
        if self.kind != "customers" and self.own_key.code == "source_key":
            return frozenset(code for code, one in importable(of).items() if one.required)
        found = set(self.own_key.fields)
        # No contact is made for a record number.
        known = self.mode == "update" or (self.kind == "contacts" and self.own_key.code == RECORD.code)
        return frozenset(found if known else {*found, *_OF_NEW[self.kind]})

    @property
    def own_key(self) -> Key:
        """By what the records of the file themselves are known."""
        if self.kind == "contacts":
            return CONTACT_KEY[self.contact_by]
        return key_named(self.match_by if self.kind == "customers" else "source_key")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def record_kind(code: str) -> RecordKind:
    """The kind of record to import. Raises Invalid."""
    found = kind(code) if code in KINDS else None
    if found is None:
        raise Invalid.at(
            "kind", "unknown_kind", f"There is no kind “{code[:50]}”; there are: {', '.join(KINDS)}."
        )
    return found


def importable(of: RecordKind, viewer: Viewer | None = None) -> dict[str, Field]:
    """The fields a file may fill, by code; for a viewer, those the viewer may enter."""
    return {one.code: one for one in of.read_fields(viewer) if one.importable}


def read_date_order(text: str | None) -> DateOrder | None:
    """dmy or mdy from what users write. Raises Invalid."""
    plain = (text or "").strip().lower().replace("-", "/") if text != "yyyy-mm-dd" else ""
    if plain not in _ORDERS:
        raise Invalid.at("date_format", "unknown_date_format", "The date format is dmy, mdy or auto.")
    return _ORDERS[plain]


def match_keys(of: RecordKind, viewer: Viewer) -> list[Key]:
    """By what the customers of such a file can be known, for a viewer who may read these fields."""
    if of.code in _OF_NOBODY:
        return []
    every = keys(attribute_fields(viewer))
    return [
        one for one in every
        if (one.alone or of.code == "customers")
        and not any(viewer.access("customers", code).concealed for code in one.fields)
    ]  # fmt: skip


def contact_keys(of: RecordKind, viewer: Viewer) -> list[Key]:
    """By what the people of such a file can be known, for a viewer who may read these fields."""
    if of.code != "contacts":
        return []
    return [one for one in CONTACT_KEYS if not viewer.access(of.code, one.fields[0]).concealed]


def require_manner(plan: Plan, of: RecordKind, viewer: Viewer) -> None:
    """Raise Invalid when such records cannot be matched or taken so."""
    if plan.match_by != "source_key" and plan.match_by not in {one.code for one in match_keys(of, viewer)}:
        raise Invalid.at(
            "match_by", "unknown_choice", f"{of.en} cannot be matched by “{plan.match_by[:80]}”."
        )
    if plan.contact_by != "source_key" and plan.contact_by not in {
        one.code for one in contact_keys(of, viewer)
    }:
        raise Invalid.at(
            "contact_by", "unknown_choice", f"{of.en} cannot be matched by “{plan.contact_by[:80]}”."
        )
    if plan.mode not in ("both", "create", "update"):
        raise Invalid.at("mode", "unknown_choice", "The mode is both, create or update.")
    if plan.mode != "both" and of.code == "transaction_lines":
        raise Invalid.at(
            "mode", "lines_are_whole", "Lines make up whole orders: they are created and updated."
        )
    if plan.mode != "both" and of.code in ADDED:
        raise Invalid.at("mode", "only_added", f"{of.en} are added to those there are.")
    if plan.empty_cells not in ("keep", "clear"):
        raise Invalid.at("empty_cells", "unknown_choice", "Empty cells keep or clear what is known.")


def require_words(words: Mapping[str, Mapping[str, str]], of: RecordKind) -> None:
    """Raise Invalid for a word that stands for no choice of its field."""
    fields = importable(of)
    for code, several in words.items():
        choices = {one.value for one in fields[code].choices} if code in fields else set()
        for word, value in several.items():
            if value not in choices:
                raise Invalid.at(
                    f"words.{code}"[:200],
                    "unknown_choice",
                    f"“{word[:50]}” stands for no choice of {code[:50]}.",
                )


def read_source(text: str, *, where: str = "source") -> str:
    """The name of a source. Raises Invalid."""
    source = text.strip()
    if not 1 <= len(source) <= _SOURCE_LENGTH or not source.isprintable():
        raise Invalid.at(where, "malformed", f"A source has 1 to {_SOURCE_LENGTH} printable characters.")
    if source == "manual" or source.startswith("demo-"):
        raise Invalid.at(where, "reserved", f"The source “{source}” is kept for the system; choose another.")
    return source


def suggest(columns: list[str], of: RecordKind, viewer: Viewer | None = None) -> dict[str, str]:
    """Columns matched to fields by their names, English or Chinese; no field twice.

    A field's own name counts for more than a synonym, a synonym at the head of its list more than a later
    one.
    """
    fields = importable(of, viewer)
    candidates: list[tuple[int, int, str, str]] = []
    for position, column in enumerate(columns):
        word = fold(column)
        for code, one in fields.items():
            names = [code.removeprefix("attributes."), one.en, one.zh, *one.synonyms]
            ranks = [rank for rank, name in enumerate(names) if fold(name) == word]
            if ranks:
                # A word that two fields share goes to the one that needs it.
                candidates.append((max(0, ranks[0] - 2) - (3 if one.required else 0), position, column, code))
    mapping: dict[str, str] = {}
    for _, _, column, code in sorted(candidates):
        if column not in mapping and code not in mapping.values():
            mapping[column] = code
    _make_room(mapping, sorted(candidates), fields)
    return {column: mapping[column] for column in columns if column in mapping}


def _make_room(
    mapping: dict[str, str], candidates: list[tuple[int, int, str, str]], fields: Mapping[str, Field]
) -> None:
    """Match more columns by moving one that fits another field as well.

    “客户” beside “客户编号” is the customer's name, although alone it is the customer; a file that has only
    names knows its customers by them.
    """
    for _, _, column, code in candidates:
        holder = next((one for one, taken in mapping.items() if taken == code), None)
        if column in mapping or holder is None:
            continue
        taken = set(mapping.values())
        other = next((field for _, _, c, field in candidates if c == holder and field not in taken), None)
        if other:
            mapping[holder], mapping[column] = other, code
    name_column = next((column for column, code in mapping.items() if code == "customer_name"), None)
    if name_column and "customer" in fields and "customer" not in mapping.values():
        mapping[name_column] = "customer"


def check_mapping(
    mapping: Mapping[str, str], columns: list[str], of: RecordKind, viewer: Viewer | None = None
) -> None:
    """Raise Invalid for a column or field that is not there for the viewer, or a field named twice."""
    fields, problems, seen = importable(of, viewer), [], set()
    for column, code in mapping.items():
        where = f"mapping.{column}"
        if column not in columns:
            problems.append(
                Problem(where, "unknown_column", f"The file has no column “{column}”.", {"column": column})
            )
        elif code not in fields:
            known = ", ".join(fields)
            problems.append(
                Problem(
                    where,
                    "unknown_field",
                    f"{of.en} have no field “{code}”; they have {known}.",
                    {"field": code},
                )
            )
        elif code in seen:
            problems.append(Problem(where, "twice", f"Two columns are matched to “{code}”.", {"field": code}))
        seen.add(code)
    if problems:
        raise Invalid("The columns cannot be matched so.", problems=problems)


def missing_required(plan: Plan) -> list[str]:
    """Codes of fields that the import cannot do without and no column fills."""
    given = set(plan.mapping.values())
    missing = [code for code in importable(record_kind(plan.kind)) if code in plan.required - given]
    if plan.kind == "transaction_lines" and "amount" not in given and "unit_price" not in given:
        missing.append("amount")
    return missing


def require_complete(plan: Plan) -> None:
    """Raise Invalid unless every required field has a column."""
    problems = [
        Problem(f"mapping.{code}", "required", f"No column is matched to “{code}”.", {"field": code})
        for code in missing_required(plan)
    ]
    if problems:
        names = ", ".join(str(one.params["field"]) for one in problems)
        raise Invalid(f"No column of the file is matched to: {names}.", problems=problems)


def plan_from_json(data: Mapping[str, Any]) -> Plan:
    return Plan(**cast(dict[str, Any], dict(data)))
