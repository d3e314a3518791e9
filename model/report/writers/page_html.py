"""Reports as one page for a browser: both languages in one file that opens without a network, from the same tables and charts as the workbook."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from model.report.display import printable
from model.report.pages.page import Chart, Page, Report, remarked
from model.report.tables import Table
from model.report.words import word
from model.report.writers import bullets, flow, page_tables, vega
from model.report.writers.vega_bundle import vega_script
from model.results.whole_file import whole_file

SCRIPTS = ("tables.js", "names.js", "charts.js", "page.js", "explorer.js")  # one after the other, in a room of their own
FOLDER = Path(__file__).parent.parent / "browser"
# What the page itself says, in the template and in its script.
WORDS = (
    "language_name", "stamp_internal", "stamp_public", "contents", "year_slider", "required", "show_table", "hide_table", "save_csv", "save_svg",
    "save_png", "theme_button", "print_button", "search_table", "rows_shown", "show_all_rows", "sort_column", "no_script",
    "explorer_across", "explorer_up", "swipe_sideways", "columns_shown", "show_all_columns",
)  # fmt: skip
# Nothing is fetched, nothing is sent, and no script runs but the two that we wrote into the page; Vega makes functions of its formulas.
POLICY = (
    "default-src 'none'; script-src {} 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
)


def write_page(path: Path, reports: Sequence[Report], *, public: bool = False) -> None:
    """Whole or not at all; one that is there already is replaced. The first language is the one that is shown. Raises OSError where it cannot be written."""
    text = page_text(reports, public=public)
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as partial:
        partial.write_text(text, encoding="utf-8", errors="replace", newline="\n")


def page_text(reports: Sequence[Report], *, public: bool = False) -> str:
    """The page: texts are escaped by the template, what scripts read by its filter for JSON."""
    from markupsafe import Markup

    made = [_Edition(report) for report in reports]
    scripts = {"library": vega_script(), "script": _script()}
    return _template().render(
        editions=[one.shown() for one in made], public=public, style=Markup(_part("page.css")), policy=POLICY.format(" ".join(map(_sealed, scripts.values()))),
        data=_json({one.report.language: one.data() for one in made}), **{name: Markup(text) for name, text in scripts.items()},
    )  # fmt: skip


class _Edition:
    """A report in one language while it is laid out: its charts in the order in which they stand."""

    def __init__(self, report: Report) -> None:
        self.report, self.words = report, {name: word(name, report.language) for name in WORDS}
        self._charts, self._goals = list[Any](), set[str]()
        self._sections = [self._section(page) for page in report.pages]

    def shown(self) -> dict[str, Any]:
        """What the template asks for."""
        return {
            "language": self.report.language,
            "tag": word("language_tag", self.report.language),
            "report": self.report,
            "words": self.words,
            "sections": self._sections,
        }

    def data(self) -> dict[str, Any]:
        """What scripts ask for."""
        tables = {
            name: page_tables.table_record(name, part, self.report.language, dash_zero=page.dash_zero)
            for page in self.report.pages
            for name, part in page.tables.items()
        }
        return {"charts": self._charts, "tables": tables, "words": self.words}

    def _section(self, page: Page) -> dict[str, Any]:
        parts = [self._part(chart, page.tables) for chart in page.charts]
        drawn = {chart.table for chart in page.charts if chart.kind != "scatter"}
        return {
            "name": printable(page.name or word(page.key, self.report.language)),
            "parts": parts,
            "told": [name for name in page.tables if name not in drawn],
        }

    def _part(self, chart: Chart, tables: Mapping[str, Table]) -> dict[str, Any]:
        """A chart as the template draws it, or with the place of its specification."""
        if chart.table in tables:
            chart = remarked(chart, tables[chart.table], self.report.language)
        part = {
            "kind": chart.kind, "title": printable(chart.title), "unit": printable(vega.unit_of(chart)), "table": chart.table, "place": len(self._charts), "picture": True,
            "remark": printable(chart.remark), "goal": self._goal(chart.table),
        }  # fmt: skip
        if chart.kind == "flow":
            made = flow.pictures(chart, tables[chart.table])
            self._charts.append(None)
            return part | {"pictures": made, "first": len(made) - 1}
        if chart.kind == "bullets":
            rows = bullets.bullets(chart, tables[chart.table], self.report.language)
            self._charts.append(bullets.picture(rows) | vega.told_aloud(chart))
            return part | {"rows": rows}
        if chart.kind == "scatter":
            self._charts.append(vega.specification(chart, self.report.tables, self.report.language))
            return part | self._choices(chart)
        self._charts.append(vega.specification(chart, tables, self.report.language))
        return part

    def _goal(self, name: str) -> str:
        """What leads to a table: the first chart of it."""
        first = name not in self._goals
        self._goals.add(name)
        return f"{self.report.language}-table-{name}" if first else ""

    def _choices(self, chart: Chart) -> dict[str, Any]:
        """The columns that a reader may set against each other: (where it stands, what it is called, whether it is the one across, or up, at first)."""
        choices = []
        for name, columns in chart.explored.items():
            heads, series = page_tables.shown_columns(self.report.tables[name]), chart.series[0]
            choices += [
                (
                    f"{name}|{heads.index(one)}",
                    printable(said),
                    (name, one) == (chart.table, chart.along),
                    (name, one) == (series.table or chart.table, series.column),
                )
                for one, said in columns.items()
                if one in heads
            ]
        return {"choices": choices, "rows_of": chart.table, "table": f"explored-{chart.table}", "marked": sorted(chart.series[0].marked)}


@cache
def _part(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    return '"use strict";\n(() => {\n' + "\n".join(map(_part, SCRIPTS)) + "})();\n"


@cache
def _sealed(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader

    room = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_clean)
    return room.get_template("page.html.j2")


def _clean(value: Any) -> Any:
    """A text of the data without letters that steer a terminal; what is marked as ours stays as it is."""
    return printable(value) if type(value) is str else value


def _json(content: Any) -> Any:
    """JSON in which nothing can end the element it stands in."""
    from jinja2.utils import htmlsafe_json_dumps

    return htmlsafe_json_dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
