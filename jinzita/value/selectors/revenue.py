"""What a customer brought in, as the last run of its model or a later payment says."""

from jinzita.kernel.access import Viewer
from jinzita.value.selectors.kept_back import sums_shown

_REVENUE = """
SELECT s.revenue::numeric FROM value_customerscore s JOIN value_run r ON r.id = s.run_id AND r.in_force
WHERE s.customer_id = c.id ORDER BY s.scored_at DESC LIMIT 1"""


def revenue_sql(viewer: Viewer) -> str | None:
    """SQL of the revenue of customer `c`; None when the viewer does not see amounts."""
    return _REVENUE if sums_shown(viewer).revenue else None
