"""What an edited schedule told of what was really built: the rows that came of it, and where the table stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from model.case.read.case import Case
from model.report.display import decimals, shown
from model.report.layout import columns_of, screen, wrapped
from model.report.units import display_unit
from model.report.words import counted, said, word


def actuals_text(
    case: Case, rows: Sequence[Any], unrecorded: Mapping[str, Sequence[int]], written: Sequence[Path], language: str
) -> str:  # fmt: skip
    """The rows with what the table said before, and the files."""
    names = {row.id: said(row, "label", language) for row in case.tables["measures"]}
    lines, table = [counted("line_actuals", len(rows), language, case.header.id)], list[list[str]]()
    for one in rows:
        unit, factor = display_unit(one.unit, language)
        places = decimals([one.value * factor, (one.before or 0.0) * factor], unit)
        before = "-" if one.before is None else shown(one.before * factor, places)
        table.append([names[one.measure], unit, str(one.year), before, shown(one.value * factor, places)])
    heading = [word(key, language) for key in ("measure", "unit", "year", "since_then", "built_amount")]
    lines += columns_of(heading, table, left=2)
    for k, years in unrecorded.items():
        lines += wrapped(
            [", ".join(map(str, years))], first=f"  {word('line_actuals_unrecorded', language).format(names[k])}", separator=""
        )
    return screen([*lines, *(str(path) for path in written), word("line_actuals_written", language).format(case.folder)])


def actuals_record(rows: Sequence[Any], unrecorded: Mapping[str, Sequence[int]], written: Sequence[Path]) -> dict[str, Any]:
    """The same for a program."""
    told = [{**one.row(), "before": one.before} for one in rows]
    return {"actuals": told, "unrecorded": {k: list(years) for k, years in unrecorded.items()}, "written": [str(path) for path in written]}
