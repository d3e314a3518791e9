"""The units in which amounts are shown: the plan's own in Chinese, the field's in English, as the language's file has them."""

from __future__ import annotations

from model.case.units.registry import own_unit, parts_of
from model.report.words import sections, word

WHOLE = frozenset(
    {
        "vehicles", "辆", "households", "户", "targets", "项", "units", "台（套）", "台", "座", "套", "家", "家次", "个", "片", "条", "furnaces", "machines", "stations",
        "plants", "enterprises", "audits", "centres", "projects", "parks", "reserves", "districts", "rivers", "sidings", "lines", "piles",
    }
)  # fmt: skip


def display_unit(unit: str, language: str) -> tuple[str, float]:
    """The unit in which amounts are shown, and what an amount in `unit` is multiplied by; a unit without a rule is spelled as it is.

    >>> display_unit("GW", "zh")
    ('万千瓦', 100.0)
    >>> display_unit("kvehicle", "en")
    ('vehicles', 1000.0)
    >>> display_unit("万t", "en")
    ('Mt', 0.01)
    """
    known = sections(language)["shown_units"]
    if shown := known.get(unit) or known.get(own_unit(unit or "1")):
        return shown[0], shown[1]
    return spelled_unit(unit, language), 1.0


def spelled_unit(unit: str, language: str) -> str:
    """A unit of the data in the reader's words, its size unchanged.

    >>> spelled_unit("亿元/plant_unit", "en"), spelled_unit("gce/kWh", "zh")
    ('100 million CNY/unit', '克标准煤/千瓦时')
    """
    known = sections(language)["spelled_units"]
    return "".join(known.get(part) or known.get(own_unit(part), part) for part in parts_of(unit))


def amount_said(text: str, language: str) -> str:
    """An amount as a file has it, in the unit of the language; any other text as it is.

    >>> amount_said("0.5 kvehicle", "zh"), amount_said("2027", "zh")
    ('500 辆', '2027')
    """
    number, _, unit = text.partition(" ")
    try:
        value = float(number)
    except ValueError:
        return text
    shown, factor = display_unit(unit, language) if unit else ("", 1.0)
    return f"{value * factor:,.6g} {shown}" if unit else text


def shown_price(price: float, unit: str, language: str) -> tuple[float, str]:
    """A price of 亿元 per `unit` as a planner says it, with its unit: 万元 per 百分点, 元 per t CO2, 亿元 per 万千瓦.

    >>> shown_price(0.2422, "%", "zh"), shown_price(3.0, "Mt", "en")
    ((2422.0, '万元/百分点'), (300.0, 'CNY/t'))
    >>> shown_price(0.25, "t", "en")
    (25000000.0, 'CNY/t')
    """
    known = sections(language)["prices"]
    if shown := known.get(unit) or known.get(own_unit(unit)):
        return price * shown[1], shown[0]
    spelled, factor = display_unit(unit, language)
    return price / factor, word("money_per", language).format(spelled)
