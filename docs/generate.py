"""Writes docs/formulation.md from the docs of the model's own components, docs/data.md from the tables' own models, docs/commands.md from their help."""

from __future__ import annotations

from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import click
import pyomo.environ as pyo

import cli
from model.case.parameters import parameters, plan_scope
from model.case.read.canonical import UNIT_RULES
from model.case.read.case import read_case
from model.case.read.header import Header
from model.case.read.overlays import SETTINGS as SETTINGS_OF_OVERLAYS
from model.case.tables.columns import IDENTIFIER, STATUSES, Quantified, Row, reach
from model.case.tables.forms import FORMS
from model.case.tables.hours import HOURS
from model.case.tables.quantities import QUANTITIES, SETTINGS, Quantity
from model.case.tables.rows import REQUIRED, RUNNING, TABLES
from model.commands.help import help_text
from model.maths.build import build
from model.report.words import languages

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Formulation

Generated from the components' own docs by `make docs`; each file of `model/maths/` is one family of equations.
Index letters: `i` indicator, `t` target or market, `k` measure, `g` technology, `c` commodity, `p` payer, `y` year, `v` build year, `d` day, `h` hour, `b` block of days, `n` place in the calendar.
Money is in 亿元 (100 million CNY), real, discounted to the base year; power in GW, energy in TWh, fuels in Mtce or their own unit.
"""
KINDS = (
    (pyo.Set, "Sets"),
    (pyo.Param, "Parameters"),
    (pyo.Var, "Variables"),
    (pyo.Constraint, "Constraints"),
    (pyo.Objective, "Objective"),
)


COMMANDS_HEAD = """# Commands 命令

Generated from the commands' own help by `make docs`.
"""
help_columns = 100


def commands() -> str:
    """The help of every command, in every language."""
    blocks = [COMMANDS_HEAD]
    for name, command in cli.main.commands.items():
        blocks.append(f"## measures {name}\n")
        for language in languages():
            of_all = click.Context(cli.main, info_name="measures", obj=language, **cli.main.context_settings)
            context = click.Context(command, parent=of_all, info_name=name)
            blocks.append(f"```\n{help_text(command, context, help_columns)}```\n")
    return "\n".join(blocks)


def formulation() -> str:
    """The model written out, one line for each component."""
    case = read_case(ROOT / "data" / "toy")
    m = build(parameters(case, plan_scope(case)))
    parts = [HEAD]
    for kind, title in KINDS:
        rows = [f"| `{part.local_name}` | {_cell(part.doc)} |" for part in m.component_objects(kind) if part.doc]
        parts.append(
            "\n".join(
                [
                    f"## {title}\n",
                    "| name | meaning |" if kind in (pyo.Set, pyo.Param, pyo.Var) else "| name | formula |",
                    "|---|---|",
                    *rows,
                ]
            )
            + "\n"
        )
    return "\n".join(parts)


DATA_HEAD = f"""# The tables of a case

Generated from the row models by `make docs`. From the toy to a case of one's own: [own-case.md](own-case.md).
本文由数据表模型自动生成；如何由示例建立自己的案例见 [own-case.md](own-case.md)。

A case is `case.yaml` and CSV tables beside it (UTF-8, or GBK as a Chinese Excel saves them), or one workbook with the same names as sheets.
A table may be split over files: `measures.csv`, `measures-power.csv`. Ids match `{IDENTIFIER}` and are unique across tables. Cells that hold several
names separate them by `;` (or `；`, `，`, `、`). Every number has `value, unit, low, high, status, source`; status is one of {", ".join(STATUSES)};
an estimate or illustration needs `low ≤ value ≤ high`. Any unit of the right dimension will do (万千瓦, 亿千瓦时, 万吨标准煤, 亩 …): it is converted.
An overlay, `overlays/NAME/`, has the same tables with the same columns, and in its `case.yaml` only {", ".join(f"`{name}`" for name in SETTINGS_OF_OVERLAYS)}; `--with NAME` lays it over the case, row by row.
叠加层 `overlays/NAME/` 的表与列相同，其 `case.yaml` 仅限 {"、".join(f"`{name}`" for name in SETTINGS_OF_OVERLAYS)}；用 `--with NAME` 逐行叠加到案例之上。
"""


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
        "what is not recorded before decisions begin: `reconstructed` (as usual, then with the least investment that meets past targets), `usual`, or `recorded_only` (nothing)",
        "决策起始前无记录部分：`reconstructed`（先按惯常，再以满足往年目标的最少投资补足）、`usual`（仅按惯常）或 `recorded_only`（视为无）",
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


def data() -> str:
    """Every table with its columns, unit rule and meaning, then the quantities and settings, in both languages."""
    parts = [DATA_HEAD, _numbers(), _header(), *(_table(name, model) for name, model in TABLES.items()), _quantities(), _settings()]
    return "\n".join(parts)


def _numbers() -> str:
    rows = [
        f"| `{name}` | {field.description} | {(field.json_schema_extra or {})['zh']} |"  # type: ignore[index,call-overload]
        for name, field in Quantified.model_fields.items()
    ]
    return "\n".join(["## What every number says 每个数的说明\n", "| column | meaning | 含义 |", "|---|---|---|", *rows]) + "\n"


def _header() -> str:
    rows = [
        f"| `{name}` | {HEADER_WORDS[name][0]} | {HEADER_WORDS[name][1]} | {_kind(field.annotation)} | {_need(field)} |"
        for name, field in Header.model_fields.items()
    ]
    return "\n".join(["## `case.yaml`\n", "| key | meaning | 含义 | form | if left out |", "|---|---|---|---|---|", *rows]) + "\n"


def _table(name: str, model: type[Row]) -> str:
    en, zh = model.labels
    needed = (
        "; no case can do without it 必备"
        if name in REQUIRED
        else "; needed as soon as anything runs 有技术运行时必备"
        if name in RUNNING
        else ""
    )
    lines = [f"## `{name}`: {en} {zh}\n", f"One row for each {', '.join(f'`{key}`' for key in model.key)}{needed}.\n"]
    if _own_doc(model):
        lines.append(_cell(_own_doc(model)) + "\n")
    if issubclass(model, Quantified):
        rule_en, rule_zh = UNIT_RULES[name]
        lines.append(f"Unit: {rule_en}. 单位：{rule_zh}。\n")
    shared = set(Quantified.model_fields) if issubclass(model, Quantified) else set()
    rows = []
    for column, field in model.model_fields.items():
        if column in shared or column in HOURS[1:]:
            continue
        shown = "`h0` … `h23`" if column == HOURS[0] else f"`{column}`"
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        rows.append(f"| {shown} | {_cell(str(field.description))} | {_cell(str(extra['zh']))} | {_form(field, extra)} | {_need(field)} |")
    if name == "targets":
        rows += [
            "",
            "| form of target | what it measures | 含义 |",
            "|---|---|---|",
            *(f"| `{key}` | {form.en} | {form.zh} |" for key, form in FORMS.items()),
        ]
    return "\n".join([*lines, "| column | meaning | 含义 | form | if left out |", "|---|---|---|---|---|", *rows]) + "\n"


def _own_doc(model: type[Row]) -> str:
    return str(vars(model).get("__doc__") or "")


def _form(field: Any, extra: dict[str, Any]) -> str:
    refers = extra.get("refers")
    several = "tuple" in str(field.annotation)
    if refers:
        where = "any table" if refers == "any" else " or ".join(f"`{table}`" for table in str(refers).split("|"))
        return f"{'ids' if several else 'id'} of {where}"
    return _kind(field.annotation)


def _kind(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{choice}`" for choice in get_args(annotation))
    if get_origin(annotation) in (Union, UnionType):
        return _kind(next(part for part in get_args(annotation) if part is not type(None)))
    plain = {bool: "yes/no", int: "whole number", float: "number", str: "text"}
    if annotation in plain:
        return plain[annotation]
    kinds = {"list": "list", "dict": "names and values", "tuple": "texts, separated by ;"}
    return kinds.get(getattr(get_origin(annotation), "__name__", ""), "text")


def _need(field: Any) -> str:
    if field.is_required():
        return "needed"
    default = field.get_default(call_default_factory=True)
    if isinstance(default, bool):
        return "yes" if default else "no"
    return "-" if default in (None, (), [], {}, "") else str(default)


def _quantities() -> str:
    lines = ["## Quantities told in `numbers` 数值表中的量\n", "Words in braces are columns of the row the number belongs to.\n"]
    for table, quantities in QUANTITIES.items():
        lines += [f"### of `{table}` {TABLES[table].labels[1]}\n", *_quantity_rows(quantities), ""]
    return "\n".join(lines)


def _settings() -> str:
    return "\n".join(["## Settings 设定\n", *_quantity_rows(SETTINGS)]) + "\n"


def _quantity_rows(quantities: dict[str, Quantity]) -> list[str]:
    fills = {"linear": "straight between years", "exact": "that year only", "onward": "from that year on", "constant": "no year"}
    rows = [
        f"| `{name}` | {_cell(known.unit)} | {_cell(known.en)} | {_cell(known.zh)} | {fills[known.fill]} | {_bounds(known)} | {_default(known)} |"
        for name, known in quantities.items()
    ]
    return ["| name | unit | meaning | 含义 | over the years | bounds | if left out |", "|---|---|---|---|---|---|---|", *rows]


def _bounds(known: Quantity) -> str:
    least, most = ("" if end is None else f"{end:g}" for end in (known.least, known.most))
    if known.above is not None:
        return f"> {known.above:g}, <= {most}" if most else f"> {known.above:g}"
    return f"{least}…{most}" if least or most else "-"


def _default(known: Quantity) -> str:
    if known.default is None:
        return "-"
    return "no limit" if known.default >= 1e30 else f"{known.default:g}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    (ROOT / "docs" / "formulation.md").write_text(formulation(), encoding="utf-8")
    (ROOT / "docs" / "data.md").write_text(data(), encoding="utf-8")
    (ROOT / "docs" / "commands.md").write_text(commands(), encoding="utf-8")
