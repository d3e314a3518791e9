"""The sentence of each fault, in both languages: its place, what was found, what was expected, what to do."""

from __future__ import annotations

from typing import Literal

from model.case.faults import Fault, Place
from model.report.wording.reading_words import READING_WORDS

Language = Literal["en", "zh"]

FAULT_WORDS: dict[str, tuple[str, str]] = {
    **READING_WORDS,
    # names
    "duplicate_key": (
        "found {found} a second time, expected it once (first in {expected}); remove or rename one of the two",
        "{found}重复出现，应只出现一次（首次见{expected}）；请删去或改名其一",
    ),
    "id_clash": (
        "found the id {found}, which another table has already, expected a name of its own (other in {expected}); rename one of the two",
        "标识{found}已被另一表使用，应为唯一标识（另见{expected}）；请改名其一",
    ),
    "dangling_reference": (
        "found {found}, expected an id that stands in {expected}; correct the name or add the row there",
        "发现{found}，应为{expected}表中已有的标识；请更正名称或在该表补充一行",
    ),
    "wrong_kind": (
        "found {found}, expected a row of {expected}; refer to a row of that table",
        "发现{found}，应为{expected}表中的一行；请改为引用该表",
    ),
    # numbers
    "unknown_unit": (
        "found the unit {found}, which is not known, expected a unit such as {expected}; correct the unit",
        "发现未知单位{found}，应为可换算为{expected}的单位；请更正单位",
    ),
    "wrong_dimension": (
        "found {found}, expected a unit that converts to {expected}; correct the unit or the number",
        "发现{found}，应为可换算为{expected}的单位；请更正单位或数值",
    ),
    "hourly_unit": (
        "found {found}, expected a unit that converts to {expected}, as hours and peak load are counted in GW and TWh; correct the unit, or let it "
        "run (shaped, yearly) or be balanced by the year, without a capacity credit",
        "发现{found}，逐时运行、逐时平衡及计入峰荷者以GW和TWh计，应为可换算为{expected}的单位；请更正单位，或改为按年运行（shaped、yearly）或逐年平衡并去掉容量置信系数",
    ),
    "unlike_host": (
        "found {found}, expected a unit that converts to {expected}, that of the technology it sits on; correct the unit or the host",
        "发现{found}，改造应与所依附技术的单位{expected}可换算；请更正单位或所依附的技术",
    ),
    "low_above_value": (
        "found {found}, expected {expected} (low <= value <= high); correct low or value",
        "发现{found}，应{expected}（low <= value <= high）；请更正下限或数值",
    ),
    "value_above_high": (
        "found {found}, expected {expected} (low <= value <= high); correct high or value",
        "发现{found}，应{expected}（low <= value <= high）；请更正上限或数值",
    ),
    "range_missing": (
        "found status {found} without {expected}, expected both low and high; add {expected}",
        "状态为{found}却缺少{expected}，应同时给出low和high；请补充{expected}",
    ),
    "unknown_quantity": (
        "found {found}, expected one of {expected}; correct the name",
        "发现{found}，应为以下之一：{expected}；请更正名称",
    ),
    "year_on_constant": (
        "found {found}, expected no year, as {expected} holds for all years; leave the cell empty",
        "发现{found}，{expected}不分年份，年份应为空；请清空该单元格",
    ),
    "missing_number": (
        "found no {expected} for {found}, expected one; add a row with {expected} (in numbers.csv, for a setting in settings.csv)",
        "{found}缺少{expected}，应予给出；请补充{expected}一行（在numbers.csv中，设定则在settings.csv中）",
    ),
    "sale_not_below_purchase": (
        "found a sale price of {found}, expected {expected}; lower the sale price or raise the purchase price",
        "售价为{found}，应{expected}；请降低售价或提高购价",
    ),
    "paid_without_end": (
        "found a purchase price of {found} for what may be left over, expected {expected}, or ever more of it would be bought; correct the "
        "price, give the market a yearly_limit, or let nothing be left over (surplus)",
        "可富余品种的购价为{found}，应{expected}，否则购入量无上限；请更正价格、为该市场设定 yearly_limit，或不允许富余（surplus）",
    ),
    # years
    "year_outside": (
        "found {found}, expected a year in {expected}; add the year in case.yaml or change the row",
        "发现{found}，应为{expected}内的年份；请在case.yaml中增加该年份或修改此行",
    ),
    "mixed_years": (
        "found a row for all years beside rows for {expected}, expected one or the other; give this row a year or remove it",
        "“全部年份”的行与{expected}年的行并存，应只取其一；请为此行填写年份或删去",
    ),
    "years_reversed": (
        "found {found}, expected {expected}; correct the first or the last year",
        "发现{found}，应{expected}；请更正起始年或截止年",
    ),
    "never_counts": (
        "found {found}, expected {expected}: both count from building, so that the effect would never count; correct one of them",
        "发现{found}，应{expected}：二者均自建成之年起算，否则效果从不生效；请更正其一",
    ),
    "outlives_measure": (
        "found an effect of {found} years, expected {expected}, the lifetime of its measure, as nothing pays for it after that; shorten it or "
        "give the measure its true lifetime",
        "效果年限为{found}年，应{expected}（措施寿命），否则超出部分无人付费；请缩短效果年限或更正措施寿命",
    ),
    "year_not_modelled": (
        "found {found}, a target of one year that is not modelled, expected {expected}; date it in a modelled year, add {found} to the years "
        "of the case, or let it hold onward",
        "单一年份目标的年份{found}不是模型年份，应为{expected}；请改为模型年份、在案例年份中加入{found}，或改为持续有效（onward）",
    ),
    # targets
    "mixed_series": (
        "found {found} in a series that has {expected}, expected the same: rows of one series replace one another; give this row a series "
        "of its own",
        "同一系列中出现{found}，而该系列为{expected}，二者应一致（同系列的目标前后替代）；请为此行另设系列",
    ),
    "series_twice": (
        "found {found} a second time in its series, expected one number for a year (first in {expected}); remove one of the two or give it a "
        "series of its own",
        "同一系列中{found}年重复出现，每年应只有一个数值（首次见{expected}）；请删去其一或另设系列",
    ),
    "not_of_this_form": (
        "found {found}, expected {expected}, which is what this form means; correct the cell or choose another form",
        "发现{found}，此种目标形式应为{expected}；请更正该单元格或改用其他形式",
    ),
    "driver_not_positive": (
        "found {found}, expected {expected}, as the target is measured per unit of it; correct the driver or write the target as a level",
        "发现{found}，应{expected}（该目标按其单位量衡量）；请更正该变量，或将目标改写为绝对量（level）",
    ),
    "base_not_positive": (
        "found {found} in the base year, expected {expected}: by how much per cent an amount that is zero or negative changes means nothing; "
        "write the target as a level",
        "基年数值为{found}，应{expected}：基年为零或负时按百分比变化无意义；请将目标改写为绝对量（level）",
    ),
    # days and hours
    "missing_periods": (
        "found no hours for {found}, expected all {expected} periods; add the rows in profile_days.csv",
        "缺少{found}的逐时数据，应有全部{expected}个时段；请在profile_days.csv中补充",
    ),
    "availability_outside": (
        "found {found}, expected {expected}; write the share of capacity available in that hour",
        "发现{found}，应在{expected}之间；请填写该小时可用容量的比例",
    ),
    "shape_mean": (
        "found a mean of {found}, expected {expected}; divide every hour of the shape by its mean over the year",
        "全年均值为{found}，应为{expected}；请将各小时除以全年均值",
    ),
    "period_days": (
        "found {found} days in all, expected {expected}; correct the days of the periods",
        "天数合计{found}，应为{expected}；请更正各时段天数",
    ),
    "day_type_shares": (
        "found shares that make {found}, expected {expected}; correct the shares of this profile's day types",
        "占比合计{found}，应为{expected}；请更正该曲线各日类型的占比",
    ),
    "wrong_profile_kind": (
        "found {found}, expected a profile of kind {expected}; refer to another profile or correct its kind",
        "发现{found}，应为{expected}类曲线；请改用其他曲线或更正其类型",
    ),
    # what belongs together
    "needed_here": (
        "found nothing, expected {expected}, which this kind of row needs; add it",
        "此类行必须有{expected}，发现为空；请补充",
    ),
    "not_used_here": (
        "found a value, expected none for {found}: only {expected} use it; empty the cell or change the operation or balance",
        "发现取值，而{found}不用此列，应仅用于{expected}；请清空该单元格或更改运行（平衡）方式",
    ),
    "wrong_operation": (
        "found {found}, expected {expected}; refer to another technology or change the operation",
        "发现{found}，应为{expected}；请改用其他技术或更改运行方式",
    ),
    "wrong_direction": (
        "found {found}, expected a market of direction {expected}; correct the market or what is counted of it",
        "发现{found}，应为方向为{expected}的市场；请更正市场或核算量",
    ),
    "hourly_flow_on_yearly": (
        "found {found} on a yearly technology, expected the operation {expected}; give it operation shaped and a profile, flat if need be",
        "按年运行的技术使用了逐时平衡物{found}，应采用{expected}运行方式；请改为shaped并给出曲线（可用平直曲线）",
    ),
    "circular_prerequisites": (
        "found measures that require one another ({found}), expected no circle; remove one of the couplings",
        "发现互为前提的措施（{found}），应无循环；请删去其中一项关联约束",
    ),
    "circular_accounts": (
        "found an indicator made of itself ({found}), expected no circle; remove one of the accounts",
        "发现由自身核算的指标（{found}），应无循环；请删去其中一行核算",
    ),
    "counted_twice": (
        "found {found}, expected no row, as the column {expected} of the technology gives it already; remove the row",
        "发现{found}，技术的{expected}列已自动计入，应无此行；请删去",
    ),
    "wrong_stock": (
        "found {found}, expected standing stock of the effect's own technology: {expected}; correct the name",
        "发现{found}，应为该技术自身的现有存量：{expected}；请更正名称",
    ),
    "stock_not_told_apart": (
        "takes from stock that leaves by itself in different years ({found}), so that nobody knows when it ends; say which stock it takes "
        "from (column stock) or until when (until)",
        "所减存量的自然退役年不同（{found}），无法判断效果何时结束；请在stock列写明所减的存量，或在until列写明截止年",
    ),
    "stocks_overlap": (
        "the stocks named by measures overlap in {found} ways, expected at most {expected}; let each row name one stock, or the same ones as others",
        "各措施所列存量相互交叠的组合有{found}种，应不超过{expected}种；请让每行只写一个存量，或与其他行写同样的存量",
    ),
    "stock_has_left": (
        "found {found}, expected {expected}, when the last of its stock leaves by itself; correct the year",
        "发现{found}，应{expected}（所减存量在该年全部自然退役）；请更正年份",
    ),
    "change_of_operation": (
        "found {found}, expected an indicator made of effects, residuals and {expected} only; count the change of another indicator",
        "发现{found}，应为仅由措施效果、其余部分和{expected}构成的指标；请改用其他指标",
    ),
    "mixed_boundary": (
        "found {found}, expected {expected} as in case.yaml; use the total of that boundary or correct the tag",
        "发现{found}，应与case.yaml的{expected}一致；请改用该口径的总量或更正统计边界",
    ),
    # coverage of the plan
    "modelled_or_reason": (
        "found {found}, expected {expected}; name what models the row, or give the reason in both languages, never both",
        "发现{found}，应为{expected}；请列出对应条目，或用两种语言写明理由，二者只取其一",
    ),
    "number_gap": (
        "found number {found}, expected {expected}; number the rows of each kind from 1 without gaps",
        "发现序号{found}，应为{expected}；同类各行应从1起连续编号",
    ),
    # warnings: the case can be used as it is
    "not_modelled": (
        "worth a look: found {found} without any effect on {expected}; give it an effect, name another row or give a reason",
        "提示：{found}对{expected}均无影响；请补充其效果、改列其他条目或写明理由",
    ),
    "not_covered": (
        "worth a look: found {found}, which no row names, expected each of the {expected} in some row; name it where the plan speaks of it",
        "提示：{found}未被任何一行列出，{expected}各项应在某行列出；请补入方案相应条目",
    ),
    "sign_of_change": (
        "worth a look: found {found}, which allows the change the other way, expected a sign such as {expected}; "
        "write a fall with a minus and a rise without, or leave it if that is meant",
        "提示：发现{found}，允许反方向变化，符号似应如{expected}；下降写负号、上升写正号，若确系本意可保留",
    ),
    "free_of_charge": (
        "worth a look: found neither {expected} nor upkeep for {found}; free of charge? write it in numbers.csv, or 0 if it costs nothing",
        "提示：{found}既无{expected}也无upkeep，是否不需费用；请在numbers.csv中补充，确无费用者填0",
    ),
    "number_idle": (
        "worth a look: found {found}, which nothing uses, as that takes {expected}; remove the number or change its row",
        "提示：{found}不起作用，须有{expected}才会用到；请删去该数值或更改所属行",
    ),
    "coefficient_scale": (
        "worth a look: found {found}, expected a size of {expected}; choose a larger or smaller unit of the row",
        "提示：系数大小为{found}，应在{expected}之间；请为该行改用更大或更小的单位",
    ),
    "profile_clipped": (
        "worth a look: found hours of {found} when scaled to the yearly yield, expected {expected}; lower the yield or use a flatter profile",
        "提示：按年利用小时折算后最大值为{found}，应{expected}；请降低利用小时或采用更平缓的曲线",
    ),
}


# A worksheet has no commas to be put in quotation marks.
IN_THE_HEAD = {
    "extra_cell": (
        "found “{found}” beyond column B, expected {expected} cells, the key and its value; write a list into one cell, its parts separated "
        "by semicolons",
        "B列之后还有“{found}”，应只有{expected}个单元格（键与值）；列表请写在一个单元格内，以分号分隔",
    ),
}


def fault_sentence(fault: Fault, language: str) -> str:
    """One line that says where the fault is, what was found, what was expected and what to do.

    >>> fault_sentence(Fault("year_outside", Place("targets.csv", 7, "year"), "2036", "2021–2035", "2035"), "en")
    'targets.csv row 7, year: found 2036, expected a year in 2021–2035; add the year in case.yaml or change the row (nearest: 2035)'
    """
    in_the_head = fault.place.file.endswith("!case") and fault.code in IN_THE_HEAD
    english, chinese = (IN_THE_HEAD if in_the_head else FAULT_WORDS)[fault.code]
    place = fault.place
    words = {
        "file": place.file,
        "row": "" if place.row is None else str(place.row),
        "column": place.column or "",
        "found": fault.found,
        "expected": _as_written(fault),
        "nearest": fault.nearest,
    }
    if language == "zh":
        close = f"（最接近：{fault.nearest}）" if fault.nearest else ""
        return f"{place_words(place, language)}：{chinese.format_map(words)}{close}"
    close = f" (nearest: {fault.nearest})" if fault.nearest else ""
    return f"{place_words(place, language)}: {english.format_map(words)}{close}"


def _as_written(fault: Fault) -> str:
    # A worksheet has no brackets: a list is one cell, its parts separated by semicolons, and each variant is a row of its own.
    if fault.code != "bad_setting" or "!" not in fault.place.file:
        return fault.expected
    forms = {"variants": "variants.NAME"}
    return forms.get(fault.place.column or "", fault.expected.strip("[]").replace(", ", "; "))


def place_words(place: Place, language: str) -> str:
    """A place as a planner finds it again.

    >>> place_words(Place("case.yaml", 3, "years"), "zh")
    'case.yaml 第3行，years'
    """
    yaml = place.file.endswith((".yaml", ".yml"))
    parts = [place.file]
    if place.row is not None:
        parts.append(f"第{place.row}行" if language == "zh" else f"{'line' if yaml else 'row'} {place.row}")
    where = " ".join(parts)
    if not place.column:
        return where
    return f"{where}，{place.column}" if language == "zh" else f"{where}, {place.column}"
