"""The statements by which duties are settled; see `services.settling` for their order.

`{those}` is the batch. Days are the company's: `%(zone)s`.
"""

from typing import Any

from jinzita.activities.selectors import (
    first_contact_since,
    last_contact_until,
    still_there,
    told_between,
)
from jinzita.treatment.fields import ASKING, KEPT_BY

THOSE = {"ANY": "d.customer_id = ANY(%(ids)s)", "BETWEEN": "d.customer_id BETWEEN %(first)s AND %(last)s"}
KINDS: dict[str, Any] = {
    **{f"{item}_kinds": list(kinds) for item, kinds in KEPT_BY.items()}, "asking": list(ASKING)
}  # fmt: skip


def _keeping(item: str) -> str:
    whens = " ".join(f"WHEN '{code}' THEN %({code}_kinds)s::text[]" for code in KEPT_BY)
    return f"(CASE {item} {whens} END)"


def _day(moment: str) -> str:
    return f"({moment} AT TIME ZONE %(zone)s)::date"


def _start(day: str) -> str:
    return f"(({day})::timestamp AT TIME ZONE %(zone)s)"


# One for each complaint, enquiry or fault since the policy and the owner are there; known is known.
OPEN_ANSWERS = f"""
INSERT INTO treatment_duty (customer_id, item, grade, version_id, owner_id, department_id, span, opened_on,
  counts_from, due_on, due_at, trigger_id)
SELECT w.customer_id, w.item, w.grade, w.version_id, w.owner_id, w.department_id, w.span,
  {_day("i.occurred_at")}, i.occurred_at, {_day("until.moment")}, until.moment, i.id
FROM treatment_wanted w
CROSS JOIN LATERAL ({
    told_between(
        "w.customer_id",
        kinds="%(asking)s::text[]",
        since="greatest(w.asked_since, %(asked_from)s)",
        until="%(now)s",
    )
}) i
CROSS JOIN LATERAL (
  SELECT greatest(i.occurred_at, i.created_at) + make_interval(hours => w.span)) until (moment)
WHERE w.item = 'answer' AND NOT EXISTS (SELECT FROM treatment_duty k WHERE k.trigger_id = i.id)
ON CONFLICT DO NOTHING"""

_JUDGE = f"""
DROP TABLE IF EXISTS pg_temp.treatment_judged;
CREATE TEMP TABLE treatment_judged ON COMMIT DROP AS
SELECT d.id, d.customer_id, d.item, d.state AS was, f.id AS done_by, f.occurred_at AS done_at,
  CASE WHEN f.occurred_at < d.due_at THEN 'done' WHEN d.due_at <= %(now)s THEN 'missed'
    ELSE 'due' END AS state
FROM treatment_duty d
LEFT JOIN LATERAL ({
    first_contact_since("d.customer_id", kinds=_keeping("d.item"), since="d.counts_from", until="%(now)s")
}) f ON true
WHERE {{those}} AND d.item <> 'sponsor' AND d.state <> 'excused' AND d.opened_on >= %(judged_from)s"""
JUDGE_AGAIN = _JUDGE
# At night: what is open, what was never made good, and what rests on an interaction that is gone.
JUDGE = (
    _JUDGE
    + f" AND (d.state = 'due' OR d.done_at IS NULL OR NOT {still_there('d.done_by_id', 'd.customer_id')})"
)

UNASKED = f"""
DELETE FROM treatment_duty d WHERE {{those}} AND d.item = 'answer' AND d.state <> 'excused'
AND NOT {still_there("d.trigger_id", "d.customer_id")}"""

# Two open ones, when an earlier one is open again: the earlier is what is owed.
DOUBLES = """
DELETE FROM treatment_duty x USING treatment_judged j
WHERE x.id = j.id AND j.state = 'due' AND j.item <> 'answer' AND EXISTS (
  SELECT FROM treatment_judged k WHERE k.customer_id = j.customer_id AND k.item = j.item AND k.state = 'due'
  AND k.id < j.id)"""

# One that counts from an interaction that is gone, or is no such interaction any more, is opened anew.
BASELESS = f"""
DELETE FROM treatment_duty d USING treatment_judged j
WHERE d.id = j.id AND j.was = 'due' AND j.state = 'due' AND d.opened_by_id IS NOT NULL
AND NOT {still_there("d.opened_by_id", "d.customer_id")}"""

CLOSE = f"""
UPDATE treatment_duty d SET state = j.state, done_by_id = j.done_by, done_at = j.done_at,
  missed_on = CASE WHEN j.state = 'missed' THEN coalesce(d.missed_on, {_day("d.due_at")}) END
FROM treatment_judged j
WHERE d.id = j.id AND NOT (j.state = 'missed' AND d.state <> 'missed')
AND (d.state, d.done_by_id, d.done_at) IS DISTINCT FROM (j.state, j.done_by, j.done_at)"""

_MISSED = f"missed_on = {_day('d.due_at')}"
MISS = f"""
WITH sponsors AS (
  UPDATE treatment_duty d SET state = 'missed', {_MISSED}
  WHERE {{those}} AND d.item = 'sponsor' AND d.state = 'due' AND d.due_at <= %(now)s AND NOT EXISTS (
    SELECT FROM treatment_wanted w WHERE w.customer_id = d.customer_id AND w.item = d.item AND w.kept)
  RETURNING d.owner_id, d.customer_id, d.done_at
), others AS (
  UPDATE treatment_duty d SET state = 'missed', done_by_id = j.done_by, done_at = j.done_at, {_MISSED}
  FROM treatment_judged j WHERE d.id = j.id AND j.state = 'missed' AND d.state <> 'missed'
  RETURNING d.owner_id, d.customer_id, d.done_at
)
SELECT owner_id, customer_id FROM (SELECT * FROM sponsors UNION ALL SELECT * FROM others) missed
ORDER BY owner_id, customer_id"""

NOT_OWED = """
DELETE FROM treatment_duty d WHERE {those} AND d.state = 'due' AND NOT EXISTS (
  SELECT FROM treatment_wanted w WHERE w.customer_id = d.customer_id AND w.item = d.item)"""

# The owner, grade and policy of today. A rhythm that became shorter counts from today when that is later.
_SHIFTED = """CASE WHEN d.item = 'answer' OR d.span = w.span THEN d.due_on
  ELSE greatest(d.opened_on + w.span, least(d.due_on, %(today)s::date + w.span)) END"""
FOLLOW = f"""
UPDATE treatment_duty d SET owner_id = w.owner_id, department_id = w.department_id, grade = w.grade,
  version_id = w.version_id, span = CASE WHEN d.item = 'answer' THEN d.span ELSE w.span END,
  due_on = {_SHIFTED}, due_at = CASE WHEN d.item = 'answer' THEN d.due_at ELSE {_start(f"{_SHIFTED} + 1")} END
FROM treatment_wanted w
WHERE {{those}} AND d.state = 'due' AND w.customer_id = d.customer_id AND w.item = d.item
AND (d.owner_id, d.department_id, d.grade, d.version_id)
  IS DISTINCT FROM (w.owner_id, w.department_id, w.grade, w.version_id)"""

SPONSORED = """
UPDATE treatment_duty d SET done_at = %(now)s, state = CASE d.state WHEN 'due' THEN 'done' ELSE d.state END
FROM treatment_wanted w
WHERE {those} AND d.item = 'sponsor' AND d.state IN ('due', 'missed') AND d.done_at IS NULL
AND w.customer_id = d.customer_id AND w.item = d.item AND w.kept"""

_NOT_OPEN = """NOT EXISTS (SELECT FROM treatment_duty o
  WHERE o.customer_id = w.customer_id AND o.item = w.item AND o.state = 'due')"""
_LAST = """LEFT JOIN LATERAL (
  SELECT k.state, k.due_on, k.done_at, k.opened_on FROM treatment_duty k
  WHERE k.customer_id = w.customer_id AND k.item = w.item ORDER BY k.id DESC LIMIT 1) l ON true"""

# The rhythm goes on from the last contact, or from the day the last duty was due; after a gap, or for the
# first time, from today, unless there was contact lately. Nothing is due before the day it is first shown.
OPEN_RHYTHM = f"""
INSERT INTO treatment_duty (customer_id, item, grade, version_id, owner_id, department_id, span, opened_on,
  opened_by_id, counts_from, due_on, due_at)
SELECT w.customer_id, w.item, w.grade, w.version_id, w.owner_id, w.department_id, w.span, p.opened_on,
  CASE WHEN v.day = p.opened_on THEN v.id END,
  {_start("p.opened_on + CASE WHEN v.day = p.opened_on OR b.day = p.opened_on THEN 1 ELSE 0 END")},
  greatest(p.opened_on + w.span, %(today)s::date),
  {_start("greatest(p.opened_on + w.span, %(today)s::date) + 1")}
FROM treatment_wanted w
{_LAST}
LEFT JOIN LATERAL (
  SELECT c.id, {_day("c.occurred_at")} AS day FROM ({
    last_contact_until("w.customer_id", kinds=_keeping("w.item"), until="%(now)s")
}) c) v ON true
CROSS JOIN LATERAL (
  SELECT CASE WHEN l.done_at IS NOT NULL THEN {_day("l.done_at")} ELSE l.due_on END AS day) a
CROSS JOIN LATERAL (
  SELECT CASE WHEN w.since IS NULL OR a.day >= {_day("w.since")} THEN a.day END AS day) b
CROSS JOIN LATERAL (
  SELECT CASE WHEN b.day IS NOT NULL THEN greatest(b.day, v.day)
    WHEN v.day > %(today)s::date - w.span THEN v.day ELSE %(today)s::date END AS opened_on) p
WHERE w.item IN ('visit', 'contact') AND {_NOT_OPEN}
AND (l.state IS DISTINCT FROM 'excused' OR l.due_on < %(today)s::date)
ON CONFLICT DO NOTHING"""

# Who was excused from naming a sponsor is so for a year.
OPEN_SPONSOR = f"""
INSERT INTO treatment_duty (customer_id, item, grade, version_id, owner_id, department_id, span, opened_on,
  counts_from, due_on, due_at)
SELECT w.customer_id, w.item, w.grade, w.version_id, w.owner_id, w.department_id, w.span, %(today)s,
  %(now)s, %(today)s::date + w.span, {_start("%(today)s::date + w.span + 1")}
FROM treatment_wanted w
{_LAST}
WHERE w.item = 'sponsor' AND NOT w.kept AND {_NOT_OPEN}
AND (l.state IS NULL OR l.state = 'done' OR (l.state = 'missed' AND l.done_at IS NOT NULL)
  OR (l.state = 'excused' AND l.due_on < %(today)s::date - 365))
ON CONFLICT DO NOTHING"""
