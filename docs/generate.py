"""Writes docs/formulation.md from the docs of the model's own components."""

from __future__ import annotations

from pathlib import Path

import pyomo.environ as pyo

from model.case.parameters import parameters, plan_scope
from model.case.read import read_case
from model.maths.build import build

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Formulation

Generated from the components' own docs by `make docs`; each file of `model/maths/` is one family of equations.
Index letters: `i` indicator, `t` target or market, `k` measure, `g` technology, `c` commodity, `p` payer, `y` year, `v` build year, `d` day, `h` hour.
Money is in 亿元 (100 million CNY), real, discounted to the base year; power in GW, energy in TWh, fuels in Mtce or their own unit.
"""
KINDS = (
    (pyo.Set, "Sets"),
    (pyo.Param, "Parameters"),
    (pyo.Var, "Variables"),
    (pyo.Constraint, "Constraints"),
    (pyo.Objective, "Objective"),
)


def formulation() -> str:
    """The model written out, one line for each component."""
    case = read_case(ROOT / "data" / "toy")
    m = build(parameters(case, plan_scope(case)))
    parts = [HEAD]
    for kind, title in KINDS:
        rows = [f"| `{part.local_name}` | {_cell(part.doc)} |" for part in m.component_objects(kind) if part.doc]
        parts.append(
            "\n".join(
                [
                    f"## {title}\n",
                    "| name | meaning |" if kind in (pyo.Set, pyo.Param, pyo.Var) else "| name | formula |",
                    "|---|---|",
                    *rows,
                ]
            )
            + "\n"
        )
    return "\n".join(parts)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    (ROOT / "docs" / "formulation.md").write_text(formulation(), encoding="utf-8")
