from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "jinzita.customers"
    label = "customers"

    def ready(self) -> None:
        from jinzita.customers.facts import register_facts
        from jinzita.customers.services import merging, treat_in_merges
        from jinzita.customers.services.announcing import follow_undo
        from jinzita.customers.services.merging.customers import Customers

        register_facts()
        follow_undo()
        merging.register(Customers())
        for label in ("customers.Standing", "customers.SearchKey", "customers.Lifecycle"):
            treat_in_merges(label, "derived")
