"""What comes in (files, imports, rows that could not be used) and what goes out (webhooks)."""

from jinzita.integration.models.imports import AwaitedReference, BadRow, Import, Upload
from jinzita.integration.models.templates import ImportTemplate
from jinzita.integration.models.webhooks import Webhook, WebhookDelivery

__all__ = [
    "AwaitedReference",
    "BadRow",
    "Import",
    "ImportTemplate",
    "Upload",
    "Webhook",
    "WebhookDelivery",
]
