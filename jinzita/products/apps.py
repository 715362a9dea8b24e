from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "jinzita.products"
    label = "products"
