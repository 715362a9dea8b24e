from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "jinzita.kernel"
    label = "kernel"

    def ready(self) -> None:
        from jinzita.kernel.personal.own import declare_own

        declare_own()
