"""The solved toy and what a report shows of it."""

from __future__ import annotations

from pathlib import Path

import xarray as xr
from calling import TOY

from model.case.read.case import read_case
from model.report.pages.page import Report
from model.report.pages.plan import plan_report
from model.report.writers.workbook import write_workbook
from model.study.plan.solve import SolvedCase

LANGUAGES = ("en", "zh")
SHEETS = {
    "en": ["On one page", "Summary", "Charts", "Build schedule", "Tasks of the plan", "Targets of the plan", "Headline", "By bureau", "Retirements", "Capacity", "Investment", "Targets", "Indicators", "Typical day", "Energy balance", "Sectors", "Coverage", "How sure the numbers are", "Assumptions", "Run", "About"],
    "zh": ["一页总览", "摘要", "图表", "建设时序", "任务措施", "指标目标", "主要结论", "分部门时序", "退役清单", "装机与产能", "投资", "目标完成情况", "主要指标", "典型日", "能源与物料平衡", "分领域", "方案覆盖", "数据可靠程度", "参数与来源", "运行", "计算说明"],
}  # fmt: skip


def book(toy: SolvedCase, folder: Path, language: str, results: xr.Dataset | None = None) -> Path:
    path = folder / f"{language}.xlsx"
    write_workbook(path, report_of(toy, language, results))
    return path


def report_of(toy: SolvedCase, language: str, results: xr.Dataset | None = None) -> Report:
    found = toy.results if results is None else results
    return plan_report(found, hours=toy.hours, manifest=toy.manifest, case=read_case(TOY), language=language)
