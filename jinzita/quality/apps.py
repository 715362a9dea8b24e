from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "jinzita.quality"
    label = "quality"
