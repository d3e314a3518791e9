"""A clash as a workbook: targets that cannot stand together, the limits that forbid it, the ways out and what each moves."""

from __future__ import annotations

from model.case.read.case import Case
from model.report.display import tidy
from model.report.explain.clash_sentences import ClashSentences
from model.report.pages.page import Page, Report
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import said, word
from model.results.clash import Clash


def clash_report(clash: Clash, case: Case, language: str) -> Report:
    tell, title = ClashSentences(case, language), said(case.header, "label", language)
    pages = [
        Page("sheet_clash", {"clash": _members(clash, tell), "limits": _limits(clash, tell)}),
        Page("sheet_ways", {"ways": _ways(clash, tell), "moves": _moves(clash, tell)}),
    ]
    return Report(title, word("sheet_clash", language), language, pages)


def _members(clash: Clash, tell: ClashSentences) -> Table:
    rows = [
        {"clash": place, "clash_what": tell.member(member.target, member.years)}
        for place, conflict in enumerate(clash.conflicts, start=1)
        for member in conflict.members
    ]
    rows += [{"clash": "", "clash_what": tell.missing(one)} for one in clash.missing]
    return table(word("table_clash_members", tell.language), ("clash", "clash_what"), rows)


def _limits(clash: Clash, tell: ClashSentences) -> Table:
    rows = [
        {
            "clash": place,
            "clash_limit": tell.limit(limit),
            "clash_minimal": word("clash_is_needed" if conflict.minimal else "clash_is_leant_on", tell.language),
        }
        for place, conflict in enumerate(clash.conflicts, start=1)
        for limit in conflict.limits
    ]
    rows += [{"clash": "", "clash_limit": tell.limit(limit), "clash_minimal": ""} for limit in clash.limits]
    return table(word("table_clash_limits", tell.language), ("clash", "clash_limit", "clash_minimal"), rows)


def _ways(clash: Clash, tell: ClashSentences) -> Table:
    unit, factor = display_unit("亿元", tell.language)
    rows = [
        {
            "clash_way": place, "clash_gives": tell.way(way), "clash_cost": tidy(way.cost * factor),
            "clash_proven": tidy(way.bound * factor), "clash_over": tidy(way.over_usual * factor), "clash_options": " ".join(way.changes),
        }
        for place, way in enumerate(clash.ways, start=1)
    ]  # fmt: skip
    columns = ("clash_way", "clash_gives", "clash_cost", "clash_proven", "clash_over", "clash_options")
    notes = [word("clash_ways", tell.language).format(unit), word("clash_weights", tell.language)]
    return table(word("sheet_ways", tell.language), columns, rows, notes)


def _moves(clash: Clash, tell: ClashSentences) -> Table:
    rows = [{"clash_way": place, "clash_move": told} for place, way in enumerate(clash.ways, start=1) for told in tell.moves(way.moves)]
    return table(word("table_clash_moves", tell.language), ("clash_way", "clash_move"), rows)
