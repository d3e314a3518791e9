"""Where the bands of a flow lie: places in layers from sources to uses, the same in every year, each as high as what goes through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from model.report.cell_places import places_of
from model.report.display import printable, shown
from model.report.layout import clipped
from model.report.pages.page import Chart
from model.report.tables import Table

wide, node_width, gap, least_height, row_height, margin = 960.0, 12.0, 14.0, 420.0, 32.0, 10.0
room_right, told_from = 235.0, 15.0  # for the names of the last layer; the height from which on an amount has room beside its name
grey, sweeps, longest_name, shortest_name = "#8A94A0", 6, 30, 10
before_name, letter, line = 17.0, 6.8, 8.0  # what lies between a node and its name, how wide a narrow letter is, half the height of a name


@dataclass(frozen=True)
class Place:
    """A node as it is drawn: its name whole and as long as there is room for, and whether there is room for its amount beside."""

    name: str
    short: str
    x: float
    y: float
    height: float
    colour: str
    amount: str
    told: bool


@dataclass(frozen=True)
class Band:
    """A flow as it is drawn: the path of its middle and how thick it is."""

    path: str
    thick: float
    colour: str
    said: str


@dataclass(frozen=True)
class Picture:
    """The flow of one year in a frame of `width` × `height`."""

    year: str
    width: float
    height: float
    places: Sequence[Place]
    bands: Sequence[Band]


@dataclass(frozen=True)
class _Layout:
    layers: Sequence[Sequence[str]]
    layer_of: Mapping[str, int]
    scale: float
    height: float


def pictures(chart: Chart, table: Table) -> list[Picture]:
    """One for each year of the chart, all on one scale."""
    rows = table.frame.to_dict("records")
    links = [(row["flow_from"], row["flow_to"]) for row in rows]
    weights = [sum(row[year] for year in chart.along) for row in rows]
    layer_of = _layers(links)
    layers = _ordered(links, weights, layer_of)
    most, tallest = 0.0, 0.0
    height = max(least_height, row_height * max(map(len, layers)))
    for year in chart.along:
        size = _sizes(rows, year)
        most = max(most, *(sum(size.get(name, 0.0) for name in layer) for layer in layers))
        tallest = max(tallest, height - 2 * margin - gap * (max(map(len, layers)) - 1))
    layout = _Layout(layers, layer_of, tallest / most if most else 0.0, height)
    colours = {series.name: series.colour for series in chart.series}
    return [_picture(rows, year, layout, colours, table, chart.y) for year in chart.along]


def _sizes(rows: Sequence[Mapping[Any, Any]], year: Any) -> dict[str, float]:
    """{node: what goes through it, the larger of in and out}."""
    given, taken = dict[str, float](), dict[str, float]()
    for row in rows:
        given[row["flow_from"]] = given.get(row["flow_from"], 0.0) + row[year]
        taken[row["flow_to"]] = taken.get(row["flow_to"], 0.0) + row[year]
    return {name: max(given.get(name, 0.0), taken.get(name, 0.0)) for name in (*given, *taken)}


def _layers(links: Sequence[tuple[str, str]]) -> dict[str, int]:
    """{node: its layer}: after all that it comes from, what closes a circle left out; what nothing leaves stands last."""
    after, layer = dict[str, list[str]](), dict[str, int]()
    for start, end in links:
        after.setdefault(start, []).append(end)
        after.setdefault(end, [])
    entered, kept = set[str](), list[tuple[str, str]]()
    onward, order = set[str](), list[str]()

    def visit(node: str) -> None:
        entered.add(node)
        onward.add(node)
        for end in after[node]:
            if end not in onward:
                kept.append((node, end))
                if end not in entered:
                    visit(end)
        onward.discard(node)
        order.append(node)

    comes = {end for _, end in links}
    for node in sorted(after, key=lambda name: name in comes):
        if node not in entered:
            visit(node)
    for node in reversed(order):
        layer.setdefault(node, 0)
        for start, end in kept:
            if start == node:
                layer[end] = max(layer.get(end, 0), layer[node] + 1)
    last = max(layer.values(), default=0)
    return {node: last if not after[node] else at for node, at in layer.items()}


def _ordered(links: Sequence[tuple[str, str]], weights: Sequence[float], layer_of: Mapping[str, int]) -> list[list[str]]:
    """Nodes of each layer so that bands cross little: each moves to the middle of its neighbours, in turn from both sides."""
    layers = [[name for name, at in layer_of.items() if at == layer] for layer in range(max(layer_of.values(), default=0) + 1)]
    size = dict[str, float]()
    for (start, end), weight in zip(links, weights, strict=True):
        size[start], size[end] = size.get(start, 0.0) + weight, size.get(end, 0.0) + weight
    layers = [sorted(layer, key=lambda name: -size[name]) for layer in layers]
    for sweep in range(sweeps):
        place = {name: (at + 0.5) / len(layer) for layer in layers for at, name in enumerate(layer)}
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            middle = {name: _middle(name, links, weights, place) for name in layer}
            layer.sort(key=lambda name: middle[name])
            place |= {name: (at + 0.5) / len(layer) for at, name in enumerate(layer)}
    return layers


def _middle(name: str, links: Sequence[tuple[str, str]], weights: Sequence[float], place: Mapping[str, float]) -> float:
    near = [
        (place[end if start == name else start], weight)
        for (start, end), weight in zip(links, weights, strict=True)
        if name in (start, end)
    ]
    whole = sum(weight for _, weight in near)
    return sum(at * weight for at, weight in near) / whole if whole else place[name]


def _picture(
    rows: Sequence[Mapping[Any, Any]], year: Any, layout: _Layout, colours: Mapping[str, str], table: Table, unit: str
) -> Picture:  # fmt: skip
    size, x, y = _sizes(rows, year), dict[str, float](), dict[str, float]()
    step = (wide - node_width) / max(len(layout.layers) - 1, 1)
    places, bands = list[Place](), list[Band]()
    for at, layer in enumerate(layout.layers):
        shown_here = [name for name in layer if size.get(name, 0.0) * layout.scale > 0.2]
        used = sum(size[name] * layout.scale for name in shown_here) + gap * (len(shown_here) - 1)
        top = (layout.height - used) / 2
        for name in shown_here:
            x[name], y[name] = at * step, top
            height, amount = size[name] * layout.scale, shown(size[name])
            places.append(
                Place(
                    printable(name),
                    "",
                    round(x[name], 1),
                    round(top, 1),
                    round(max(height, 1.0), 1),
                    colours.get(name, grey),
                    amount,
                    height >= told_from,
                )
            )
            top += height + gap
    places = [replace(one, short=clipped(one.name, _letters(one, places))) for one in places]
    out, into = dict(y), dict(y)
    for row in sorted(rows, key=lambda row: (y.get(row["flow_from"], 0.0), y.get(row["flow_to"], 0.0))):
        start, end, thick = row["flow_from"], row["flow_to"], row[year] * layout.scale
        if thick <= 0 or start not in y or end not in y:
            continue
        left, right = x[start] + node_width, x[end]
        top, low = out[start] + thick / 2, into[end] + thick / 2
        out[start], into[end] = out[start] + thick, into[end] + thick
        bend = max((right - left) / 2, 60.0)
        path = f"M{left:.1f},{top:.1f}C{left + bend:.1f},{top:.1f} {right - bend:.1f},{low:.1f} {right:.1f},{low:.1f}"
        text = f"{printable(start)} → {printable(end)}: {shown(row[year], places_of(row, table.columns, year))} {unit}"
        bands.append(Band(path, round(max(thick, 0.6), 2), colours.get(start, colours.get(end, grey)), text))
    return Picture(str(year), wide + room_right, layout.height, places, bands)


def _letters(one: Place, places: Sequence[Place]) -> int:
    """How many narrow letters the name of a place may have before it runs into another place at its height."""
    middle = one.y + one.height / 2
    ahead = [other.x for other in places if other.x > one.x and other.y - line <= middle <= other.y + other.height + line]
    room = min(ahead, default=wide + room_right) - one.x - before_name - (letter * (len(one.amount) + 1) if one.told else 0.0)
    return max(shortest_name, min(longest_name, int(room / letter)))
