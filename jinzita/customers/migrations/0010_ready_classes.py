"""Ready dimensions: industries (sections of GB/T 4754), regions (GB/T 2260), state of cooperation, contact cycle."""

from django.db import migrations

INDUSTRIES = """
A|Agriculture, forestry, animal husbandry and fishery|农、林、牧、渔业
B|Mining|采矿业
C|Manufacturing|制造业
D|Electricity, heat, gas and water supply|电力、热力、燃气及水生产和供应业
E|Construction|建筑业
F|Wholesale and retail trade|批发和零售业
G|Transport, storage and post|交通运输、仓储和邮政业
H|Accommodation and catering|住宿和餐饮业
I|Information transmission, software and information technology|信息传输、软件和信息技术服务业
J|Finance|金融业
K|Real estate|房地产业
L|Leasing and business services|租赁和商务服务业
M|Scientific research and technical services|科学研究和技术服务业
N|Water conservancy, environment and public facilities|水利、环境和公共设施管理业
O|Resident services, repair and other services|居民服务、修理和其他服务业
P|Education|教育
Q|Health and social work|卫生和社会工作
R|Culture, sports and entertainment|文化、体育和娱乐业
S|Public administration, social security and social organisations|公共管理、社会保障和社会组织
T|International organisations|国际组织
"""
REGIONS = """
11|Beijing|北京市
12|Tianjin|天津市
13|Hebei|河北省
14|Shanxi|山西省
15|Inner Mongolia|内蒙古自治区
21|Liaoning|辽宁省
22|Jilin|吉林省
23|Heilongjiang|黑龙江省
31|Shanghai|上海市
32|Jiangsu|江苏省
33|Zhejiang|浙江省
34|Anhui|安徽省
35|Fujian|福建省
36|Jiangxi|江西省
37|Shandong|山东省
41|Henan|河南省
42|Hubei|湖北省
43|Hunan|湖南省
44|Guangdong|广东省
45|Guangxi|广西壮族自治区
46|Hainan|海南省
50|Chongqing|重庆市
51|Sichuan|四川省
52|Guizhou|贵州省
53|Yunnan|云南省
54|Tibet|西藏自治区
61|Shaanxi|陕西省
62|Gansu|甘肃省
63|Qinghai|青海省
64|Ningxia|宁夏回族自治区
65|Xinjiang|新疆维吾尔自治区
71|Taiwan|台湾省
81|Hong Kong|香港特别行政区
82|Macao|澳门特别行政区
"""
COOPERATION = """
not_yet|Not yet|未合作
negotiating|Negotiating|洽谈中
cooperating|Cooperating|合作中
paused|Paused|暂停合作
ended|Ended|终止合作
"""
CONTACT_CYCLE = """
weekly|Every week|每周
fortnightly|Every two weeks|每两周
monthly|Every month|每月
quarterly|Every quarter|每季度
half_yearly|Every half year|每半年
yearly|Every year|每年
"""
DIMENSIONS = (
    ("industry", "Industry", "行业分类", "tree", "organisation", INDUSTRIES),
    ("region", "Region", "地区分类", "tree", "", REGIONS),
    ("cooperation", "State of cooperation", "合作状态", "list", "", COOPERATION),
    ("contact_cycle", "Contact cycle", "联络周期", "list", "", CONTACT_CYCLE),
)
NUMERIC = ("registered_capital", "annual_sales", "age", "monthly_income", "children")


def seed(apps, schema_editor):
    definition = apps.get_model("customers", "AttributeDefinition")
    definition.objects.filter(code__in=("region", "industry")).update(listed=True)
    definition.objects.filter(code__in=NUMERIC).update(index_state="ready")
    dimension = apps.get_model("customers", "Dimension")
    category = apps.get_model("customers", "Category")
    for place, (code, en, zh, form, applies_to, text) in enumerate(DIMENSIONS, 1):
        made = dimension.objects.create(
            code=code, label_en=en, label_zh=zh, form=form, applies_to=applies_to, position=place * 10
        )
        for position, line in enumerate(text.strip().splitlines(), 1):
            own, label_en, label_zh = line.split("|")
            one = category.objects.create(
                dimension=made, code=own, label_en=label_en, label_zh=label_zh, position=position
            )
            one.path = f"/{one.pk}/"
            one.save()


def index(code):
    name, kept = f"customer_attribute_{code}", f"(attributes -> '{code}')"
    made = f"CREATE INDEX {name} ON customers_customer ({kept}%s) WHERE {kept} IS NOT NULL"
    return migrations.RunSQL(
        [f"DROP INDEX IF EXISTS {name}", made % ", id"], [f"DROP INDEX {name}", made % ""]
    )


class Migration(migrations.Migration):

    dependencies = [("customers", "0009_attributes_and_classes")]

    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        # Equal values are paged through by id.
        *(index(code) for code in NUMERIC),
    ]
