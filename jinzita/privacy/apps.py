from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "jinzita.privacy"
    label = "privacy"

    def ready(self) -> None:
        from jinzita.customers.fields import added
        from jinzita.customers.selectors import timeline
        from jinzita.customers.services import call_in_merges
        from jinzita.privacy import fields
        from jinzita.privacy.personal import declare_personal
        from jinzita.privacy.selectors import on_timeline

        added.add(fields.MAY_CONTACT, fields.may_contact_field)
        added.add(fields.DO_NOT_CONTACT, fields.do_not_contact_field, value=fields.never)
        added.add(
            fields.DO_NOT_CONTACT, fields.contact_do_not_contact_field, value=fields.contact_never,
            of="contacts",
        )  # fmt: skip
        timeline.register(
            "consent", on_timeline.consents, plural="customers", searched=("proof",), counted=False,
            words=("Consent", "联系许可"), of_record=True, tells=("consent.",),
        )  # fmt: skip
        call_in_merges("privacy.ContactPreference", "Contact preferences", "联系偏好")
        call_in_merges("privacy.Overdue", "Proposals to erase", "超期提示")
        call_in_merges("privacy.Postponement", "Longer storage", "延期保存")
        declare_personal()
