"""Headings that everyday files have over the first attributes; words the company added stay."""

from django.db import migrations

HEADINGS = {
    "size": ["客户规模", "人员规模", "员工规模", "number of employees"],
    "region": ["省", "省市", "所属省份", "所在省份", "所属地区", "所在地", "state", "state/province"],
    "industry": ["客户行业", "行业类型", "行业分类", "所在行业", "industry sector"],
    "annual_sales": ["年收入", "年营收", "年营业收入", "revenue"],
    "registered_capital": ["share capital"],
}


def add(apps, schema_editor):
    definition = apps.get_model("customers", "AttributeDefinition")
    for one in definition.objects.filter(code__in=HEADINGS):
        one.synonyms = list(dict.fromkeys([*one.synonyms, *HEADINGS[one.code]]))
        one.save(update_fields=["synonyms"])


class Migration(migrations.Migration):
    dependencies = [("customers", "0036_contact_tags")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
