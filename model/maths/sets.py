"""Sets: what the equations run over, and the sparse relations between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

import numpy as np
import pyomo.core as pyo
import xarray as xr


def column(data: xr.Dataset, name: str) -> list:
    """A coordinate or column of the parameters as plain Python values."""
    return data.variables[name].values.tolist()


def table(data: xr.Dataset, *names: str, of: Iterable | None = None) -> dict:
    """A parameter as {index: value}; with several names, the last is the value and the others its index columns. `of` are the members of its first

    dim that are asked for, where not all are.
    """
    if len(names) > 1:
        *index, value = (column(data, name) for name in names)
        keys = zip(*index, strict=True) if len(index) > 1 else index[0]
        return dict(zip(keys, value, strict=True))
    axes, values = _laid_out(data, names[0], of)
    return {(key[0] if len(key) == 1 else key): value for key, value in zip(_keys(axes), values.ravel().tolist(), strict=True)}


def nonzero(data: xr.Dataset, name: str, of: Iterable | None = None) -> dict:
    """A parameter as {index: value} without its zeros, for a Param whose default is zero: each entry costs time. `of` as of a table."""
    axes, values = _laid_out(data, name, of)
    places = np.nonzero(values)
    keys = zip(*([axis[at] for at in place.tolist()] for axis, place in zip(axes, places, strict=True)), strict=True)
    return {(key[0] if len(key) == 1 else key): value for key, value in zip(keys, values[places].tolist(), strict=True)}


def _laid_out(data: xr.Dataset, name: str, of: Iterable | None) -> tuple[list[list], np.ndarray]:
    """The members of each dim of a parameter, and its values."""
    array = data.variables[name]
    axes, values = [column(data, str(dim)) for dim in array.dims], array.values
    if of is None:
        return axes, values
    place = {member: at for at, member in enumerate(axes[0])}
    wanted = list(of)
    return [wanted, *axes[1:]], values[[place[member] for member in wanted]]


def _keys(axes: list[list]) -> Iterable[tuple]:
    if not axes:
        yield ()
        return
    for first in axes[0]:
        for rest in _keys(axes[1:]):
            yield (first, *rest)


def grouped(pairs: Iterable[tuple], keys: Iterable) -> dict:
    """{key: [members]} with an empty list for every key that has none."""
    groups: dict = defaultdict(list)
    for key, member in pairs:
        groups[key].append(member)
    return {key: groups.get(key, []) for key in keys}


def relation(entries: dict, *, dimen: int, doc: str) -> pyo.Set:
    """The index of a sparse parameter: its keys alone, since one over the product of its sets is read through whole."""
    return pyo.Set(dimen=dimen, initialize=list(entries), doc=doc)


def acting(m: pyo.ConcreteModel, data: xr.Dataset, what: str, *, item: str, members: pyo.Set, doc: str) -> None:
    """A long table of what measures do, apart by what is decided (built, newly closed, coming later): each part a parameter over its

    entries `(k, item, v, y)` alone, and the set of `(k, v)` that act on each item and year.
    """
    names = ("measure", item, "build_year", "year", "by", "value")
    rows = list(zip(*(column(data, f"{what}_{name}") for name in names), strict=True))
    for decided, prefix in (("build", ""), ("closed", "closed_"), ("deferred", "deferred_")):
        entries = {(k, i, v, y): value for k, i, v, y, by, value in rows if by == decided}
        said = doc.format(decided)
        index = relation(entries, dimen=4, doc=f"(k, {item}, v, y): {said}")
        on = grouped((((i, y), (k, v)) for k, i, v, y in entries), [(i, y) for i in members for y in m.YEARS])
        m.add_component(f"{prefix}{what}s".upper(), index)
        m.add_component(f"{prefix}{what}", pyo.Param(index, initialize=entries, within=pyo.Reals, doc=said))
        m.add_component(f"{prefix}{what}s_on".upper(), pyo.Set(members, m.YEARS, dimen=2, initialize=on, doc=f"(k, v) that act: {said}"))


def where(data: xr.Dataset, dim: str, name: str, *wanted: str) -> list:
    """Members of a dim whose text column is one of `wanted`."""
    return [item for item, value in zip(column(data, dim), column(data, name), strict=True) if value in wanted]


def add_sets(m: pyo.ConcreteModel, data: xr.Dataset) -> None:
    years = column(data, "year")
    m.YEARS = pyo.Set(dimen=1, initialize=years, doc="modelled years y; each stands for the years since the one before")
    m.BUILT_BY = pyo.Set(m.YEARS, dimen=1, initialize={y: [v for v in years if v <= y] for y in years}, doc="build years v up to year y")
    m.YEAR_BEFORE = pyo.Set(
        m.YEARS, dimen=1, initialize={y: years[max(place - 1, 0) : place] for place, y in enumerate(years)}, doc="the modelled year before"
    )
    m.DAYS = pyo.Set(dimen=1, initialize=column(data, "day"), doc="typical days d and the linked days of the stress spell")
    m.HOURS = pyo.Set(dimen=1, initialize=column(data, "hour"), doc="hours h of a day")
    m.MEASURES = pyo.Set(dimen=1, initialize=column(data, "measure"), doc="measures k: what a planner decides")
    m.WHOLE_MEASURES = pyo.Set(
        dimen=1,
        initialize=[k for k, whole in zip(column(data, "measure"), column(data, "whole"), strict=True) if whole],
        doc="measures taken only in whole units",
    )
    for name, mark, doc in (
        ("RENEWED_MEASURES", "renewed_whole", "measures of whole units that end by themselves and can be renewed"),
        ("CLOSING_MEASURES", "closing", "measures that close for ever, and whose own end can be renewed"),
    ):
        marked = [k for k, yes in zip(column(data, "measure"), column(data, mark), strict=True) if yes]
        m.add_component(name, pyo.Set(dimen=1, initialize=marked, doc=doc))
    m.TECHNOLOGIES = pyo.Set(dimen=1, initialize=column(data, "technology"), doc="technologies g: what physically runs")
    for name, operations, doc in (
        ("HOURLY", ("dispatch", "committed", "variable"), "technologies with an activity of their own each hour"),
        ("DISPATCHED", ("dispatch",), "technologies free to run within their availability"),
        ("COMMITTED", ("committed",), "thermal technologies, continuously committed"),
        ("VARIABLE", ("variable",), "technologies that follow sun or wind"),
        ("SHAPED", ("shaped",), "technologies whose year is spread over the hours by a given shape"),
        ("YEARLY", ("yearly",), "technologies that run by the year"),
        ("STORAGE", ("storage",), "storage technologies"),
        ("SAVING", ("saving",), "add-ons that save input of a host"),
        ("FLEXIBLE", ("flexibility",), "add-ons that lower the minimum load of a host"),
        ("RESERVOIRS", ("reservoir",), "add-ons that hold energy for a storage"),
    ):
        m.add_component(name, pyo.Set(dimen=1, initialize=where(data, "technology", "operation", *operations), doc=doc))
    m.RUNNING = pyo.Set(
        dimen=1,
        initialize=[g for g in m.TECHNOLOGIES if g not in {*m.FLEXIBLE, *m.RESERVOIRS}],
        doc="technologies with an activity; a flexibility retrofit and a reservoir have none of their own",
    )
    m.HEAT_AND_POWER = pyo.Set(
        dimen=1,
        initialize=[g for g, heat in zip(column(data, "technology"), column(data, "heat"), strict=True) if heat],
        doc="combined heat and power",
    )
    m.COMMODITIES = pyo.Set(dimen=1, initialize=column(data, "commodity"), doc="commodities c: what must balance")
    m.HOURLY_COMMODITIES = pyo.Set(dimen=1, initialize=where(data, "commodity", "balance", "hourly"), doc="commodities balanced each hour")
    m.YEARLY_COMMODITIES = pyo.Set(dimen=1, initialize=where(data, "commodity", "balance", "yearly"), doc="commodities balanced each year")
    m.MARKETS = pyo.Set(dimen=1, initialize=column(data, "market"), doc="markets: commodities bought or sold")
    hourly = set(m.HOURLY_COMMODITIES)
    m.HOURLY_MARKETS = pyo.Set(
        dimen=1,
        initialize=[t for t, c in zip(column(data, "market"), column(data, "market_commodity"), strict=True) if c in hourly],
        doc="markets of hourly commodities",
    )
    m.INDICATORS = pyo.Set(dimen=1, initialize=column(data, "indicator"), doc="indicators i: yearly quantities in the plan's words")
    m.PAYERS = pyo.Set(dimen=1, initialize=column(data, "payer"), doc="payers: who spends")


def previous_step(data: xr.Dataset) -> dict:
    """{(day, hour): (day, hour) before it}: within a typical day cyclic, through the linked days of a spell."""
    before = dict(zip(column(data, "day"), column(data, "previous_day"), strict=True))
    last = column(data, "hour")[-1]
    return {(d, h): [(d, h - 1) if h else (before[d], last)] for d in column(data, "day") for h in column(data, "hour")}


def family(*index: pyo.Set, rule: Callable, doc: str) -> pyo.Constraint:
    """Constraints over an index, from one rule; none where the index is empty (Pyomo cannot template a rule then)."""
    return pyo.Constraint(*index, rule=rule, doc=doc) if all(len(members) for members in index) else pyo.Constraint(*index, doc=doc)
