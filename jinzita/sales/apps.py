from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "jinzita.sales"
    label = "sales"
