"""Finding customers that may be one, and keeping what people decided about them."""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from jinzita.analytics.linkage.linking import Linking, Pair, groups
from jinzita.analytics.linkage.pairs import Scored
from jinzita.customers import selectors as customers
from jinzita.kernel import audit, events, jobs
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.kernel.models import Job
from jinzita.quality.events import DuplicatesWanted
from jinzita.quality.models import Match, MatchPolicy
from jinzita.quality.selectors.duplicates import JOB, likely, policy, verdict_of

# Of very many matches the strongest are kept: nobody decides more than these.
MOST_KEPT = 300_000
WRITTEN_AT_ONCE = 20_000
PROCESSES = 2
# A base below this is prepared faster than a second process starts.
FEW = 20_000
_STEPS = {"read": (0.0, 0.0), "prepare": (0.0, 0.6), "block": (0.6, 0.15), "score": (0.75, 0.15)}


@transaction.atomic
def begin(*, by: Viewer) -> Job:
    """Let all customers be compared. Raises Conflict while that is under way."""
    by.require(Permission.MERGE)
    running = Job.objects.filter(kind=JOB, state__in=[Job.State.WAITING, Job.State.RUNNING]).first()
    if running:
        raise Conflict("All customers are being compared already.", code="already_running")
    job = jobs.begin(kind=JOB, by=by, message="waiting")
    audit.record(by=by, action="find_duplicates", subject_type="customer")
    events.publish(DuplicatesWanted(job.pk))
    return job


@transaction.atomic
def begin_unasked(*, by: Viewer) -> int | None:
    """A job nobody asked for, after many customers came in; None while one is under way."""
    if Job.objects.filter(kind=JOB, state__in=[Job.State.WAITING, Job.State.RUNNING]).exists():
        return None
    return int(jobs.begin(kind=JOB, by=by, message="waiting").pk)


def find_all(*, by: Viewer, job_id: int) -> Job:
    """Compare all customers, as the job; the open matches are swapped in one transaction at the end."""

    def work(progress: jobs.Progress) -> Mapping[str, Any]:
        def advance(step: str, share: float) -> None:
            start, length = _STEPS[step]
            progress(int(1000 * (start + length * min(1.0, share))), 1000, step)

        limits = policy()
        settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.DATA_FOLDER, prefix="linking-") as folder:
            expected = customers.count(by)
            linking = Linking(Path(folder), advance=advance, processes=PROCESSES if expected > FEW else 1)
            try:
                linking.load(customers.duplicates.for_linking(by), expected=expected)
                compared = linking.block()
                linking.score()
                progress(900, 1000, "write")
                kept = _replace(linking.best(limits.look, MOST_KEPT), limits, progress)
            finally:
                linking.close()
        return {"customers": linking.records, "compared": compared, **kept}

    return jobs.perform(job_id, work)


def _replace(found: Iterable[Sequence[Pair]], limits: MatchPolicy, progress: jobs.Progress) -> dict[str, int]:
    """Put these matches in the place of the open ones; decisions stay."""
    different = set(Match.objects.filter(state=Match.State.DIFFERENT).values_list("left", "right"))
    kept = [pair for some in found for pair in some if (pair.left, pair.right) not in different]
    group_of = {one: some[0] for some in groups((one.left, one.right) for one in kept) for one in some}
    leading: set[int] = set()
    with transaction.atomic(), connection.cursor() as cursor:
        _alone()
        cursor.execute("DROP TABLE IF EXISTS found_matches")
        cursor.execute(
            "CREATE TEMPORARY TABLE found_matches (left_id bigint, right_id bigint, probability float8,"
            " verdict text,"
            " reasons jsonb, grp bigint, leads boolean) ON COMMIT DROP"
        )
        for start in range(0, len(kept), WRITTEN_AT_ONCE):
            # Said between the copies: while one is under way its connection can tell nobody anything.
            progress(900 + 90 * start // len(kept), 1000, "write")
            with cursor.copy("COPY found_matches FROM STDIN") as copy:
                for pair in kept[start : start + WRITTEN_AT_ONCE]:
                    group = group_of[pair.left]
                    verdict = verdict_of(pair.scored.probability, limits) or "look"
                    reasons = json.dumps(_reasons(pair.scored))
                    first = group not in leading
                    leading.add(group)
                    copy.write_row(
                        (pair.left, pair.right, pair.scored.probability, verdict, reasons, group, first)
                    )
        cursor.execute(
            "DELETE FROM quality_match m WHERE state <> 'different' AND NOT EXISTS"
            " (SELECT FROM found_matches f"
            ' WHERE f.left_id = m."left" AND f.right_id = m."right")'
        )
        cursor.execute(
            'INSERT INTO quality_match ("left", "right", probability, verdict, reasons, "group", "leading")'
            " SELECT * FROM found_matches"
            ' ON CONFLICT ("left", "right") DO UPDATE SET probability = excluded.probability,'
            ' verdict = excluded.verdict, reasons = excluded.reasons, "group" = excluded."group",'
            ' "leading" = excluded."leading"'
        )
    same = sum(pair.scored.probability >= limits.same for pair in kept)
    return {"same": same, "look": len(kept) - same, "groups": len(leading)}


def check(*, by: Viewer, customer_ids: Sequence[int]) -> int:
    """Look for doubles of these customers, new or changed; answers how many open matches they have now."""
    count = 0
    for record in customers.duplicates.record(by, customer_ids):
        found = likely(by, record, without=record["id"])
        count += _renew(record["id"], [(one.candidate.id, one.scored, one.verdict) for one in found])
    return count


@transaction.atomic
def _renew(customer_id: int, found: Sequence[tuple[int, Scored, str]]) -> int:
    """The open matches of one customer are these; what was decided stays, what is found again is the same."""
    _alone()
    present = Match.objects.select_for_update().filter(Q(left=customer_id) | Q(right=customer_id))
    known = {(one.left, one.right): one for one in present}
    touched = {one.group for one in present}
    ids = {other for other, _, _ in found}
    touched |= set(
        Match.objects.filter(Q(left__in=ids) | Q(right__in=ids), state=Match.State.OPEN).values_list(
            "group", flat=True
        )
    )
    kept: list[Match] = []
    for other, scored, verdict in found:
        left, right = sorted((customer_id, other))
        one = known.get((left, right)) or Match(left=left, right=right, group=left)
        if one.state == Match.State.OPEN:
            one.probability, one.verdict, one.reasons = scored.probability, verdict, _reasons(scored)
            kept.append(one)
    there = [one for one in kept if one.pk]
    present.filter(state=Match.State.OPEN).exclude(pk__in=[one.pk for one in there]).delete()
    Match.objects.bulk_update(there, ["probability", "verdict", "reasons"])
    made = Match.objects.bulk_create([one for one in kept if not one.pk])
    _regroup(touched | {one.group for one in made})
    return len(kept)


@transaction.atomic
def decide(*, by: Viewer, match_ids: Sequence[int], state: str, now: datetime) -> int:
    """Say of matches that they are different customers, to be looked at later, or open again.

    Raises Forbidden, Invalid; Conflict when one is not there any more.
    """
    by.require(Permission.MERGE)
    if state not in Match.State.values:
        raise Invalid.at("state", "unknown_choice", f"state must be one of {', '.join(Match.State.values)}.")
    seen = customers.visible_to(by).values("pk")
    _alone()
    rows = Match.objects.select_for_update().filter(pk__in=match_ids, left__in=seen, right__in=seen)
    if len(rows) < len(set(match_ids)):
        raise Conflict(
            "These customers are not taken for doubles any more; load the list again.",
            code="not_doubles_any_more",
        )
    changed = [one for one in rows if one.state != state]
    for one in changed:
        one.state, one.decided_by_id, one.decided_at, one.leading = state, by.user_id, now, False
        audit.record(
            by=by, action="decide_duplicate", subject_type="customer", subject_id=one.left,
            changes={"other": one.right, "state": state},
        )  # fmt: skip
    Match.objects.bulk_update(changed, ["state", "decided_by", "decided_at", "leading"])
    _regroup({one.group for one in changed})
    return len(changed)


def _alone() -> None:
    """One at a time: two checks at once may find one pair, and groups are told from all the pairs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('matches', 0))")


def _regroup(touched: set[int]) -> None:
    """Work out anew which open matches hang together, and the strongest of each group."""
    rows = list(
        Match.objects.filter(group__in=touched, state=Match.State.OPEN).order_by("-probability", "pk")
    )
    group_of = {one: some[0] for some in groups((row.left, row.right) for row in rows) for one in some}
    leading: set[int] = set()
    for row in rows:
        row.group = group_of[row.left]
        row.leading = row.group not in leading
        leading.add(row.group)
    Match.objects.bulk_update(rows, ["group", "leading"], batch_size=1000)


@transaction.atomic
def set_policy(*, by: Viewer, same: float, look: float) -> MatchPolicy:
    """From which probability on customers are taken to be one, or worth a look; open matches follow."""
    by.require(Permission.MANAGE_SETUP)
    if not 0.05 <= look <= same < 1:
        raise Invalid.at("look", "out_of_range", "0.05 ≤ look ≤ same < 1", low=0.05, high=same)
    one = MatchPolicy.objects.select_for_update().first() or MatchPolicy()
    before = {"same": one.same, "look": one.look}
    one.same, one.look = same, look
    one.save()
    Match.objects.filter(state=Match.State.OPEN, probability__gte=same).update(verdict=Match.Verdict.SAME)
    Match.objects.filter(state=Match.State.OPEN, probability__lt=same).update(verdict=Match.Verdict.LOOK)
    audit.record(
        by=by, action="update", subject_type="match_policy",
        changes=audit.difference(before, {"same": same, "look": look}),
    )  # fmt: skip
    return one


def _reasons(scored: Scored) -> list[dict[str, Any]]:
    return [{"comparison": one.comparison, "level": one.level, "bits": one.bits} for one in scored.reasons]
