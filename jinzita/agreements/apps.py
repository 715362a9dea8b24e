from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "jinzita.agreements"
    label = "agreements"

    def ready(self) -> None:
        from jinzita.agreements import selectors
        from jinzita.agreements.facts import register_facts
        from jinzita.agreements.personal import declare_personal
        from jinzita.customers.selectors import timeline

        register_facts()
        timeline.register("transaction", selectors.on_timeline, plural="transactions", searched=("note",))
        declare_personal()
