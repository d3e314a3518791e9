"""What a plan costs and achieves: differences as proven intervals, the split of a fall, curtailment, warnings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import xarray as xr

from model.case.checks.as_asked import span_cut
from model.case.faults import Place
from model.report.case.overlay_text import clash_sentences, open_sentences
from model.report.display import dust, equal_as_shown, labels, percent, shown, tidy
from model.report.fault_text import place_words
from model.report.plan.change_tables import carbon
from model.report.plan.past_tables import has_past, verdicts
from model.report.plan.shortfall_tables import in_brief, short_as_usual, shortfall_table, shortfalls_in_words
from model.report.plan.target_counts import target_counts, unmet_warnings
from model.report.tables import Table, table
from model.report.units import display_unit
from model.report.words import counted, of_both, word
from model.results.money import invested, invested_since_decisions
from model.results.plan_cost import baseline_cost, parts_of_cost, plan_cost
from model.results.shortfalls import decided_since, past_shortfalls

PRECURSORS = ("so2", "nox", "pm25_primary", "voc", "nh3")
precursor_range = 0.5
least_gap = 1e-7  # no smaller one can be asked for
solver_margin = 1e-4  # what stands at the edge may lie a trifle beyond it


@dataclass(frozen=True)
class CostDifference:
    """A difference of two costs, 亿元: as stored, and the interval that both bounds prove.

    `settled_by` is the relative gap of both that would tell it from zero, were the plans found no better; None where it is told, or cannot be.
    """

    value: float
    low: float
    high: float
    settled_by: float | None = None

    @property
    def proven(self) -> bool:
        return self.low > dust or self.high < -dust


@dataclass(frozen=True)
class Costs:
    """Present values, 亿元. A difference is None when its baseline was not solved."""

    plan: float
    bound: float
    baselines: Mapping[str, float]
    over: Mapping[str, CostDifference]

    @property
    def gap(self) -> float:
        return self.plan - self.bound


def costs(results: xr.Dataset, manifest: Mapping[str, Any]) -> Costs:
    """The plan against its baselines: plan − other in [plan's bound − other, plan − other's bound]; what each of them leaves short apart. Targets save nothing."""
    plan = plan_cost(manifest)
    others = {name: baseline_cost(results, name) for name in results["baseline"].values.tolist()} if "baseline" in results else {}
    over = {}
    for name, other in others.items():
        low, high = plan.less(other)
        if name == "free" and not plan.short and not other.short:
            low = max(low, min(0.0, plan.value - other.value))  # whatever meets the targets is a plan without them too
        apart = CostDifference(tidy(plan.value - other.value), tidy(low), tidy(high))
        over[name] = apart if apart.proven else replace(apart, settled_by=_settling_gap(plan.value, other.value))
    return Costs(plan.value, plan.bound, {name: other.value for name, other in others.items()}, over)


def difference_records(results: xr.Dataset, manifest: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What the plan costs over each baseline, for a program."""
    return {
        name: {"value": one.value, "low": one.low, "high": one.high, "proven": one.proven, "gap_that_settles": one.settled_by}
        for name, one in costs(results, manifest).over.items()
    }


def _settling_gap(plan: float, other: float) -> float | None:
    """Of a plan that costs more, its own bound must come up to the other; of one that costs less, the other's bound to it. One figure, rounded down.

    >>> _settling_gap(5394.81, 5394.0), _settling_gap(5394.0, 5394.81), _settling_gap(6.1, 6.1)
    (0.0001, 0.0001, None)
    """
    share = abs(plan - other) / max(abs(plan if plan > other else other), dust)
    if share < least_gap or abs(plan - other) <= dust:
        return None
    figure = 10.0 ** math.floor(math.log10(share))
    return float(f"{math.floor(share / figure) * figure:.0e}")


def key_figures(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> Table:
    """What the first page says."""
    found, money = costs(results, manifest), display_unit("亿元", language)[0]
    rows = [_figure(word("figure_plan_cost", language), value=found.plan, unit=money)]
    short = {"usual": short_as_usual(results, language), "free": ""}
    rows += [
        _figure(word(f"figure_{name}_cost", language), value=found.baselines[name], unit=money, note=note)
        for name, note in short.items()
        if name in found.baselines
    ]
    for name in ("usual", "free"):
        if name in found.over:
            rows.append(_difference(name, found.over[name], money, language))
    rows.append(_figure(word("figure_gap", language), value=found.gap, unit=money))
    rows.append(_figure(word("figure_gap_relative", language), value=100 * found.gap / max(abs(found.plan), dust), unit="%"))
    rows += _investment(results, language)
    met, binding, in_force = target_counts(results)
    rows.append(
        _figure(
            word("figure_targets_met", language),
            value=met,
            unit=word("count_of_targets", language),
            note=word("of", language).format(in_force) + (word("figure_open", language) if has_past(results) else ""),
        )
    )
    rows.append(_figure(word("figure_targets_binding", language), value=binding, unit=word("count_of_targets", language)))
    rows += _past_figures(results, manifest, language)
    rows.append(_figure(word("figure_curtailment", language), value=100 * curtailment(results), unit="%"))
    short = shortfall_table(results, language).frame.to_dict("records")
    if short:
        rows.insert(
            0, _figure(word("not_accepted", language), value=np.nan, note=word("left_short", language)) | {"_state": "out_of_reach"}
        )
    else:
        rows.append(_figure(word("figure_unserved", language), value=np.nan, note=in_brief(results, language)))
    for row in short:
        rows.append(
            _figure(f"{row['item']}, {row['year']}", value=row["value"], unit=row["unit"], note=row["note"]) | {"_state": "out_of_reach"}
        )
    last = int(results["year"].values[-1])
    names = labels(results, "indicator", "label", language)
    for i in carbon(results):
        parts = results["fall"].sel(indicator=i, year=last)
        total, stand_in = float(parts.sum()), float(parts.sel(part="backstop"))
        item = word("figure_backstop_share", language).format(names[i], last)
        rows.append(_figure(item, value=100 * stand_in / total if total < -dust else np.nan if stand_in < -dust else 0.0, unit="%"))
    made = table(
        word("title_key_figures", language), ["item", "value", "unit", "low", "high", "note"], rows, [word("note_money", language)]
    )
    told = [word("warning", language).format(text) for text in warnings(results, manifest, language)]
    first = [word("not_accepted_short", language)] if short else []
    return replace(made, warnings=(*first, *told))


def _difference(name: str, apart: CostDifference, money: str, language: str) -> dict[str, Any]:
    """What the plan costs over a baseline; of one that costs less than the usual path, how much less."""
    less = name == "usual" and shown(apart.value, 2).startswith("-")
    value, low, high = (-apart.value, -apart.high, -apart.low) if less else (apart.value, apart.low, apart.high)
    note = word("interval", language) if apart.proven else unproven(apart, language)
    item = word("figure_under_usual" if less else f"figure_over_{name}", language)
    return _figure(item, value=value, unit=money, note=note) | {"low": tidy(low), "high": tidy(high)}


def _investment(results: xr.Dataset, language: str) -> list[dict[str, Any]]:
    """What is invested in all years; where some are past, what is still to be paid, and apart from it what is sunk."""
    money = display_unit("亿元", language)[0]
    if not has_past(results):
        return [_figure(word("figure_investment", language), value=float(invested(results).sum()), unit=money)]
    since, paid = int(results.attrs["decide_from"]), invested_since_decisions(results)
    names = [word(name, language).format(since) for name in ("figure_investment_from", "figure_investment_sunk")]
    return [_figure(name, value=value, unit=money) for name, value in zip(names, reversed(paid), strict=True)]


def _past_figures(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """How the targets of the years before decisions begin are judged, and what those years left short, with what it costs every plan."""
    if not has_past(results):
        return []
    since, separator = int(results.attrs["decide_from"]), word("separator", language)
    note = separator.join(verdicts(results, language)) or word("none", language)
    rows = [_figure(word("past_targets_counted", language).format(since), value=np.nan, note=note)]
    short = shortfalls_in_words(results, past_shortfalls(results), language)
    if short:
        cost, money = float(dict(manifest.get("past", {})).get("short_cost", np.nan)), display_unit("亿元", language)[0]
        note = f"{word('figure_short_cost', language)}{word('colon', language)}{separator.join(short)}"
        rows.append(_figure(word("figure_short_before", language).format(since), value=cost, unit=money, note=note))
    return rows


def unproven(apart: CostDifference, language: str) -> str:
    """That a difference is not told from zero, and what gap would tell it; of what is equal as far as it is shown, that."""
    if equal_as_shown(apart.low, apart.high):
        return word("equal_cost", language)
    said = word("no_difference", language)
    if apart.settled_by is None:
        return said
    return f"{said}{word('separator', language)}{word('gap_settles', language).format(f'{apart.settled_by:.9f}'.rstrip('0').rstrip('.'))}"


def _figure(item: str, *, value: float, unit: str = "", note: str = "") -> dict[str, Any]:
    return {"item": item, "value": tidy(value), "unit": unit, "note": note}


def cost_components(results: xr.Dataset, language: str) -> Table:
    """The present value by component; revenue is negative."""
    money = display_unit("亿元", language)[0]
    parts = parts_of_cost(results)
    rows = [
        {"item": word(f"cost_{name}", language), "value": tidy(value), "unit": money} for name, value in parts.items() if abs(value) > dust
    ]
    rows.append({"item": word("total", language), "value": tidy(sum(parts.values())), "unit": money, "_total": True})
    return table(word("title_cost", language), ["item", "value", "unit"], rows)


def curtailment(results: xr.Dataset) -> float:
    """The highest yearly share of what wind and sun could give that is not taken, of the years that are decided."""
    results = results.sel(year=results["year"] >= decided_since(results))
    lost = results["curtailed"].fillna(0.0)
    taken = results["annual"].where(results["curtailed"].notnull(), 0.0).fillna(0.0)
    whole = (lost + taken).sum("technology")
    share = (lost.sum("technology") / whole.where(whole > dust)).fillna(0.0)
    return max(0.0, float(share.max())) if share.size else 0.0


def flattened_sentence(one: Mapping[str, Any], language: str) -> str:
    """That a dated path was made level, and how it would have kept its course."""
    return word("note_flattened", language).format_map({**one, "least": shown(one["least"]), "most": shown(one["most"])})


def warnings(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """What a reader must know before using the plan."""
    said = []
    said += [flattened_sentence(one, language) for one in manifest.get("flattened", ())]
    said += clash_sentences(manifest.get("overlay_clashes", ()), language)
    said += open_sentences(manifest.get("unnumbered_targets", {}), language)
    said += _cut(results, language)
    said += _not_yet_past(results, manifest, language)
    if not dict(manifest.get("audit", {})).get("ok", True):
        said.append(word("warning_audit", language))
    if manifest.get("status") == "time_limit":
        said.append(word("warning_gap", language))
    said += unmet_warnings(results, language)
    said += _without_meaning(results, language)
    said += [
        word("warning_coupling", language).format(of_both(one["label_en"], one["label_zh"], language), one["year"])
        for one in dict(manifest.get("past", {})).get("couplings", ())
    ]
    names, far = labels(results, "indicator", "label", language), list[str]()
    for i in [i for i in PRECURSORS if i in names and "pm25" in names]:
        base = float(results["base_indicator"].sel(indicator=i))
        ratio = results["indicator_value"].sel(indicator=i) / base - 1 if base > dust else None
        if ratio is not None and float(abs(ratio).max()) > precursor_range + solver_margin:
            first = int(ratio["year"].values[np.flatnonzero((abs(ratio) > precursor_range + solver_margin).values)[0]])
            furthest = float(ratio.values[np.argmax(abs(ratio.values))])
            far.append(word("precursor_far", language).format(names[i], first, percent(furthest, 1.0, 0)))
    if far:
        said.append(word("warning_precursor", language).format(word("separator", language).join(far)))
    acted = abs(results["build"]).max("build_year") > dust
    illustrative = (
        int((acted.values & results["measure_illustrative"].values.astype(bool)).sum()) if "measure_illustrative" in results else 0
    )
    if illustrative:
        said.append(counted("warning_illustrative", illustrative, language))
    return said


def _cut(results: xr.Dataset, language: str) -> list[str]:
    """That decisions begin inside a span of years, and what that makes of it."""
    lengths, lasts = results["span_years"].values.astype(int).tolist(), results["year"].values.tolist()
    ends = [(last - length + 1, last) for last, length in zip(lasts, lengths, strict=True)]
    return cut_sentence(span_cut(ends, int(results.attrs.get("decide_from", 0))), int(results.attrs.get("decide_from", 0)), language)


def cut_sentence(cut: tuple[int, int] | None, since: int, language: str) -> list[str]:
    """A sentence of a span that decisions from the year `since` on cut; none where they cut none."""
    return (
        [word("note_span_cut", language).format(since=since, first=cut[0], last=cut[1], before=since - 1, after=cut[1] + 1)] if cut else []
    )


def _not_yet_past(results: xr.Dataset, manifest: Mapping[str, Any], language: str) -> list[str]:
    """How many rows tell of years that are decided themselves, with the first of them, and from when on they count, if the case has a year for that."""
    rows = [one for one in dict(manifest.get("past", {})).get("unused", ()) if one["code"] == "not_yet_past"]
    if not rows:
        return []
    place = place_words(Place(rows[0]["file"], rows[0]["row"], rows[0]["column"]), language)
    last, after = int(results["year"].values[-1]), max(int(one["found"]) for one in rows) + 1
    told = f"{place} ({rows[0]['found']})"
    if after > last:
        return [counted("warning_never_past", len(rows), language, told, last, last)]
    return [counted("warning_not_yet_past", len(rows), language, told, after)]


def _without_meaning(results: xr.Dataset, language: str) -> list[str]:
    """Shares of a reference that is negative, by target, with the years."""
    if "meant" not in results:
        return []
    names, years = labels(results, "target", "label", language), dict[str, list[str]]()
    for t, year, meant in zip(*(results[name].values.tolist() for name in ("row_target", "row_year", "meant")), strict=True):
        if not meant:
            years.setdefault(t, []).append(str(year))
    told = {t: word("comma", language).join(dict.fromkeys(found)) for t, found in years.items()}
    return [word("warning_no_meaning", language).format(names.get(t, t), found) for t, found in told.items()]
