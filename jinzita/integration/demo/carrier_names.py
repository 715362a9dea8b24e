"""Made-up names for the carrier demo: every company here is put together from word lists."""

import numpy as np

# The company's own departments: (name, the one above it).
ROOT = "企业客户事业部（演示）"
AREAS: dict[str, tuple[str, ...]] = {
    "华北大区": ("北京", "天津", "河北"),
    "华东大区": ("上海", "江苏", "浙江"),
    "华南大区": ("广东", "深圳", "福建"),
    "西部大区": ("四川", "重庆", "陕西"),
}
CITIES: dict[str, tuple[str, ...]] = {
    "北京": ("北京",),
    "天津": ("天津",),
    "河北": ("石家庄", "唐山", "保定", "廊坊"),
    "上海": ("上海",),
    "江苏": ("南京", "苏州", "无锡", "常州", "南通"),
    "浙江": ("杭州", "宁波", "温州", "嘉兴", "绍兴"),
    "广东": ("广州", "佛山", "东莞", "中山", "珠海"),
    "深圳": ("深圳",),
    "福建": ("福州", "厦门", "泉州"),
    "四川": ("成都", "绵阳", "德阳"),
    "重庆": ("重庆",),
    "陕西": ("西安", "咸阳", "宝鸡"),
}
# How much of the business each region has, in the order of CITIES.
REGION_WEIGHTS = (14, 5, 6, 14, 11, 11, 11, 10, 5, 6, 4, 3)
TRADES: dict[str, tuple[str, ...]] = {
    "制造业": ("精密机械", "电子科技", "汽车零部件", "新材料", "智能装备", "模具", "电气设备", "仪器仪表"),
    "批发零售": ("商贸", "供应链管理", "百货", "进出口贸易", "电子商务"),
    "信息技术": ("软件", "网络科技", "信息技术", "数据服务", "云计算"),
    "金融": ("融资租赁", "投资管理", "保险经纪", "商业保理"),
    "医疗健康": ("医药", "医疗器械", "健康管理", "生物科技"),
    "教育": ("教育咨询", "职业培训", "文化传播"),
    "物流运输": ("物流", "国际货运代理", "仓储服务", "冷链运输"),
    "建筑房产": ("建筑工程", "装饰工程", "置业", "物业服务"),
    "餐饮酒店": ("餐饮管理", "酒店管理", "食品"),
    "能源环保": ("新能源", "环保科技", "节能服务", "电力工程"),
}
INDUSTRY_WEIGHTS = (24, 17, 15, 5, 7, 6, 8, 8, 6, 4)
_FIRST = "华盛恒瑞鑫嘉博远宏泰安信德诚卓越联创中天东海正茂金凯汇达启明新锐立同润丰万通广隆晟益佳顺飞腾"
_SECOND = "润达源通泽宇峰阳和景拓凌腾兴利方圆业川江成康航硕辉原迈讯捷图迪科美优朗维祥"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = ("伟", "敏", "静", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "超", "霞", "平",
          "刚", "玲", "鹏", "丹", "建国", "志强", "晓明", "海燕", "文博", "思远", "雨桐", "子轩",
          "佳宁", "俊峰", "雪梅", "立新")  # fmt: skip
FORMS = (
    ("有限公司", 62),
    ("股份有限公司", 8),
    ("有限责任公司", 18),
    ("集团有限公司", 6),
    ("科技有限公司", 6),
)

PRODUCTS = (
    ("P-LINE-100", "企业宽带 100M", "宽带接入"),
    ("P-LINE-500", "企业宽带 500M", "宽带接入"),
    ("P-LINE-1000", "企业宽带 1000M", "宽带接入"),
    ("P-MPLS", "MPLS VPN 组网", "专线"),
    ("P-SDH", "SDH 数字专线", "专线"),
    ("P-IDC", "IDC 机柜托管", "数据中心"),
    ("P-CLOUD", "云主机", "云服务"),
    ("P-SDWAN", "SD-WAN 智能组网", "云服务"),
    ("P-VOICE", "企业语音中继", "语音"),
    ("P-SMS", "行业短信", "语音"),
    ("P-SEC", "DDoS 防护", "安全"),
    ("P-PROJ", "系统集成项目", "集成"),
)


def company_names(random: np.random.Generator, regions: np.ndarray, industries: np.ndarray) -> list[str]:
    """One name for each company, no name twice: city, brand, trade, legal form."""
    forms = [form for form, _ in FORMS]
    weights = np.array([weight for _, weight in FORMS]) / sum(weight for _, weight in FORMS)
    chosen = random.choice(len(forms), len(regions), p=weights)
    names: list[str] = []
    seen: set[str] = set()
    for region, industry, form in zip(regions, industries, chosen, strict=True):
        while True:
            city = random.choice(CITIES[region])
            brand = random.choice(list(_FIRST)) + random.choice(list(_SECOND))
            trade = random.choice(TRADES[industry])
            ending = forms[form]
            if ending == "科技有限公司" and trade.endswith("科技"):
                ending = "有限公司"
            name = f"{city}{brand}{trade}{ending}"
            if name not in seen:
                break
        seen.add(name)
        names.append(name)
    return names


def person_names(random: np.random.Generator, count: int) -> list[str]:
    """Names of people who do not exist, no name twice."""
    names: dict[str, None] = {}
    while len(names) < count:
        names[random.choice(list(_SURNAMES)) + random.choice(_GIVEN)] = None
    return list(names)
