"""Files and the demo: their jobs, and what follows when a file is in."""

from typing import Any

from jinzita.integration.events import DemoRequested, ImportFinished, ImportRequested
from jinzita.kernel.events import react
from jinzita.wiring.customers import classify, follow_stage_rules
from jinzita.wiring.deferring import to
from jinzita.wiring.quality import look_for_doubles, rate
from jinzita.wiring.scores import rescore
from jinzita.wiring.treatment import settle


def register() -> None:
    react(ImportRequested, to("integration.import", "long"))
    react(DemoRequested, to("integration.demo", "long"))
    for reaction in (rescore("import"), _look_for_doubles, classify, rate, follow_stage_rules, settle):
        react(ImportFinished, reaction)


def _look_for_doubles(news: dict[str, Any]) -> None:
    if news["kind"] == "customers":
        look_for_doubles(news)
