"""What follows for activities: the files of who was erased leave the disk."""

from typing import Any

from jinzita.customers.events import CustomersErased
from jinzita.kernel import outbox
from jinzita.kernel.events import react


def register() -> None:
    react(CustomersErased, _clean_files)


def _clean_files(news: dict[str, Any]) -> None:
    outbox.defer("activities.clean_files", queue="default", once="clean_files")
