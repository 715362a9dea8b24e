from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "jinzita.customers"
    label = "customers"

    def ready(self) -> None:
        from jinzita.customers.facts import register_facts
        from jinzita.customers.notices import declare_notices
        from jinzita.customers.personal import declare_personal
        from jinzita.customers.selectors import changes_on_timeline as changes
        from jinzita.customers.selectors import formulas_kept_back, members, names, timeline
        from jinzita.customers.selectors import record_on_timeline as record
        from jinzita.customers.services import contacts
        from jinzita.customers.services.announcing import follow_undo
        from jinzita.customers.services.loading import found_anew
        from jinzita.customers.services.merging.declaring import declare_merging
        from jinzita.customers.services.taking_back import guard_undo
        from jinzita.kernel import audit, undo
        from jinzita.people.selectors import following, joined

        register_facts()
        joined.register(members.joined_ids)
        following.register(formulas_kept_back.results_kept_back)
        audit.register_names("customer", names.customers_named)
        audit.register_names("contact", names.contacts_named)
        for kind, source in (("change", changes.lines), ("bulk_change", changes.rows)):
            timeline.register(
                kind, source, plural="customers", counted=False, finish=changes.readable, of_record=True
            )
        for kind, source in (("ownership", record.owners), ("ownership_end", record.falls)):
            timeline.register(
                kind, source, plural="customers", searched=("note",), counted=False,
                words=("Owner", "负责人变更"), of_record=True, tells=("owner_id", "department_id"),
            )  # fmt: skip
        timeline.register(
            "stage", record.stages, plural="customers", searched=("reason",), counted=False,
            finish=record.without_stages, words=("Stage of life", "生命周期"), of_record=True,
            tells=("stage", "stage_reason"),
        )  # fmt: skip
        follow_undo()
        guard_undo()
        found_anew.follow_undo()
        contacts.follow_undo()
        declare_merging()
        undo.along("customers.Ownership")
        declare_personal()
        declare_notices()
