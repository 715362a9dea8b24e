from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "jinzita.activities"
    label = "activities"
