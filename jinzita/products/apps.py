from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "jinzita.products"
    label = "products"

    def ready(self) -> None:
        from jinzita.products.facts import register_facts
        from jinzita.products.personal import declare_personal

        register_facts()
        declare_personal()
