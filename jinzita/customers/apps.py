from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "jinzita.customers"
    label = "customers"

    def ready(self) -> None:
        from jinzita.customers.facts import register_facts
        from jinzita.customers.services.announcing import follow_undo

        register_facts()
        follow_undo()
