"""What a run is and how it was checked, and the stock that leaves by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import xarray as xr

from model.case.read.case import Case
from model.report.display import dust, setting_word
from model.report.plan.past_tables import past_unused
from model.report.plan.question_text import asked_in_full_sight, since_command, ties_command, tornado_command
from model.report.tables import Table, table
from model.report.units import spelled_unit
from model.report.words import said, word, word_or
from model.results.plan_cost import plan_cost
from model.results.run import STORED
from model.results.seals import SEAL, digest

least_share = 1e-7  # of a cost: less is no gap
LEFT_OUT = frozenset(
    {
        "targets",
        "acted",
        "unenforced",
        "measures",
        "audit",
        "hashes",
        STORED,
        SEAL,
        "flattened",
        "overlay_clashes",
        "since",
        "full_year",
        "day_rounds",
        "schedule",
    }
)
OF_THE_PAST = frozenset({"history", "sunk", "sunk_later", "short_cost"})  # the rest of it are tables of their own
INNER = MappingProxyType({"seconds": "model_", "words": "word_"})  # what the names inside are words of


def about(manifest: Mapping[str, Any], case: Case | None, language: str) -> Table:
    """Everything the manifest says of the run itself, one line each."""
    rows = [{"item": item, "note": text} for item, text in _lines(_told(manifest), language)]
    rows += past_unused(manifest, language).frame.to_dict("records")
    rows += _asked_on(manifest, language)
    if case is not None:
        rows.append({"item": word("note_price_year", language), "note": str(case.header.price_year)})
    return table(word("title_about", language), ["item", "note"], rows)


def _asked_on(manifest: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """The commands that answer what the first page leaves open."""
    cost = plan_cost(manifest)
    asked = {"ask_turns": tornado_command(manifest), "ask_since": since_command(manifest)}
    if cost.value and cost.relative_gap > least_share and asked_in_full_sight(manifest):
        asked["ask_ties"] = ties_command(manifest, cost.relative_gap)
    return [{"item": word(key, language), "note": command} for key, command in asked.items()]


def version_line(manifest: Mapping[str, Any], language: str) -> str:
    """Which run a page is of, when its data were read and which they are, and that it is not settled."""
    read, key = str(manifest.get("created", ""))[:10], digest(manifest.get("hashes", {}))[:8]
    run = str(manifest.get("run", "")).replace("runs/", "", 1)
    return word("version_line", language).format(run=run, read=read, key=key, mark=word("mark_for_comment", language))


def _told(manifest: Mapping[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in manifest.items() if key not in LEFT_OUT}
    if "solver" in told:
        told["solver"] = " ".join(map(str, dict(told["solver"]).values()))
    return told | ({"past": {key: value for key, value in told["past"].items() if key in OF_THE_PAST}} if "past" in told else {})


def _lines(values: Mapping[str, Any], language: str, before: str = "", kind: str = "run_") -> Iterator[tuple[str, str]]:
    """Names and texts; a list of records is left out, for it has a sheet of its own."""
    for key, value in values.items():
        name = f"{before}{word_or(f'{kind}{key}', language, word_or(f'run_{key}', language, word_or(str(key), language, str(key))))}"
        if key == "versions":
            yield name, "; ".join(f"{package} {number}" for package, number in dict(value).items())
        elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            continue
        elif isinstance(value, Mapping):
            yield from _lines(value, language, name + word("colon", language), INNER.get(key, "run_"))
        elif isinstance(value, bool):
            yield name, word("yes" if value else "no", language)
        elif isinstance(value, float):
            yield name, f"{value:.6g}" if abs(value) > dust else f"{value:.1e}" if value else "0"
        elif isinstance(value, list):
            yield from [(name, "; ".join(str(one) for one in value))] if value else []
        elif value is not None:
            yield name, _value(key, str(value), language)


def _value(key: str, value: str, language: str) -> str:
    known = word_or(value, language, value)
    match key:
        case "history":
            return word_or(f"history_{value}", language, known)
        case "proven_by":
            return word_or(f"proven_by_{value}", language, known)
    return setting_word(key, known, language) if key in ("span_rule", "payments") else known


def audit(manifest: Mapping[str, Any], language: str) -> Table:
    """Each rule of the audit with its worst departure."""
    found = dict(manifest.get("audit", {}))
    rows: list[dict[str, Any]] = [
        {"rule": _rule(str(rule), language), "worst": f"{worst:.1e}"} for rule, worst in dict(found.get("rules", {})).items()
    ]
    rows.append(
        {
            "_total": True,
            "rule": word("total", language),
            "worst": word("audit_ok" if found.get("ok") else "audit_failed", language).format(f"{found.get('worst', 0.0):.1e}"),
        }
    )
    return table(word("title_audit", language), ["rule", "worst"], rows)


def _rule(rule: str, language: str) -> str:
    family, _, rest = rule.partition(": ")
    spoken = word_or(f"rule_{family}", language, family)
    return f"{spoken}{word('colon', language)}{word_or(f'rule_{rest}', language, rest)}" if rest else spoken


def end_of_life(case: Case, results: xr.Dataset, language: str) -> Table:
    """Existing stock whose last year in service falls within the horizon."""
    last = int(results["year"].values[-1])
    named = {row.id: said(row, "label", language) for key in ("technologies", "counties") for row in case.tables[key]}
    rows = [
        {
            "last_year": row.until, "unit_name": said(row, "label", language), "technology": named.get(row.technology, row.technology),
            "county": named.get(row.county, "") if row.county else "", "value": row.value, "unit": spelled_unit(row.unit, language),
            "note": word("illustrative", language) if row.status == "illustrative" else "", "_illustrative": row.status == "illustrative",
        }
        for row in case.tables["existing"]
        if row.until is not None and row.until < last
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["last_year"], row["technology"], row["unit_name"]))
    columns = ["last_year", "unit_name", "technology", "county", "value", "unit", "note"]
    return table(word("title_end_of_life", language), columns, rows, [word("note_end_of_life", language)])
