"""The keys of a case's head: what each is called in a worksheet, in both languages, and what it means."""

from __future__ import annotations

from model.case.tables.columns import reach
from model.case.tables.headings import compared

VARIANTS = "variants."  # a worksheet has a row for each: variants.NAME

KEY_WORDS = {
    "id": ("id", "标识"),
    "label_en": ("name in English", "英文名称"),
    "label_zh": ("name in Chinese", "中文名称"),
    "include": ("include", "引用文件夹"),
    "base_year": ("base year", "基年"),
    "years": ("years", "模型年份"),
    "decide_from": ("decide from", "决策起始年"),
    "history": ("history", "历史推定方式"),
    "days": ("days", "典型日数"),
    "span_rule": ("span rule", "时段规则"),
    "payments": ("payments", "付款时点"),
    "price_year": ("price year", "价格基准年"),
    "boundary": ("boundary", "统计边界"),
    "variants": ("variants", "口径"),
}
HEADER_WORDS = {
    "id": ("unique name, ASCII", "唯一标识（ASCII）"),
    "label_en": ("label in English", "英文名称"),
    "label_zh": ("label in Chinese", "中文名称"),
    "include": (
        "folders beside the case, or of that name where cases are looked for, whose tables are read first; the case's own rows override",
        "先读取的文件夹：案例旁的，或案例查找处的同名文件夹；本案例同键行覆盖之",
    ),
    "base_year": (
        f"year of the facts and of what exists, of any century; no other year of the case lies further than {reach} years from it",
        f"基年（不限世纪；案例其他年份与其相距不超过{reach}年）",
    ),
    "years": (
        "modelled years, rising; each stands for the span since the one before (see `span_rule`)",
        "模型年份（递增，各代表此前至该年的时段，见 `span_rule`）",
    ),
    "decide_from": (
        "first year of free decisions; what was built before is found once, from `actuals` and as `history` says",
        "决策起始年（此前所建按`actuals`与`history`一次推定）",
    ),
    "history": (
        "what is not recorded before decisions begin: `reconstructed` (measures that may be usual as they come without targets, never more for a past target; then the others, with the least investment that meets past targets), `usual`, or `recorded_only` (nothing)",
        "决策起始前无记录部分：`reconstructed`（惯常措施按没有目标时推算，不因往年目标增加；再由其他措施以满足往年目标的最少投资补足）、`usual`（仅按惯常）或 `recorded_only`（视为无）",
    ),
    "days": ("typical days", "典型日数"),
    "span_rule": (
        "what the years between modelled years cost, and how what is built there enters: `end` as in the modelled year at the end of the span, all of it from the span's first year; "
        "`even` straight from one modelled year to the next, as much in each year, stock and targets being those of the modelled year itself; the same where each year is modelled",
        "模型年份之间各年的费用与建设投运：`end` 同时段末年、时段首年起全部投运；`even` 按相邻模型年份直线内插、各年等量投运，存量与目标为模型年份当年值；逐年建模时二者相同",
    ),
    "payments": (
        "when a year's cost is paid: at its `end` or in its `middle`; annuities of investment are the same by both",
        "年度费用付款时点：`end` 年末，`middle` 年中；投资年金不受影响",
    ),
    "price_year": ("year of the prices", "价格基准年"),
    "boundary": ("boundary tag of the totals", "统计边界"),
    "variants": ("which variant a generic indicator means", "通用指标所取口径"),
}


def key_meant(text: str) -> str:
    """The key that the text of a worksheet means, by its id or its word in any language; any other text as it is.

    >>> key_meant("基年"), key_meant("Base year"), key_meant("口径.energy_total"), key_meant("else")
    ('base_year', 'base_year', 'variants.energy_total', 'else')
    """
    start, mark, rest = text.partition(".")
    wanted = compared(start)
    named = next((key for key, words in KEY_WORDS.items() if wanted == key or wanted in map(compared, words)), start)
    return named + mark + rest.strip() if (named == "variants") == bool(mark) else text
