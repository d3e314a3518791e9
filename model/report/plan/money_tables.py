"""What is invested and spent: by whom, for what, from which funds, and how much of it over the usual path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from model.report.display import dust, labels, spans, tidy
from model.report.tables import Table, by_year, measure_facts, table
from model.report.units import display_unit
from model.report.words import word
from model.results.money import FUNDS, fund_shares, invested_before, share_sunk
from model.results.shortfalls import decided_since

Row = tuple[Mapping[str, Any], np.ndarray]


def investment_by_payer(results: xr.Dataset, language: str) -> Table:
    """Cash invested by who pays, 亿元 a year (yearly average of a span); the total counts every year of a span."""
    return _money(results, language, "title_investment_payer", "payer", _rows("payer", _by_payer(results, _cash(results), language)))


def investment_over_usual(results: xr.Dataset, language: str) -> Table:
    """The same, less what is invested on the usual path."""
    if "usual_investment_cash" not in results:
        return _money(results, language, "title_investment_over_usual", "payer", [])
    return _money(results, language, "title_investment_over_usual", "payer", _rows("payer", _by_payer(results, _extra(results), language)))


def measures_over_usual(results: xr.Dataset, language: str) -> Table:
    """What each payer invests over the usual path by the measures that make it up, below nothing where the usual path invests more: of a payer those first
    that move most.
    """
    facts, lengths = measure_facts(results, language), _lengths(results)
    extra = _extra(results) if "usual_investment_cash" in results else np.zeros((results.sizes["measure"], len(lengths)))
    rows = [
        ({name: facts[k][name] for name in ("sector", "measure", "payer", "_illustrative")}, values)
        for k, values in zip(results["measure"].values.tolist(), extra, strict=True)
        if np.abs(values).max(initial=0.0) > dust
    ]
    rows.sort(key=lambda row: (row[0]["payer"], -abs(float(row[1] @ lengths))))
    return _money(results, language, "title_measures_over_usual", "measure", rows, after=("sector", "payer"))


def _extra(results: xr.Dataset) -> np.ndarray:
    """Cash beyond what the usual path invests, as `_cash`."""
    return _cash(results) - _cash(xr.Dataset({name: results[f"usual_{name}"] for name in ("investment_cash", "investment_before")}))


def investment_by_fund(results: xr.Dataset, language: str) -> Table:
    """Cash invested by the funds that payers draw on; what a payer's shares leave open is told as not named."""
    shares, made = fund_shares(results), dict[tuple[str, str], np.ndarray]()
    for payer, values in zip(results["measure_payer"].values.tolist() if shares else (), _cash(results)):
        for fund, share in shares[payer].items():
            made[payer, fund] = made.get((payer, fund), 0.0) + share * values
    names = labels(results, "payer", "label", language)
    rows = [
        ({"fund": word(f"fund_{fund}", language), "payer": names[payer]}, values)
        for (payer, fund), values in sorted(made.items(), key=lambda one: ((*FUNDS, "not_named").index(one[0][1]), one[0][0]))
        if np.abs(values).max(initial=0.0) > dust
    ]
    return _money(results, language, "title_investment_fund", "fund", rows, after=("payer",))


def investment_by_measure(results: xr.Dataset, language: str) -> Table:
    """Cash invested by measure, the dearest first."""
    facts, lengths = measure_facts(results, language), _lengths(results)
    rows = [
        ({name: facts[k][name] for name in ("sector", "measure", "payer", "_illustrative")}, values)
        for k, values in zip(results["measure"].values.tolist(), _cash(results), strict=True)
        if np.abs(values).max(initial=0.0) > dust
    ]
    rows.sort(key=lambda row: -float(row[1] @ lengths))
    return _money(results, language, "title_investment_measure", "measure", rows, after=("sector", "payer"))


def spend_by_payer(results: xr.Dataset, language: str) -> Table:
    """All that each payer spends in a year, less what it earns."""
    return _spending(results, results["spend"], "title_spend", language)


def spend_over_usual(results: xr.Dataset, language: str) -> Table:
    """The same, less what each payer spends on the usual path."""
    spend = results["spend"] - results["usual_spend"] if "usual_spend" in results else 0.0 * results["spend"]
    return _spending(results, spend, "title_spend_over_usual", language)


def _spending(results: xr.Dataset, spend: xr.DataArray, title: str, language: str) -> Table:
    names, spend = labels(results, "payer", "label", language), spend.transpose("payer", "year")
    given = {names[i]: np.array([0.0, *values]) for i, values in zip(spend["payer"].values.tolist(), spend.values.tolist(), strict=True)}
    return _money(results, language, title, "payer", [row for row in _rows("payer", given) if np.abs(row[1]).max() > dust])


def _cash(results: xr.Dataset) -> np.ndarray:
    """Cash for each measure before the first year in all, then a year of each span, shape (measure, 1 + year)."""
    cash = results["investment_cash"].transpose("measure", "year")
    return np.column_stack([invested_before(results).values, cash.values])


def _by_payer(results: xr.Dataset, cash: np.ndarray, language: str) -> dict[str, np.ndarray]:
    """{label of a payer: its row}, in the order of the case, the same in every language."""
    payers, made = labels(results, "measure", "payer_label", language), dict[str, np.ndarray]()
    for k, values in zip(results["measure"].values.tolist(), cash, strict=True):
        made[payers[k]] = made.get(payers[k], 0.0) + values
    order = list(labels(results, "payer", "label", language).values())
    return dict(sorted(made.items(), key=lambda one: order.index(one[0])))


def _rows(first: str, made: Mapping[str, np.ndarray]) -> list[Row]:
    return [({first: name}, values) for name, values in made.items()]


def _lengths(results: xr.Dataset) -> np.ndarray:
    """Years of which a row tells the average: 1 before the first, which is told in all."""
    return np.array([1.0, *results["span_years"].values.tolist()])


def _money(results: xr.Dataset, language: str, title: str, first: str, rows: Sequence[Row], *, after: Sequence[str] = ()) -> Table:
    """Money by row and year, with the sum of all; a column for what falls before the first year, where there is any."""
    heads, lengths = ["before_first_year", *spans(results).values()], _lengths(results)
    sunk = np.array([1.0, *share_sunk(results)]) if decided_since(results) else np.zeros(len(lengths))
    parts = ("paid_before_decisions", "paid_from_decisions", "total") if sunk.any() else ("total",)
    unit = display_unit("亿元", language)[0]
    early = any(abs(values[0]) > dust for _, values in rows)
    shown = heads if early else heads[1:]
    made = [_row(names, values, heads, lengths, unit, sunk) for names, values in rows]
    if made:
        sums = np.sum([values for _, values in rows], axis=0)
        made.append(_row({first: word("total", language)}, sums, heads, lengths, unit, sunk) | {"_total": True})
    notes = ["note_money", "note_span", *(["note_before_first_year"] if early else [])]
    keys = {first, "unit", *shown, *parts, *after}
    kept = [{name: value for name, value in row.items() if name in keys or str(name).startswith("_")} for row in made]
    told = [word(note, language) for note in notes]
    told += [word("note_paid_before_decisions", language).format(decided_since(results))] if sunk.any() else []
    return table(word(title, language), [first, "unit", *shown, *parts, *after], kept, told)


def _row(
    names: Mapping[str, Any], values: np.ndarray, heads: Sequence[Any], lengths: np.ndarray, unit: str, sunk: np.ndarray
) -> dict[Any, Any]:
    """`sunk` is what share of each column lies before decisions begin."""
    whole, before = float(values @ lengths), float(values @ (lengths * sunk))
    return {
        **names, **by_year(heads, values), "unit": unit, "total": tidy(whole), "paid_before_decisions": tidy(before),
        "paid_from_decisions": tidy(whole - before),
    }  # fmt: skip
