from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "jinzita.people"
    label = "people"
