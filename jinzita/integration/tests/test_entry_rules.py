"""Rules of entry at the door of an import: rows that break one are bad rows, in words."""

from django.apps import apps

from jinzita.integration.services import bad_rows
from jinzita.integration.tests.desk import counts, reasons


def ruled(check: str, field: str, **values):
    return apps.get_model("quality.Rule").objects.create(
        check_type=check, field=field, active=True, words_en="Not so", words_zh="不符合规定", **values
    )


def test_rows_that_break_a_rule_are_bad_and_the_others_come_in(desk):
    form, same = ruled("format", "phone", pattern="19{10}"), ruled("unique", "email")
    one = desk.run(
        "customers",
        "key,name,phone,email\n"
        "1,One,13800138000,a@b.cn\n"
        "2,Two,123,c@b.cn\n"
        "3,Three,,A@B.cn\n"
        "4,Four,,c@b.cn\n",
    )  # fmt: skip
    assert counts(one) == (2, 0, 0, 2)
    # The fourth shares its address with a row that did not come in.
    assert reasons(one) == {3: [f"rule-{form.pk} phone"], 4: [f"rule-{same.pk} email"]}
    assert set(apps.get_model("customers.Customer").objects.values_list("name", flat=True)) == {"One", "Four"}
    assert bad_rows.wording("customers", "zh")(f"rule-{form.pk}", "phone") == "不符合规定"
    assert bad_rows.wording("customers", "zh")("rule-0", "phone") == "电话不符合录入规则"


def test_an_import_keeps_what_it_wrote_for_undo_when_rows_were_refused(desk):
    desk.run("customers", "key,name,phone\n1,One,13800138000\n2,Two,13800138001\n")
    ruled("format", "phone", pattern="19{10}")
    one = desk.run("customers", "key,name,phone\n1,Won,1\n2,Too,13800138002\n3,Three,\n")
    assert counts(one) == (1, 1, 0, 1)
    assert one.change_set is not None
    assert one.change_set.rows == 2


def test_what_was_wrong_before_may_stay_wrong(desk):
    desk.run("customers", "key,name,phone\n1,One,123\n")
    ruled("format", "phone", pattern="19{10}")
    assert counts(desk.run("customers", "key,name,phone\n1,Won,123\n")) == (0, 1, 0, 0)
    assert counts(desk.run("customers", "key,name,phone\n1,Won,12\n")) == (0, 0, 0, 1)
