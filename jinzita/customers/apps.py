from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "jinzita.customers"
    label = "customers"
