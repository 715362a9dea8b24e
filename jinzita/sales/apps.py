from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "jinzita.sales"
    label = "sales"

    def ready(self) -> None:
        from jinzita.customers.selectors import timeline
        from jinzita.sales import selectors
        from jinzita.sales.facts import register_facts
        from jinzita.sales.personal import declare_personal

        register_facts()
        timeline.register("opportunity", selectors.on_timeline, plural="opportunities", searched=("name",))
        declare_personal()
