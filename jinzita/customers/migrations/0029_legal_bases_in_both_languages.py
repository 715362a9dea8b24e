from django.db import migrations

# What was made ready in Chinese alone, and the same in English.
BASES = [
    (
        "履行与客户之间的服务关系（《个人信息保护法》第十三条第二项；GDPR 第 6 条第 1 款 b 项）",
        "Needed to serve the customer under contract (PIPL Art. 13(2); GDPR Art. 6(1)(b))",
    ),
    (
        "订立、履行合同所必需（《个人信息保护法》第十三条第二项；GDPR 第 6 条第 1 款 b 项）",
        "Needed to conclude or perform a contract (PIPL Art. 13(2); GDPR Art. 6(1)(b))",
    ),
    (
        "取得个人的同意（《个人信息保护法》第十三条第一项；GDPR 第 6 条第 1 款 a 项）",
        "The person's consent (PIPL Art. 13(1); GDPR Art. 6(1)(a))",
    ),
]


def add_english(apps, schema_editor):
    purpose = apps.get_model("customers", "ConsentPurpose")
    for chinese, english in BASES:
        purpose.objects.filter(legal_basis=chinese).update(legal_basis=f"{chinese} / {english}")


def take_english_away(apps, schema_editor):
    purpose = apps.get_model("customers", "ConsentPurpose")
    for chinese, english in BASES:
        purpose.objects.filter(legal_basis=f"{chinese} / {english}").update(legal_basis=chinese)


class Migration(migrations.Migration):
    dependencies = [("customers", "0028_contacts_apart")]

    operations = [migrations.RunPython(add_english, take_english_away)]
