"""The words a unit may be made of: a closed list, each word with its size, none made by prefixes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

# One line a unit: its own name, its size, the other words for it. 万 and 亿 stand in words of their own, never as prefixes: a prefix would be
# raised to the unit's power (万m² with a prefix 万 is (10⁴ m)² = 10⁸ m²). Letters count: m is no milli here, so mW and mt are no words.
DEFINITIONS = """
h = [time] = _ = hour = 小时 = 时
day = 24 * h = _ = d = 天 = 日
yr = 365 * day = _ = year = a = 年
CNY = [currency] = _ = yuan = 元
千元 = 1e3 * CNY = _ = kCNY = thousand_CNY
万元 = 1e4 * CNY = _ = ten_thousand_CNY
百万元 = 1e6 * CNY = _ = MCNY = million_CNY
千万元 = 1e7 * CNY
亿元 = 1e8 * CNY = _ = hundred_million_CNY
十亿元 = 1e9 * CNY = _ = GCNY = billion_CNY
万亿元 = 1e12 * CNY = _ = trillion_CNY
Wh = [energy]
kWh = 1e3 * Wh = _ = kilowatt_hour = 千瓦时 = 度
MWh = 1e6 * Wh = _ = 兆瓦时
万千瓦时 = 1e7 * Wh = _ = 万kWh = 万度
GWh = 1e9 * Wh = _ = 吉瓦时 = 百万千瓦时
亿千瓦时 = 1e11 * Wh = _ = 亿kWh = 亿度
TWh = 1e12 * Wh = _ = 太瓦时 = 十亿千瓦时
W = Wh / h = _ = 瓦
kW = 1e3 * W = _ = 千瓦
MW = 1e6 * W = _ = 兆瓦
万千瓦 = 1e7 * W = _ = 万kW
GW = 1e9 * W = _ = 吉瓦 = 百万千瓦
亿千瓦 = 1e11 * W = _ = 亿kW
TW = 1e12 * W = _ = 太瓦
J = Wh / 3600 = _ = 焦
kJ = 1e3 * J = _ = 千焦
MJ = 1e6 * J = _ = 兆焦
GJ = 1e9 * J = _ = 吉焦 = 百万千焦
TJ = 1e12 * J = _ = 太焦
万吉焦 = 1e13 * J = _ = 万GJ
PJ = 1e15 * J = _ = 拍焦 = 百万吉焦
亿吉焦 = 1e17 * J = _ = 亿GJ
EJ = 1e18 * J = _ = 艾焦
kcal = 4.1868 * kJ = _ = 大卡 = 千卡
万大卡 = 1e4 * kcal = _ = 万千卡 = 万kcal
Gcal = 1e6 * kcal = _ = 百万大卡 = 百万千卡 = 吉卡
亿大卡 = 1e8 * kcal = _ = 亿千卡 = 亿kcal
gce = 29.3076 * kJ = _ = 克标准煤 = 克标煤
kgce = 29.3076 * MJ = _ = 千克标准煤 = 千克标煤 = 公斤标准煤 = 公斤标煤
tce = 29.3076 * GJ = _ = 吨标准煤 = 吨标煤
ktce = 1e3 * tce = _ = 千吨标准煤 = 千吨标煤
万吨标准煤 = 1e4 * tce = _ = 万吨标煤 = 万tce = ten_thousand_tce
Mtce = 1e6 * tce = _ = 百万吨标准煤 = 百万吨标煤
亿吨标准煤 = 1e8 * tce = _ = 亿吨标煤 = 亿tce = hundred_million_tce
g = [mass] = _ = gram = 克
ug = 1e-6 * g = _ = 微克
毫克 = 1e-3 * g
kg = 1e3 * g = _ = 千克 = 公斤
t = 1e6 * g = _ = tonne = 吨
kt = 1e9 * g = _ = 千吨
万吨 = 1e10 * g = _ = 万t = ten_thousand_tonne
Mt = 1e12 * g = _ = 百万吨
亿吨 = 1e14 * g = _ = 亿t = hundred_million_tonne
Gt = 1e15 * g = _ = 十亿吨
m = [length] = _ = 米
km = 1e3 * m = _ = 公里 = 千米
万公里 = 1e7 * m = _ = 万km
亿公里 = 1e11 * m = _ = 亿km
m2 = m ** 2 = _ = 平方米
万平方米 = 1e4 * m2 = _ = 万m2
million_m2 = 1e6 * m2 = _ = Mm2 = 百万平方米
亿平方米 = 1e8 * m2 = _ = 亿m2
km2 = 1e6 * m2 = _ = 平方公里 = 平方千米
万平方公里 = 1e10 * m2 = _ = 万km2
ha = 1e4 * m2 = _ = hectare = 公顷
kha = 1e3 * ha = _ = 千公顷
万公顷 = 1e4 * ha = _ = 万ha
亩 = ha / 15 = _ = mu_area
万亩 = 1e4 * ha / 15
亿亩 = 1e8 * ha / 15
m3 = m ** 3 = _ = 立方米
L = 1e-3 * m3 = _ = litre = liter = 升
万升 = 10 * m3
万立方米 = 1e4 * m3 = _ = 万m3
ML = 1e3 * m3 = _ = 百万升
million_m3 = 1e6 * m3 = _ = Mm3 = 百万立方米
亿立方米 = 1e8 * m3 = _ = 亿m3
Gm3 = 1e9 * m3 = _ = billion_m3 = 十亿立方米
ugm3 = ug / m3 = _ = 微克每立方米
vehicle = [vehicle] = _ = 辆
kvehicle = 1e3 * vehicle = _ = thousand_vehicles = 千辆
万辆 = 1e4 * vehicle
vkm = [vehicle_distance] = _ = vehicle_kilometer = 车公里
万车公里 = 1e4 * vkm
Mvkm = 1e6 * vkm = _ = 百万车公里
亿车公里 = 1e8 * vkm
Gvkm = 1e9 * vkm = _ = 十亿车公里
tkm = [freight] = _ = tonne_kilometer = 吨公里
万吨公里 = 1e4 * tkm
亿吨公里 = 1e8 * tkm
Gtkm = 1e9 * tkm = _ = 十亿吨公里
plant_unit = [plant_unit] = _ = item = 台 = 座 = 套 = 家 = 项 = furnace = machine = generating_unit = station = plant = enterprise = audit = centre = project = park = reserve = district = river = siding = rail_line = pile
household = [household] = _ = 户
thousand_households = 1e3 * household = _ = 千户
万户 = 1e4 * household
person = [person] = _ = 人
万人 = 1e4 * person
million_persons = 1e6 * person = _ = Mperson = 百万人
percent = 0.01 = _ = percentage_point = 百分点
permille = 0.001 = _ = 千分点
"""

# What a word is called by those who write it otherwise, where the most alike of the words would be another thing.
MEANT = MappingProxyType(
    {
        "ton": "t", "tons": "t", "tonnes": "t", "kton": "kt", "ktons": "kt", "mton": "Mt", "mtons": "Mt", "mg": "毫克", "ml": "L", "mm": "m", "mm2": "m2", "mm3": "m3",
        "kwa": "kW", "rmb": "CNY", "¥": "CNY", "people": "person", "persons": "person", "households": "household", "vehicles": "vehicle", "units": "plant_unit",
        "hours": "h", "hr": "h", "days": "day", "years": "yr", "liters": "L", "litres": "L", "hectares": "ha", "mtec": "Mtce", "nm3": "m3",
        "标准立方米": "m3", "立方": "立方米", "方": "立方米", "万方": "万立方米", "亿方": "亿立方米", "平米": "平方米", "平方": "平方米", "万平米": "万平方米", "标煤": "吨标准煤", "标准煤": "吨标准煤",
    }
)  # fmt: skip


@cache
def own_names() -> Mapping[str, str]:
    """Every word with its unit's own name, in the order of the list.

    >>> own_names()["小时"], own_names()["万t"]
    ('h', '万吨')
    """
    lines = [[part.strip() for part in line.split(" = ")] for line in DEFINITIONS.strip().splitlines()]
    return MappingProxyType({word: name for name, _, *others in lines for word in (name, *others) if word != "_"})
