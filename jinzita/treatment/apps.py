from django.apps import AppConfig


class TreatmentConfig(AppConfig):
    name = "jinzita.treatment"
    label = "treatment"

    def ready(self) -> None:
        from jinzita.kernel import undo
        from jinzita.treatment.notices import declare_notices

        declare_notices()
        undo.along("treatment.Duty")
