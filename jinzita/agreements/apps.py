from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "jinzita.agreements"
    label = "agreements"

    def ready(self) -> None:
        from jinzita.agreements.facts import register_facts

        register_facts()
