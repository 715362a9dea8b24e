from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "jinzita.kernel"
    label = "kernel"
