"""What commands take by name: measures, indicators, targets and numbers of a case, with what they are called, their value, unit and range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from model.case.change.levers import HISTORY, MOVED, lever_labels, lever_of, levers
from model.case.change.naming import BY_OWN_VALUE
from model.case.faults import clipped
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.tables.headings import compared
from model.report.layout import screen
from model.report.words import counted, of_both, word

RANGES_ALONE = ("curves", "actuals")  # of which a range is moved, and no number set
KINDS = ("measures", "indicators", "targets", "numbers", "elsewhere")
shown_digits = 6


def name_records(case: Case, wanted: str, language: str) -> list[dict[str, Any]]:
    """One record for each name: `kind`, `id`, `label`, `unit` and `values` by year, of a number also whether --set takes it, and whether it has a range that --over moves.

    Only those whose id or label, in either language, has `wanted` in it.
    """
    word_wanted = compared(wanted)
    found = []
    for record in (*_rows(case), *_numbers(case), *_elsewhere(case)):
        if any(word_wanted in compared(str(record[name])) for name in ("id", "label_en", "label_zh")):
            found.append({**record, "label": of_both(record["label_en"], record["label_zh"], language)})
    return found


def _rows(case: Case) -> Iterator[dict[str, Any]]:
    for kind in ("measures", "indicators", "targets"):
        for row in case.tables[kind]:
            values = [_value(row)] if kind == "targets" else []
            yield {
                "kind": kind,
                "id": row.id,
                "label_en": row.label_en,
                "label_zh": row.label_zh,
                "unit": row.unit,
                "values": values,
            }
    variants = {row.stands_for for row in case.tables["indicators"] if row.stands_for}
    lookup = Lookup(case)
    for name in sorted(variants):  # a general name means the variant that the case chooses
        labels = [lookup.column(name, f"label_{language}") or name for language in ("en", "zh")]
        unit = lookup.column(name, "unit") or ""
        yield {"kind": "indicators", "id": name, "label_en": labels[0], "label_zh": labels[1], "unit": unit, "values": []}


def _numbers(case: Case) -> Iterator[dict[str, Any]]:
    lookup, moved = Lookup(case), {lever.name for lever in levers(case)}
    rows: dict[str, list[Any]] = {}
    table_of: dict[str, str] = {}
    for table in MOVED:
        for row in case.tables[table]:
            rows.setdefault(lever_of(table, row), []).append(row)
            table_of.setdefault(lever_of(table, row), table)
    for name, found in rows.items():
        settable = table_of[name] not in RANGES_ALONE
        if not settable and name not in moved:
            continue
        label_en, label_zh = lever_labels(case, name, lookup)
        yield {
            "kind": "numbers", "id": name, "label_en": label_en, "label_zh": label_zh, "unit": found[0].unit,
            "values": [_value(row, dated=table_of[name] not in BY_OWN_VALUE) for row in sorted(found, key=_year)], "over": name in moved, "set": settable,
        }  # fmt: skip
    if HISTORY in moved:
        label_en, label_zh = lever_labels(case, HISTORY, lookup)
        yield {
            "kind": "numbers",
            "id": HISTORY,
            "label_en": label_en,
            "label_zh": label_zh,
            "unit": "1",
            "values": [],
            "over": True,
            "set": False,
        }


def _elsewhere(case: Case) -> Iterator[dict[str, Any]]:
    """What is told of the past, which no option sets: how it is read, where no range of it is listed among the numbers, and where amounts that were built are written."""
    names = {HISTORY: "history", "actuals.csv": "actuals"}
    if any(lever.name == HISTORY for lever in levers(case)):
        del names[HISTORY]
    for name, key in names.items():
        labels = {f"label_{language}": word(f"names_of_{key}", language) for language in ("en", "zh")}
        yield {"kind": "elsewhere", "id": name, **labels, "unit": "", "values": []}


def _year(row: Any) -> int:
    return vars(row).get("year") or vars(row).get("age") or 0


def _value(row: Any, *, dated: bool = True) -> dict[str, Any]:
    """`year` where the number is told of one: that of a target is the target's own, and no number of another year."""
    return {"year": vars(row).get("year") if dated else None, "value": row.value, "low": row.low, "high": row.high}


def names_text(records: Sequence[Mapping[str, Any]], wanted: str, language: str) -> str:
    """Two lines for each name, under what takes it: the name as it is written, then what it is called, its value and its range."""
    if not records:
        return screen([word("names_none", language).format(word=clipped(wanted))])
    lines = list[str]()
    for kind in KINDS:
        mine = [one for one in records if one["kind"] == kind]
        if mine:
            lines += [*([""] if lines else []), word(f"names_{kind}", language)]
        for one in mine:
            lines += [f"  {one['id']}", f"      {_told(one, language)}"]
    return screen([*lines, "", counted("line_names", len(records), language)])


def _told(one: Mapping[str, Any], language: str) -> str:
    values = one["values"]
    given = [value for value in values if value["value"] is not None]
    if not values:
        told = one["unit"]
    elif not given:
        told = f"{word('names_awaits', language)} {one['unit']}"
    else:
        told = f"{_span([value['value'] for value in given], language)} {one['unit']}"
    years = [value["year"] for value in values if value["year"] is not None]
    parts = [one["label"], told, _span(years, language)]
    ranged = [value for value in given if value["low"] is not None and value["high"] is not None and value["low"] < value["high"]]
    if ranged:
        ends = [f"{_shown(value[end])}" for value in (ranged[0],) for end in ("low", "high")]
        parts.append(word("names_range", language).format(*ends))
    if one.get("set") is False:
        parts.append(word("names_over_only", language))
    return word("separator", language).join(part for part in parts if part)


def _span(values: Sequence[Any], language: str) -> str:
    """One value, or the first and the last."""
    shown = [_shown(value) for value in values]
    if len(set(shown)) <= 1:
        return "".join(shown[:1])
    return word("names_span", language).format(first=shown[0], last=shown[-1])


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, int) else f"{value:.{shown_digits}g}"
