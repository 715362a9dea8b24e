from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "jinzita.products"
    label = "products"

    def ready(self) -> None:
        from jinzita.products.facts import register_facts

        register_facts()
