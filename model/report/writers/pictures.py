"""The charts of a page as pictures for slides, 1920 × 1080, drawn without a browser from the same descriptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from model.report.display import printable
from model.report.pages.page import Chart, Report, remarked
from model.report.tables import Table
from model.report.words import word
from model.report.writers import bullets, flow, vega
from model.results.whole_file import whole_file

wide, high, scale, edge = 960, 540, 2.0, 28  # points and what each is multiplied by
most_rows, most_names = (
    16,
    24,
)  # of a chart whose rows have a name each, with what is told beside and without: more cannot be read on a slide
FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, Segoe UI, Arial, sans-serif"
INK, SOFT, LINE, GROUND = "#1d2935", "#566371", "#e0ddd5", "#ffffff"
CONFIG: Mapping[str, Any] = {
    "background": GROUND, "font": FONT, "view": {"stroke": None}, "padding": edge,
    "title": {"anchor": "start", "fontSize": 22, "subtitleFontSize": 14, "color": INK, "subtitleColor": SOFT, "offset": 16, "font": FONT, "subtitleFont": FONT},
    "axis": {"labelColor": SOFT, "titleColor": SOFT, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE, "labelFontSize": 12, "labelLimit": 260},
    "axisX": {"grid": False}, "axisY": {"domain": False, "ticks": False},
    "legend": {"orient": "bottom", "title": None, "labelColor": INK, "labelFontSize": 12, "symbolType": "square", "labelLimit": 230, "columns": 4},
    "bar": {"stroke": GROUND, "strokeWidth": 0.75}, "area": {"stroke": GROUND, "strokeWidth": 0.75},
}  # fmt: skip


class NoFont(Exception):
    """No font of this machine has Chinese letters."""


def write_pictures(folder: Path, reports: Sequence[Report]) -> list[Path]:
    """One file for each chart and language, in the order of the page. Raises NoFont where labels would be boxes, OSError where a file cannot be written."""
    if not shows_chinese():
        raise NoFont
    folder.mkdir(exist_ok=True)
    written = []
    for report in reports:
        for place, (name, picture) in enumerate(_pictures(report), 1):
            path = folder / f"{report.language}-{place:02d}-{name}.png"
            with whole_file(path) as partial:
                partial.write_bytes(picture)
            written.append(path)
    return written


@cache
def shows_chinese() -> bool:
    """Whether two Chinese letters look unlike: without a font both are the same box, or nothing."""
    from vl_convert import svg_to_png

    frame = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" font-family="{FONT}"><text y="30" font-size="30">{{}}</text></svg>'
    )
    drawn = [svg_to_png(frame.format(letter)) for letter in "承一"]
    return bool(drawn[0] != drawn[1])


def _pictures(report: Report) -> Iterator[tuple[str, bytes]]:
    from vl_convert import svg_to_png, vegalite_to_png

    for page in report.pages:
        for chart in page.charts:
            if chart.kind == "scatter":  # it is there to be asked
                continue
            if chart.kind == "flow":
                yield chart.table, svg_to_png(_flow(chart, page.tables[chart.table]), scale=scale)
            else:
                yield chart.table, vegalite_to_png(_slide(chart, page.tables, report.language), scale=scale, config=dict(CONFIG))


def _slide(chart: Chart, tables: Mapping[str, Table], language: str) -> dict[str, Any]:
    """A chart with its title and unit, as large as a slide."""
    if chart.kind == "bullets":
        spec = bullets.picture(bullets.bullets(chart, tables[chart.table], language)[:most_rows])
    else:
        chart = remarked(_shortened(chart, language), tables[chart.table], language)
        spec = vega.specification(chart, tables, language)
    told = {"text": printable(chart.title), "subtitle": [printable(line) for line in (vega.unit_of(chart), chart.remark) if line]}
    return {**spec, "title": told, "width": wide, "height": high, "autosize": {"type": "fit", "contains": "padding"}}


def _shortened(chart: Chart, language: str) -> Chart:
    """As many rows as can be read on a slide."""
    if chart.kind == "matrix":
        remark = word("remark_rows", language).format(most_names, len(chart.series)) if len(chart.series) > most_names else chart.remark
        return replace(chart, series=chart.series[:most_names], remark=remark)
    if chart.kind == "spans":
        return replace(
            chart,
            series=[replace(one, marked=frozenset(at for at in one.marked if at < most_names)) for one in chart.series],
            rows=chart.rows and (0, min(chart.rows[1], most_names - 1)),
        )
    return chart


def _flow(chart: Chart, table: Table) -> str:
    """The flow of the last year as a drawing."""
    picture = flow.pictures(chart, table)[-1]
    room = min((wide - 2 * edge) / picture.width, (high - 90) / picture.height)
    bands = [
        f'<path d="{one.path}" fill="none" stroke="{one.colour}" stroke-width="{one.thick}" stroke-opacity="0.42"/>'
        for one in picture.bands
    ]
    places = [
        f'<rect x="{one.x}" y="{one.y}" width="{flow.node_width}" height="{one.height}" fill="{one.colour}"/>'
        f'<text x="{one.x + 17}" y="{one.y + one.height / 2 + 4}" font-size="13" fill="{INK}">{escape(one.short)} {one.amount if one.told else ""}</text>'
        for one in picture.places
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" font-family="{escape(FONT)}"><rect width="{wide}" height="{high}" fill="{GROUND}"/>'
        f'<text x="{edge}" y="44" font-size="22" font-weight="bold" fill="{INK}">{escape(printable(chart.title))} {escape(picture.year)}</text>'
        f'<text x="{edge}" y="66" font-size="14" fill="{SOFT}">{escape(printable(chart.y))}</text>'
        f'<g transform="translate({edge},80) scale({room:.4f})">{"".join(bands + places)}</g></svg>'
    )
