"""Many records changed at once, as a test asks for it: the job is done before it answers."""

from datetime import UTC, datetime
from typing import Any

from jinzita.customers import services
from jinzita.customers.models import BulkAction
from jinzita.customers.tests.world import post

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def change(kind: str, client: Any, **body: Any) -> dict[str, Any]:
    """What the job of a bulk change of "customers" or "contacts" answers."""
    answer = post(client, f"/{kind}/bulk", body)
    assert answer.status_code == 202, answer.content
    job = services.run_bulk(BulkAction.objects.get(job=answer.json()["id"]).pk, now=NOW)
    assert job.state == "done", job.error
    return job.result


def undo(client: Any, change_set: int) -> dict[str, Any]:
    """What the job that takes a change back answers."""
    answer = post(client, f"/change-sets/{change_set}/undo", {})
    assert answer.status_code == 202, answer.content
    return services.run_undo(change_set).result
