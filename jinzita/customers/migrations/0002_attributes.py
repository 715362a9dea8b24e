from django.db import migrations


def _choices(*pairs):
    return [{"value": value, "en": en, "zh": zh} for value, en, zh in pairs]


SIZES = _choices(
    ("micro", "Micro (up to 9 people)", "微型（9 人以下）"),
    ("small", "Small (10–49)", "小型（10–49 人）"),
    ("medium", "Medium (50–249)", "中型（50–249 人）"),
    ("large", "Large (250–999)", "大型（250–999 人）"),
    ("giant", "Very large (1,000 and more)", "特大型（1000 人以上）"),
)
EDUCATION = _choices(
    ("primary", "Primary school", "小学"),
    ("secondary", "Secondary school", "中学"),
    ("college", "College", "大专"),
    ("bachelor", "Bachelor", "本科"),
    ("master", "Master", "硕士"),
    ("doctor", "Doctor", "博士"),
)
MARITAL = _choices(
    ("single", "Single", "未婚"),
    ("married", "Married", "已婚"),
    ("divorced", "Divorced", "离异"),
    ("widowed", "Widowed", "丧偶"),
)

# code, English, Chinese, type, unit, choices, applies to, synonyms
DEFINITIONS = (
    ("size", "Size", "企业规模", "choice", "", SIZES, "organisation", ["company size", "employees", "规模", "公司规模"]),
    ("registered_capital", "Registered capital", "注册资本", "money", "", [], "organisation", ["capital", "注册资金"]),
    ("region", "Region", "地区", "text", "", [], "", ["province", "area", "区域", "省份", "所在地区"]),
    ("industry", "Industry", "行业", "text", "", [], "organisation", ["sector", "所属行业", "行业类别"]),
    ("annual_sales", "Annual sales", "年销售额", "money", "", [], "organisation", ["turnover", "annual revenue", "年营业额"]),
    ("listed", "Listed on a stock exchange", "上市公司", "yes_no", "", [], "organisation", ["listed", "public company", "是否上市"]),
    ("age", "Age", "年龄", "number", "years", [], "person", []),
    ("education", "Education", "学历", "choice", "", EDUCATION, "person", ["degree", "教育程度"]),
    ("marital_status", "Marital status", "婚姻状况", "choice", "", MARITAL, "person", ["married", "婚姻"]),
    ("monthly_income", "Monthly income", "月收入", "money", "", [], "person", ["income", "收入"]),
    ("favourite_colour", "Favourite colour", "喜欢的颜色", "text", "", [], "person", ["favorite color", "colour", "颜色"]),
    ("has_car", "Owns a car", "有无汽车", "yes_no", "", [], "person", ["car", "汽车", "有车"]),
    ("children", "Children", "子女数", "number", "", [], "person", ["number of children", "孩子数"]),
    ("country", "Country", "国家", "text", "", [], "", ["nation", "国家或地区"]),
)


def seed(apps, schema_editor):
    definition = apps.get_model("customers", "AttributeDefinition")
    definition.objects.bulk_create(
        definition(
            code=code, label_en=en, label_zh=zh, type=kind, unit=unit, choices=choices,
            applies_to=applies_to, synonyms=synonyms, position=place * 10,
        )
        for place, (code, en, zh, kind, unit, choices, applies_to, synonyms) in enumerate(DEFINITIONS, 1)
    )


class Migration(migrations.Migration):

    dependencies = [("customers", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
