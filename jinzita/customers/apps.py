from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "jinzita.customers"
    label = "customers"

    def ready(self) -> None:
        from jinzita.customers.facts import register_facts
        from jinzita.customers.notices import declare_notices
        from jinzita.customers.services import merging, treat_in_merges
        from jinzita.customers.services.announcing import follow_undo
        from jinzita.customers.services.merging.customers import Customers
        from jinzita.kernel import undo

        register_facts()
        declare_notices()
        follow_undo()
        merging.register(Customers())
        for label in ("Standing", "SearchKey", "Pooled", "PoolWarning"):
            treat_in_merges(f"customers.{label}", "derived")
        treat_in_merges("customers.Ownership", "stays")
        undo.along("customers.Ownership")
