"""What of files, imports and webhooks speaks of customers."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready. Rows of files and files themselves: see `services.forgetting`."""
    personal.mentions("integration.Import", "filename", "reasons", "columns")
    personal.mentions("integration.WebhookDelivery", "data", "answer")
    personal.mentions("integration.ImportTemplate", "name")
    personal.declare("integration.AwaitedReference", removed=True)
    personal.unrelated("integration.Upload", "integration.BadRow", "integration.Webhook")
