from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    name = "jinzita.receivables"
    label = "receivables"

    def ready(self) -> None:
        from jinzita.customers.selectors import timeline
        from jinzita.receivables import selectors
        from jinzita.receivables.facts import register_facts
        from jinzita.receivables.personal import declare_personal

        register_facts()
        timeline.register("invoice", selectors.invoices_on_timeline, plural="invoices")
        timeline.register("receipt", selectors.receipts_on_timeline, plural="receipts")
        declare_personal()
