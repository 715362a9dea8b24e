"""Writes of value."""

from jinzita.value.services.models import install_default_models, publish_version
from jinzita.value.services.overrides import ask_override, decide_override, end_due, end_override, settle
from jinzita.value.services.rescore import Outcome, rescore, warm_up
from jinzita.value.services.runs import (
    fail_silent_runs,
    models_to_run,
    perform_run,
    repeat_run,
    start_published,
    start_run,
    with_customers,
)

__all__ = [
    "Outcome",
    "ask_override",
    "decide_override",
    "end_due",
    "end_override",
    "fail_silent_runs",
    "install_default_models",
    "models_to_run",
    "perform_run",
    "publish_version",
    "repeat_run",
    "rescore",
    "settle",
    "start_published",
    "start_run",
    "warm_up",
    "with_customers",
]
